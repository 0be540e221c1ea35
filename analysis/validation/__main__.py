"""``python -m analysis.validation NAME [ARGUMENT ...]``: what is measured besides `framewijs validate`.

A stored table takes its CSV and the parts to measure anew, all that can be measured here where none is named; a page or
a summary takes what its ``main`` takes. Exit codes: 0 done, 1 the work failed, 2 wrong usage.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from analysis.contracts.errors import StudyError, UsageError
from analysis.validation.stored import StoredTable

TABLES = {
    "methods": "methods_table",
    "robustness": "robustness",
    "phenomena": "error_analysis",
    "predictions": "error_analysis",
    "roles": "roles_table",
    "microframes": "microframes_table",
    "news": "news_table",
}
"""The module that measures each table of ``data/validity``."""
OTHERS = ("baselines", "name_swap", "slants", "trust")
"""Modules with a page or a summary of their own. Freezes have a command of their own: `analysis.validation.freeze`."""


def load_table(name: str) -> StoredTable:
    """A stored table by name; its module is imported only now."""
    table: StoredTable = import_module(f"analysis.validation.{TABLES[name]}").TABLES[name]
    return table


def run(name: str, arguments: Sequence[str]) -> None:
    """Measure and store.

    Raises
    ------
    StudyError
        When something is missing; `UsageError` for wrong arguments.
    """
    if unknown := [one for one in arguments if one.startswith("-")]:
        raise UsageError(f"python -m analysis.validation {name}: there is no option {unknown[0]}; see --help")
    if name in TABLES:
        if not arguments:
            raise UsageError(f"python -m analysis.validation {name} OUT [PART ...]: name the CSV to write")
        load_table(name).renew(name, Path(arguments[0]), arguments[1:])
    elif name in OTHERS:
        main = import_module(f"analysis.validation.{name}").main
        try:
            inspect.signature(main).bind(*arguments)
        except TypeError:
            wanted = " ".join(inspect.signature(main).parameters).upper()
            raise UsageError(f"python -m analysis.validation {name} {wanted}: give these arguments") from None
        main(*arguments)
    else:
        known = ", ".join([*TABLES, *OTHERS])
        raise UsageError(f"python -m analysis.validation NAME [ARGUMENT ...]: '{name}' is none of {known}")


def main(arguments: Sequence[str]) -> int:
    """Run, and say in one line what went wrong."""
    if {"-h", "--help"} & set(arguments):
        print(f"{__doc__}\nNAME is one of {', '.join([*TABLES, *OTHERS])}.")
        return 0
    try:
        run(arguments[0] if arguments else "", arguments[1:])
    except StudyError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
