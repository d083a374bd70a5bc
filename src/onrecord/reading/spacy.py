"""Any spaCy pipeline instead of the bundled model: `--reading spacy:en_core_web_trf`, extra `[spacy]`.

Pipelines trained on Universal Dependencies are taken as they are. Those with ClearNLP's labels (`en_core_web_*`) are put
into universal ones: relations by a table, and prepositions hung below their noun. What a pipeline lacks (a parser,
names) stays empty: every word then hangs on the first one. spaCy gives no sentence vector here, and no pronouns are
resolved, for both rest on the bundled model.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from onrecord.errors import BrokenModel
from onrecord.reading.bounds import bounds
from onrecord.records import Named, Passage, Reading, Sentence, Word
from onrecord.text.tables import table

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span


@cache
def load(detail: str) -> Language:
    """The pipeline of this name or folder, loaded once per process.

    Raises:
        BrokenModel: spaCy or the pipeline is not installed, or none is named.
    """
    where = f"--reading spacy:{detail}"
    if not detail:
        raise BrokenModel("no pipeline is named", where=where, hint="say which: --reading spacy:en_core_web_trf")
    try:
        import spacy
    except ImportError as error:
        raise BrokenModel("spaCy is not installed", where=where, hint="pip install 'onrecord[spacy]'") from error
    try:
        return spacy.load(detail)
    except (OSError, ValueError, ImportError) as error:
        hint = f"python -m spacy download {detail}, or give the folder of a pipeline"
        raise BrokenModel(f"no such pipeline: {error}", where=where, hint=hint) from error


def fingerprint(detail: str) -> str:
    """The pipeline's name and version, and spaCy's, which decide what it says."""
    meta = load(detail).meta
    return f"spacy {version('spacy')}, {meta['lang']}_{meta['name']} {meta['version']}"


def read(text: str, passages: tuple[Passage, ...], detail: str) -> Reading:
    """The passages given, read by the pipeline `detail`; offsets count code points of `text`."""
    pipeline = load(detail)
    whole = "parser" not in pipeline.pipe_names and "senter" not in pipeline.pipe_names
    cut = (
        bounds if whole else lambda text, start, end: [(start, end)]
    )  # others find sentences themselves, passage by passage
    stretches = [span for p in passages for span in cut(text, p.start, p.end)]
    found = pipeline.pipe((text[a:b] for a, b in stretches), batch_size=32)
    made = [s for doc, (start, _) in zip(found, stretches, strict=True) for s in _sentences(doc, start, whole)]
    return Reading(sentences=tuple(made))


def _sentences(doc: Doc, offset: int, whole: bool) -> list[Sentence]:
    spans = [doc[:]] if whole else list(doc.sents)
    return [s for span in spans if (s := _sentence(span, offset)) is not None]


def _sentence(span: Span, offset: int) -> Sentence | None:
    """One sentence as a record; blanks are no words of ours, and what hangs on one is a root."""
    tokens = [t for t in span if not t.is_space]
    if not tokens:
        return None
    place = {t.i: k for k, t in enumerate(tokens)}
    heads, relations = [], []
    for k, token in enumerate(tokens):
        root = token.dep_ == "ROOT" or token.head.i == token.i or token.head.i not in place
        unparsed = 0 if k else -1  # a pipeline without a parser: all hang on the first word
        heads.append(place[token.head.i] if not root else -1 if token.dep_ else unparsed)
        relations.append("root" if heads[-1] == -1 else token.dep_ or "dep")
    heads, relations = universal(heads, relations, [t.pos_ for t in tokens])
    words = tuple(
        Word(
            start=offset + t.idx, end=offset + t.idx + len(t.text), text=t.text, lemma=t.lemma_ or t.text,
            tag=t.pos_ or "X", features=str(t.morph) or "_", head=head, relation=relation,
        )
        for t, head, relation in zip(tokens, heads, relations, strict=True)
    )  # fmt: skip
    kinds = _table("name_types", "label", "type")
    names = tuple(
        Named(start=offset + e.start_char, end=offset + e.end_char, type=kinds[e.label_], confidence=1.0)
        for e in span.ents
        if e.label_ in kinds
    )
    return Sentence(start=words[0].start, end=words[-1].end, words=words, names=names)


def universal(heads: list[int], relations: list[str], tags: list[str]) -> tuple[list[int], list[str]]:
    """ClearNLP's tree as a universal one; a universal tree comes back as it went in.

    >>> universal([1, -1, 1, 2], ["nsubj", "root", "prep", "pobj"], ["PROPN", "VERB", "ADP", "PROPN"])
    ([1, -1, 3, 1], ['nsubj', 'root', 'case', 'obl'])
    """
    renamed = _table("clearnlp", "relation", "universal")
    if not any(r in ("pobj", "dobj", "prep", "nsubjpass") for r in relations):
        return heads, relations
    new_heads, new = list(heads), [renamed.get(r, r) for r in relations]
    for k, relation in enumerate(relations):
        over = heads[k]
        if relation in ("pobj", "pcomp") and over >= 0 and relations[over] in ("prep", "agent"):
            new_heads[k], new_heads[over] = heads[over], k
            verbal = heads[over] >= 0 and tags[heads[over]] in ("VERB", "AUX", "ADJ")
            by_agent = relations[over] == "agent"
            if relation == "pobj":
                new[k] = "obl:agent" if by_agent else "obl" if verbal else "nmod"
    return new_heads, new


@cache
def _table(name: str, key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in table(name)}
