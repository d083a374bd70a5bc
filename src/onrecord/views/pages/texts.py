"""Every text of the screens, read out of the templates: what `words/en.tsv` lists and a translator fills in.

python -m onrecord.views.pages.texts > src/onrecord/views/pages/words/en.tsv
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from onrecord.ledger.decisions.corrections import FIELDS
from onrecord.ledger.decisions.drafts import ACTS
from onrecord.views.exports import FORMATS
from onrecord.views.pages import NAV
from onrecord.views.pages.draw import environment
from onrecord.views.pages.events import REALIS
from onrecord.views.pages.matters import RUNGS
from onrecord.views.pages.review import KINDS, LABELS, LISTS
from onrecord.views.pages.shelf import MEANINGS, VERDICTS
from onrecord.views.web import api

# Words of columns that screens show as they are: verdicts, kinds, stances ... (docs/codebook.md).
TERMS = (
    *VERDICTS, *MEANINGS.values(), *REALIS, *RUNGS, *RUNGS.values(), *(label for _, label in NAV), "Export",
    "supports", "differs", "denies", "later", "first", "person", "group", "outlet", "place", "unknown", "speaker", "witness",
    "agency", "document", "direct", "indirect", "mixed", "turn", "question", "sure", "likely", "unsure", "reports", "statements",
    "country", "province", "district", "region", "town", "site", "population {n}", "affirmed", "undo",
    *KINDS.values(), *LISTS.values(), *LABELS, *ACTS, *(field for fields in FIELDS.values() for field in fields),
)  # fmt: skip
SAYS = {"_": 1, "_n": 3}  # which functions of the templates show texts, and up to which argument


def texts() -> list[str]:
    """All texts, sorted."""
    env = environment()
    found = {*TERMS, *(f.says for f in FORMATS.values()), *api.texts()}
    for name in env.list_templates(extensions=["html"]):
        assert env.loader is not None
        found |= set(_of(env.parse(env.loader.get_source(env, name)[0])))
    return sorted(found)


def _of(tree: nodes.Template) -> Iterator[str]:
    """Texts given to `_` and `_n`, and those of lists and tables that a template shows one by one."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SAYS:
            yield from _constants(call.args[: SAYS[call.node.name]])
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.iter, nodes.List):
            yield from _constants([row.items[-1] for row in loop.iter.items if isinstance(row, nodes.Tuple)])
    for table in tree.find_all(nodes.Assign):
        if isinstance(table.node, nodes.Dict):
            yield from (v for v in _constants([pair.value for pair in table.node.items]) if len(v) > 1)


def _constants(values: list[nodes.Expr]) -> Iterator[str]:
    for value in values:
        for constant in [value] if isinstance(value, nodes.Const) else value.find_all(nodes.Const):
            if isinstance(constant.value, str) and isinstance(value, nodes.Const | nodes.CondExpr):
                yield constant.value


if __name__ == "__main__":
    print("text\ttranslation\tnote")
    print("\n".join(f"{text}\t{text}\t" for text in texts()))
