"""Records as plain lists and back, exactly: what work cells hold. The shape is read from the records' own annotations.

A record is the list of its fields in order, a tuple a list, everything else is itself. Nothing names a class, so a file
that somebody planted can make no object but the one asked for: that is why this is no pickle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.records.made import maker

Turn = Callable[[Any], Any]
Turns = tuple[Turn, Turn] | None  # there and back; None for what is itself
Kind = TypeVar("Kind")
ITSELF = (str, int, float, bool, NoneType)


def plain(record: Any) -> list[Any]:
    """A record as a list that JSON can write; `of_plain` makes the equal record of it.

    Raises:
        TypeError: a field is annotated with a type that this cannot write.
    """
    kind: Any = type(record)
    made: list[Any] = _record(kind)[0](record)
    return made


def of_plain(kind: type[Kind], values: list[Any]) -> Kind:
    """The record of a class that `plain` made the list of. The list is used up.

    Raises:
        TypeError, ValueError: the list has another shape.
    """
    of: Any = kind
    made: Kind = _record(of)[1](values)
    return made


@cache
def _record(kind: type) -> tuple[Turn, Turn]:
    hints = get_type_hints(kind)
    names = tuple(f.name for f in fields(kind))
    turns = [(k, turn) for k, name in enumerate(names) if (turn := _turns(hints[name])) is not None]
    there_at = [(k, turn[0]) for k, turn in turns]
    back_at = [(k, turn[1]) for k, turn in turns]
    make = maker(kind)

    def there(record: Any) -> list[Any]:
        row = [getattr(record, name) for name in names]
        for k, turn in there_at:
            row[k] = turn(row[k])
        return row

    def back(row: list[Any]) -> Any:
        if not isinstance(row, list) or len(row) != len(names):
            raise ValueError(f"no {kind.__name__}: {str(row)[:80]}")
        for k, turn in back_at:
            row[k] = turn(row[k])
        return make(row)

    return there, back


def _turns(hint: Any) -> Turns:
    """How a value with this annotation is written and read."""
    if hint in ITSELF or get_origin(hint) is Literal:
        return None
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    if hint is bytes:
        return (lambda value: value.decode("latin-1"), lambda text: text.encode("latin-1"))
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return _either(get_args(hint))
    raise TypeError(f"{hint} cannot be kept: say how in onrecord.records.plain")


def _tuple(parts: tuple[Any, ...]) -> Turns:
    if len(parts) == 2 and parts[1] is Ellipsis:
        turns = _turns(parts[0])
        if turns is None:
            return list, tuple
        there, back = turns
        return (lambda values: [there(v) for v in values], lambda row: tuple([back(v) for v in row]))
    turns_of = [_turns(part) or (_same, _same) for part in parts]
    return (
        lambda values: [turn[0](v) for turn, v in zip(turns_of, values, strict=True)],
        lambda row: tuple([turn[1](v) for turn, v in zip(turns_of, row, strict=True)]),
    )


def _either(parts: tuple[Any, ...]) -> Turns:
    """One of several types; at most one of them may need turning, or nobody could tell which was meant."""
    turned = [turns for part in parts if (turns := _turns(part)) is not None]
    if not turned:
        return None
    if len(turned) > 1 or len(parts) > 2 or NoneType not in parts:
        raise TypeError(f"{parts} cannot be told apart once written")
    there, back = turned[0]
    return (lambda v: None if v is None else there(v), lambda v: None if v is None else back(v))


def _same(value: Any) -> Any:
    return value
