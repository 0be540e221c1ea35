"""Speakers that the judging network is sure of, in the table of quotes.

Reads the table ``quotes`` and what `network` says of it; returns ``quotes``. Where patterns find nobody, or
the network is all but certain of somebody else (a pronoun, a turn of an interview), its speaker stands; ``rule`` says
so.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.coding.evaluations.network import Speaker
from analysis.contracts.tables import make_table

SUFFIX = "_network"


def name_speakers(quotes: pd.DataFrame, speakers: Mapping[str, Speaker]) -> pd.DataFrame:
    """Put speakers into ``quotes``.

    Parameters
    ----------
    quotes : DataFrame
        Table ``quotes``.
    speakers : mapping of str to Speaker
        By `quote_id`; quotes without one stay as they are.

    Returns
    -------
    DataFrame
        Table ``quotes``; the ``rule`` of a quote with a new speaker ends with ``_network``.
    """
    if not speakers:
        return quotes
    rows = [{str(key): value for key, value in row.items()} for row in quotes.to_dict("records")]
    for row in rows:
        if (speaker := speakers.get(row["quote_id"])) is not None:
            row.update(speaker._asdict(), rule=f"{row['rule']}{SUFFIX}")
    return make_table("quotes", rows)
