"""Results of validation that are kept in the project: measured once, with date and command, shown by the notebook.

Reads and writes CSV in ``data/validity``. A table is renewed part by part (a gold set, a test), so that what cannot be
measured here (reference data that is not present) stays as it was measured, with its own date.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from analysis.contracts.errors import InputError, StudyError
from analysis.contracts.paths import DATA

FOLDER = DATA / "validity"
DECIMALS = 4
WHEN = ["date", "command"]
"""Last columns of every table: the day of measuring, and how to measure again."""


def read_results(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """Stored results by name.

    Parameters
    ----------
    name : str
        Such as ``methods``: the file's name without ending.
    folder : path
        Where it lies.

    Returns
    -------
    DataFrame
        As stored, ``date`` and ``command`` last; an empty cell of text is "".

    Raises
    ------
    InputError
        When there is no such file, or it has no date or command.
    """
    path = folder / f"{name}.csv"
    try:
        table = pd.read_csv(path)
    except FileNotFoundError:
        raise InputError(
            f"data/validity/{name}.csv: not there; restore it with git, or measure it (see the README)"
        ) from None
    if missing := [column for column in WHEN if column not in table.columns]:
        raise InputError(f"data/validity/{name}.csv: lacks {', '.join(missing)}; measure it anew (see the README)")
    texts = [column for column in table.columns if not pd.api.types.is_numeric_dtype(table[column])]
    return table.fillna(dict.fromkeys(texts, ""))


def keep_results(
    path: Path, found: pd.DataFrame, *, part: str, order: Sequence[str], command: str, today: datetime.date
) -> pd.DataFrame:
    """Put results in place of older ones of the same parts, and write the table.

    Parameters
    ----------
    path : path
        The CSV; made if it is not there.
    found : DataFrame
        New results.
    part : str
        The column that names parts, such as ``gold``; rows of other parts stay as they are.
    order : sequence of str
        All parts, in the order in which they stand in the file.
    command : str
        What renews one part; ``{part}`` in it stands for the part's name.
    today : date
        The day of measuring.

    Returns
    -------
    DataFrame
        The table as written.

    Raises
    ------
    InputError
        When the CSV that is there has other columns: then no part of it can stay.
    """
    named = found.assign(
        date=today.isoformat(), command=[command.replace("{part}", str(value)) for value in found[part]]
    )
    kept = read_results(path.stem, path.parent) if path.is_file() else named.iloc[:0]
    if list(kept.columns) != list(named.columns):
        raise InputError(f"{path.name}: its columns are of an earlier kind; remove the file and measure all parts anew")
    kept = kept[~kept[part].isin(set(named[part])) & kept[part].isin(order)]
    place = {value: number for number, value in enumerate(order)}
    table = pd.concat([kept, named], ignore_index=True) if len(kept) else named
    table = table.sort_values(part, key=lambda values: values.map(place), kind="stable", ignore_index=True)
    floats = list(table.select_dtypes("float").columns)
    table[floats] = table[floats].round(DECIMALS) + 0.0
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n")
    return table


def renew_gold(
    arguments: Sequence[str],
    *,
    module: str,
    about: str | None,
    noun: str,
    parts: Sequence[str],
    list_present: Callable[[], Sequence[str]],
    measure: Callable[[str], pd.DataFrame],
) -> int:
    """A command that measures gold sets, one part of a table each, and stores them.

    Parameters
    ----------
    arguments : sequence of str
        The CSV and the parts to renew; without parts those that are present.
    module, about : str
        Full name of the module whose command this is, for messages and the column ``command``, and its docstring.
    noun : str
        What a part is called where an unknown one is refused; its first word names the argument.
    parts : sequence of str
        All parts, in the order in which they stand in the file.
    list_present : callable
        Gives the parts that can be measured here.
    measure : callable
        Gives the rows of a part, with the column ``gold``.

    Returns
    -------
    int
        0 when all is stored, 1 when something is missing, which is said on stderr.
    """
    metavar = noun.split(maxsplit=1)[0].upper()
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("out", type=Path, help=f"the CSV; {noun}s that are not named stay as they are in it")
    parser.add_argument("parts", nargs="*", metavar=metavar, help=", ".join(parts), default=[])
    given = parser.parse_args(list(arguments))
    if unknown := sorted(set(given.parts) - set(parts)):
        parser.error(f"unknown {noun} '{unknown[0]}'; use {', '.join(parts)}")
    command = f"python -m {module} {given.out.as_posix()} {{part}}"
    try:
        for gold in given.parts or list_present():
            found = measure(gold)
            keep_results(given.out, found, part="gold", order=parts, command=command, today=datetime.date.today())
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
