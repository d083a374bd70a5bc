"""On whose word: the mouths between the reader and the words, outermost first.

Evidence for a link is always words of the report: an outlet that was told, a paper that printed the op-ed, a tag around
("..., reports X"), "A report quoted B as saying". Nothing is inferred from the outlet's country or fame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.claims.statements.attribution import Attribution
from onrecord.claims.statements.speakers import Cast, Speaker
from onrecord.records import Link, Span
from onrecord.text.tables import table
from onrecord.text.tokens import Token

REPORT_NOUNS = frozenset("report article story paper newspaper account channel agency".split())


@dataclass(frozen=True, slots=True)
class Relay:
    """A mouth between outlet and speaker, where it stands, and the words that show it."""

    name: str
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Route:
    """How words came: the relays, outermost first, and the channel (interview, op-ed, Twitter ...)."""

    relays: tuple[Relay, ...] = ()
    channel: str | None = None

    def inside(self, outer: Relay) -> Route:
        """The same route with one more mouth around it, unless that mouth is already in it."""
        return self if any(r.name == outer.name for r in self.relays) else Route((outer, *self.relays), self.channel)


@cache
def channels() -> dict[str, str]:
    """Words for channels, to their name."""
    return {row["word"]: row["name"] for row in table("channels")}


def route(found: Attribution, row: Sequence[Token], cast: Cast, earlier: Sequence[tuple[Speaker, Route]]) -> Route:
    """The relays and channel that the sentence itself shows for one attribution."""
    relays: list[Relay] = []
    if found.relay is not None:
        relays.append(_relay(found.relay, cast, earlier, "it passes the words on"))
    if found.told is not None and (outlet := cast.outlet(found.told)):
        relays.append(Relay(outlet, found.told, "the words were said to it"))
    channel, span = channel_of(found, row)
    if span is not None and (printed := _printed_in(span, cast, relays)):
        relays.append(printed)
    return Route(tuple(relays), channel)


def _relay(span: Span, cast: Cast, earlier: Sequence[tuple[Speaker, Route]], why: str) -> Relay:
    """Who a relaying phrase is; "the report" is the outlet that was last named as one."""
    if outlet := cast.outlet(span):
        return Relay(outlet, span, why)
    speaker = cast.resolve(span)
    phrase = (speaker.name or "").lower().split()
    if phrase and phrase[0] in ("the", "that") and phrase[-1] in REPORT_NOUNS:
        for _, route_ in reversed(earlier[-6:]):
            if route_.relays:
                return Relay(route_.relays[0].name, span, f"{' '.join(phrase)}: the outlet named before")
    return Relay(speaker.name or "unknown", span, why)


def _printed_in(span: Span, cast: Cast, relays: Sequence[Relay]) -> Relay | None:
    outlet = cast.outlet(span)
    if outlet is None or any(r.name == outlet for r in relays):
        return None
    return Relay(outlet, span, "it printed or aired the words")


def channel_of(found: Attribution, row: Sequence[Token]) -> tuple[str | None, Span | None]:
    """The channel named in the sentence outside what was said, and the whole phrase that names it."""
    outside = [t for t in row if t.kind == "word" and not any(s.start <= t.start < s.end for s in found.content)]
    for k, token in enumerate(outside):
        pair = f"{token.lower} {outside[k + 1].lower}" if k + 1 < len(outside) else ""
        word = pair if pair in channels() else token.stem
        name = channels().get(word) or channels().get(token.lower)
        if name is None or not _placed(outside, k):
            continue
        return _richer(name, outside), _phrase(outside, k, pair in channels())
    return None, None


def _placed(outside: Sequence[Token], k: int) -> bool:
    """A channel is named after "in", "on", "by" or "via", or is itself the cue ("tweeted")."""
    near = {t.lower for t in outside[max(0, k - 6) : k]}
    return bool(near & {"in", "on", "by", "via", "through", "during", "over", "from"}) or outside[k].lower == "tweeted"


def _richer(name: str, outside: Sequence[Token]) -> str:
    """ "an audio message posted on Twitter": both belong to the channel."""
    platforms = {channels()[t.lower] for t in outside if channels().get(t.lower) in PLATFORMS}
    return f"{name} on {min(platforms)}" if platforms and name not in PLATFORMS and "message" in name else name


PLATFORMS = frozenset({"Twitter", "Facebook", "Telegram", "WhatsApp", "Instagram"})


def _phrase(outside: Sequence[Token], k: int, double: bool) -> Span:
    first = k
    while first > 0 and k - first < 6 and outside[first].start - outside[first - 1].end <= 2:
        if outside[first - 1].of("pronoun") or outside[first - 1].of("auxiliary"):
            break
        first -= 1
        if outside[first].lower in ("in", "on", "by", "via"):
            break
    last = k + (1 if double else 0)
    joins = (
        "published",
        "with",
        "in",
        "by",
        "printed",
        "to",
        "posted",
        "on",
        "the",
        "a",
        "for",
        "global",
        "wire",
        "service",
    )
    while last + 1 < len(outside) and last - k < 7 and outside[last + 1].start - outside[last].end <= 2:
        if not (outside[last + 1].lower in joins or outside[last + 1].capital):
            break
        last += 1
    return Span(outside[first].start, outside[last].end)


def wrapped(
    routes: Sequence[Route], tag: Attribution, cast: Cast, earlier: Sequence[tuple[Speaker, Route]]
) -> tuple[Route, ...]:
    """The routes of a sentence's statements, with the mouth of a tag around them (and that mouth's own relays)."""
    if tag.source is None:
        return tuple(routes)
    mouth = _relay(tag.source, cast, earlier, "a tag around the words")
    outer = next((r.relays for s, r in reversed(earlier[-4:]) if s.name == mouth.name and r.relays), ())
    made = []
    for inner in routes:
        grown = inner.inside(mouth)
        for relay in reversed(outer):
            grown = grown.inside(relay)
        made.append(grown)
    return tuple(made)


def links(outlet: str | None, way: Route, speaker: Speaker, source: Span | None) -> tuple[Link, ...]:
    """The chain as rows: the report's own outlet, the relays, the speaker."""
    return (
        Link(role="outlet", name=outlet),
        *(
            Link(role="relay", name=r.name, start=r.span.start if r.span else None, end=r.span.end if r.span else None)
            for r in way.relays
        ),
        Link(
            role="speaker",
            name=speaker.name,
            channel=way.channel,
            start=source.start if source else None,
            end=source.end if source else None,
        ),
    )
