"""Text of reports on a screen: signs that would steer the terminal are shown as signs, never sent."""

from __future__ import annotations

import re

import click

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """The text with control characters as pictures of themselves; line ends and tabs stay.

    >>> plain("a\\x1b[31mb")
    'a␛[31mb'
    """
    return STEERING.sub(lambda m: chr(0x2400 + ord(m.group())) if m.group() < " " else "�", text)


def say(text: str, err: bool = False) -> None:
    """Writes a text to the screen, steering signs shown."""
    click.echo(plain(text), err=err)
