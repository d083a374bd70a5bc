"""Sets onrecord up and shows it, or sets it up and tests it. Needs Python 3.11 or newer and nothing else.

python3 start.py         builds the example ledger and its pages
python3 start.py test    runs lint, types and tests
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest",),
)


def run(*words: str) -> int:
    """Runs a command in the repository's folder and returns its exit code."""
    return subprocess.run(words, cwd=HERE, check=False).returncode


def environment() -> None:
    """Makes .venv, also where Python came without the part that puts pip into it (Debian)."""
    if PYTHON.exists() and run(str(PYTHON), "-c", "import sys") == 0:
        return
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
        made = run(sys.executable, "-m", "venv", "--clear", str(VENV))
    else:
        made = run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
    if made != 0:
        sys.exit("start.py: no virtual environment could be made\n  hint: on Debian, apt install python3-venv")


def install(what: str) -> None:
    """Installs the package into .venv, with its own pip or with the one of the system."""
    own = [str(PYTHON), "-m", "pip"]
    system = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    has_own = subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0
    code = run(*(own if has_own else system), "install", "--quiet", "--disable-pip-version-check", "-e", what)
    if code != 0:
        sys.exit(
            "start.py: the packages could not be installed\n  hint: this step needs pip and a package index; on Debian, apt install python3-pip python3-venv"
        )


def show() -> int:
    """Builds the example pile and its pages."""
    install(".")
    (HERE / "out").mkdir(exist_ok=True)
    onrecord = (str(PYTHON), "-m", "onrecord")
    code = run(*onrecord, "build", "examples/velmara", "-o", "out/ledger.db", "--fresh")
    return code or run(*onrecord, "report", "out/ledger.db", "-o", "out/site")


def test() -> int:
    """Runs every check, also after one has failed."""
    install(".[test]")
    return max(run(str(PYTHON), "-m", *check) for check in CHECKS)


def main() -> None:
    """Does what the first word asks for."""
    if sys.version_info < (3, 11):
        sys.exit("start.py: onrecord needs Python 3.11 or newer")
    jobs = {(): show, ("test",): test}
    job = jobs.get(tuple(sys.argv[1:]))
    if job is None:
        sys.exit(__doc__)
    environment()
    sys.exit(job())


if __name__ == "__main__":
    main()
