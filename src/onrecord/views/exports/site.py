"""The whole ledger as a static site in a ZIP archive: unpack it and open index.html, with no network."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from onrecord.errors import BadFilter
from onrecord.ledger.queries import Filter, count
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Taken

OLDEST = (1980, 1, 1, 0, 0, 0)  # a file is as old as its ledger: the same rows give the same bytes


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes all pages. Pages belong together, so a filter is refused rather than passed over.

    Raises:
        BadFilter: the filter asks for less than everything.
    """
    from onrecord.views.report import write as lay  # pages list the formats, this one too

    for one in asked:
        if one.conditions or one.words:
            raise BadFilter(
                f"a site holds the whole ledger, not {one}",
                where="site",
                hint="take html, which is one page of the rows",
            )
    with TemporaryDirectory() as folder:
        lay(ledger.path, Path(folder))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
                packed.writestr(
                    zipfile.ZipInfo(file.relative_to(folder).as_posix(), OLDEST),
                    file.read_bytes(),
                    zipfile.ZIP_DEFLATED,
                )
    return Taken(rows=sum(count(ledger, one) for one in asked))
