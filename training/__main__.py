"""Makes every shipped weight anew: one command from the data folder to `src/onrecord/reading/weights`.

    python -m training DATA [--out out/training] [--threads 2]

About an hour and a quarter on two cores with bfloat16, twice that without. Each step is a program of its own and can be
run alone; a step whose files lie in OUT already is not run again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "onrecord" / "reading" / "weights"


def step(*words: str | Path) -> None:
    """Runs one program of this folder and stops all where it fails."""
    print("::", *words, flush=True)
    subprocess.run([sys.executable, "-m", *map(str, words)], cwd=ROOT, check=True)


def reader(data: Path, out: Path, *options: str | Path) -> Path:
    """A trained reader in `out`; left as it is where a run has finished there."""
    if not (out / "done").exists():
        step("training.reader", data, out, *options)
        (out / "done").touch()
    return out


def main() -> None:
    """Reads the command line and runs all steps."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "training")
    parser.add_argument("--threads", default="2")
    words = parser.parse_args()
    data, out = words.data.resolve(), words.out.resolve()
    threads = ("--threads", words.threads)
    step("training.bounds", data)
    one = reader(data, out / "one", "--passes", "11", "--seed", "1", *threads)
    two = reader(data, out / "two", "--passes", "10", "--seed", "2", *threads)
    both = reader(data, out / "both", "--passes", "2", "--blend", one, "--blend", two, *threads)
    step("training.export", data, both, WEIGHTS)
    step("training.coreference", data)


if __name__ == "__main__":
    main()
