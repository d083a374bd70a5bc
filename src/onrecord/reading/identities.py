"""Which names of one report name the same: rules on their letters only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.text.tables import words

PERSON = 0
UNSAID = frozenset("of and for the on in".split())  # words that lend an acronym no letter
MOST = 20  # earlier forms that share a word with a name, the newest kept

Form = tuple[str, ...]


def identities(names: Sequence[tuple[str, int]]) -> list[int]:
    """A number per name (text, sort), equal where two name the same; in text order.

    Equal words are the same name. A person's single word stands for the last person before whose full name ends or
    begins with it; two full names are one only where all that differs is an initial, so a father and his son stay two.
    Capitals stand for the name whose initials they are.

    >>> identities([("Anna Vel", 0), ("Oskara", 2), ("Vel", 0), ("the Oskara", 2), ("Anna", 0)])
    [0, 1, 0, 1, 0]
    """
    found: list[int] = []
    known: dict[Form, int] = {}
    shelves: dict[str, list[tuple[int, Form, int, int]]] = defaultdict(
        list
    )  # by a word or initials: place, form, sort, entity
    full: set[int] = (
        set()
    )  # entities with a name of several words: another full name with a word in common is another one
    fresh = 0
    for text, sort in names:
        form = _form(text)
        low = tuple(w.lower() for w in form)
        if low not in known:
            near = sorted({x for key in _keys(form) for x in shelves[key][-MOST:]}, reverse=True)
            same = next((e for _, other, s, e in near if _same(form, sort, other, s, e in full)), None)
            known[low] = fresh if same is None else same
            fresh += same is None
            for key in _keys(form):
                shelves[key].append((len(found), form, sort, known[low]))
        if len(form) > 1:
            full.add(known[low])
        found.append(known[low])
    return found


def _keys(form: Form) -> Iterator[str]:
    """What a name and another form of it have in common: the first word, the last, or the initials."""
    yield from {form[0].lower(): None, form[-1].lower(): None}
    yield "." + (_initials(form) if len(form) > 1 else form[0].replace(".", "").lower())


def _form(text: str) -> Form:
    """Words of a name without article, title and possessive."""
    parts = text.replace("’", "'").replace("(", " ").replace(")", " ").split()
    parts = [p[:-2] if p.lower().endswith("'s") else p.rstrip("'") for p in parts]
    kept = [p for p in parts if p and p.lower() != "the"]
    while len(kept) > 1 and kept[0].lower().rstrip(".") in words("nouns", "title"):
        kept = kept[1:]
    return tuple(kept or [text])


def _same(form: Form, sort: int, other: Form, other_sort: int, full: bool) -> bool:
    """Whether a name is the one that `other` gave to an entity, which has a `full` name already or not."""
    short, long = sorted((form, other), key=len)
    if sort == other_sort == PERSON:
        few, many = [w.lower() for w in short], [w.lower() for w in long]
        if len(few) == 1:
            return few[0] in (many[0], many[-1]) and not (full and len(other) == 1)
        plain = [[w for w in name if len(w.rstrip(".")) > 1] for name in (few, many)]
        return plain[0] == plain[1] and len(plain[0]) > 1
    capitals = len(short) == 1 and short[0].isupper() and len(long) > 1
    return capitals and PERSON not in (sort, other_sort) and _initials(long) == short[0].replace(".", "").lower()


def _initials(form: Form) -> str:
    return "".join(w[0] for w in form if w not in UNSAID).lower()
