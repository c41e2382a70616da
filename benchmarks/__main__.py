"""`make bench`: tables of times, measured in one run on this machine. `python -m benchmarks search` prints one."""

from __future__ import annotations

import sys
import time
from importlib import import_module

SUBJECTS = {
    "pages": "benchmarks.pages",
    "documents": "benchmarks.documents",
    "packs": "benchmarks.packing",
    "letters": "benchmarks.letters",
    "search": "benchmarks.searching",
    "register": "benchmarks.registering",
    "contracts": "benchmarks.contracts",
    "evaluation": "benchmarks.evaluating",
    "reminding": "benchmarks.reminding",
    "importing": "benchmarks.importing",
    "keeping": "benchmarks.keeping",
    "minutes": "benchmarks.minutes",
}
"""What can be measured, in the order in which it is, and the module that does it by its `measure`."""


def main(wanted: list[str]) -> None:
    """Measure the subjects named, or all."""
    unknown = sorted(set(wanted) - set(SUBJECTS))
    if unknown:
        sys.exit(f"There is nothing called {', '.join(unknown)}. There is: {', '.join(SUBJECTS)}.")
    began = time.perf_counter()
    for name in wanted or SUBJECTS:
        import_module(SUBJECTS[name]).measure()
    print(f"\nMeasured in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
