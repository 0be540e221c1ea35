"""What a reader asks for: outlet, period, actor, source, sign, kind; and which findings that leaves.

Reads the words of an address, which come from outside; returns a `Filter`, and the findings it lets through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa

from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR
from analysis.display.browser.corpus import Corpus
from analysis.display.browser.findings import KINDS, SIGNS, Findings
from analysis.display.browser.reading import number_of

QUOTED = "any:quoted"
"""The source that stands for all but the outlet's own voice."""
NEVER = -2
"""Number of an actor that occurs nowhere."""
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Filter:
    """What is asked for; an empty text asks for everything.

    Attributes
    ----------
    outlet : str
    since, until : str
        ISO dates, whole or to the month or year, both included. An article whose day is not known passes where its
        month or year may lie inside; one without a date passes where no period is asked for.
    actor : str
        Who a finding is about.
    parts : {"", "1"}
        Whether a finding about a part of the actor passes too.
    source : str
        Who says so: an actor, ``author``, ``unnamed``, or `QUOTED`.
    sign : {"", "negative", "neutral", "positive"}
    kind : str
        One of `KINDS`, or several parted by commas, or empty: then judgements that are not clear are left out, unless
        the sign asks for them.
    """

    outlet: str = ""
    since: str = ""
    until: str = ""
    actor: str = ""
    parts: str = ""
    source: str = ""
    sign: str = ""
    kind: str = ""

    def without(self, *names: str) -> Filter:
        """The same with some of its parts left open."""
        return replace(self, **dict.fromkeys(names, ""))

    @property
    def asks_for_findings(self) -> bool:
        """Whether it asks for more than a set of articles."""
        return bool(self.actor or self.source or self.sign or self.kind)


def read_filter(words: Mapping[str, str]) -> Filter:
    """The filter that the words of an address ask for.

    Raises
    ------
    InputError
        When a date, sign, kind or parts is not understood.

    Examples
    --------
    >>> read_filter({"outlet": "krant", "sign": "negative", "page": "2"})
    Filter(outlet='krant', since='', until='', actor='', parts='', source='', sign='negative', kind='')
    """
    asked = Filter(**{field.name: words.get(field.name, "") for field in fields(Filter)})
    for name, values, known in (("sign", [asked.sign], SIGNS), ("kind", asked.kind.split(","), KINDS)):
        if unknown := [value for value in values if value and value not in known]:
            raise InputError(f"{name}: '{unknown[0]}' is unknown; use one of {', '.join(known)}")
    if asked.parts not in ("", "1"):
        raise InputError(f"parts: '{asked.parts}' is unknown; use 1, or leave it out")
    for name in ("since", "until"):
        value = getattr(asked, name)
        if value and not _DATE.fullmatch(value):
            raise InputError(f"{name}: '{value}' is no date; write it as 2020-01-31")
    return asked


def pass_articles(corpus: Corpus, asked: Filter) -> np.ndarray:
    """Which articles pass, by their number."""
    articles = corpus.tables["articles"]
    passes = np.ones(articles.num_rows, dtype=bool)
    if asked.outlet:
        passes &= number_of(articles["outlet"], pa.array([asked.outlet])) == 0
    if asked.since or asked.until:
        dates = np.array([date or "" for date in articles["published"].to_pylist()], dtype="U10")
        lengths = np.char.str_len(dates)
        passes &= lengths > 0
        for length in (4, 7, 10):
            # What is known of a date is held against as much of the bound.
            same = lengths == length
            if asked.since:
                passes[same] &= dates[same] >= asked.since[:length]
            if asked.until:
                until = asked.until if len(asked.until) >= length else f"{asked.until}~"  # the whole month or year
                passes[same] &= dates[same] <= until[:length]
    return passes


def pass_findings(corpus: Corpus, findings: Findings, asked: Filter, *, with_neutral: bool = False) -> np.ndarray:
    """Which findings pass; judgements that are not clear also pass where `with_neutral` says so."""
    passes = np.ones(len(findings), dtype=bool)
    if asked.outlet or asked.since or asked.until:
        passes = pass_articles(corpus, asked)[findings.order][findings.place]
    if asked.actor:
        is_meant = np.zeros(len(findings.actors) + 1, dtype=bool)  # the last is nobody
        members = findings.parts.members(asked.actor) if asked.parts else [asked.actor]
        is_meant[[findings.places[actor] for actor in members if actor in findings.places]] = True
        passes = passes & (is_meant[findings.about] | is_meant[findings.about_too])
    if asked.source == QUOTED:
        passes = passes & (findings.source >= 0) & (findings.source != findings.places.get(AUTHOR, NEVER))
    elif asked.source:
        passes = passes & (findings.source == findings.places.get(asked.source, NEVER))
    if asked.sign:
        passes = passes & (findings.sign == SIGNS.index(asked.sign))
    if asked.kind:
        wanted = [KINDS.index(kind) for kind in asked.kind.split(",") if kind]
        passes = passes & np.isin(np.arange(len(KINDS)), wanted)[findings.kind]
    elif not (asked.sign or with_neutral):
        passes = passes & (findings.kind != KINDS.index("neutral"))
    return np.asarray(passes)
