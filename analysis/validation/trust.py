"""The trust table of the README: what to use, what to check by hand, and what not to rely on yet.

Reads stored results only (``data/validity``, ``docs/baselines.md``, the agreement that training left beside the frame
model); returns Markdown. ``python -m analysis.validation trust README.md`` puts it between its marks in the README;
`tests/test_readme.py` fails when it is stale. A row stands where its number puts it, by one rule for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.contracts.errors import InputError
from analysis.contracts.paths import ROOT
from analysis.validation.stored import read_results

USE, CHECK = 0.8, 0.6
"""Least number to use a result as it is, and to use it after checking a sample by hand. Of agreement beyond chance .80
is what Krippendorff (2019, chapter 12) asks for, and below .67 he would conclude nothing; the same bounds are put to
shares and F1, which chance helps, so that they are mild there."""
GROUPS = {
    "Use it": "Right in at least eight of ten, on news that people coded.",
    "Check it by hand": "Code a sample of your own ([how](docs/coding-by-hand.md)) and correct your estimates with it.",
    "Not yet": "Read it, teach with it, show where it errs. Conclude nothing from it.",
}
START, END = "<!-- trust: written by python -m analysis.validation trust README.md -->", "<!-- end of trust -->"
PEOPLE, MODELS = "people", "language models"


@dataclass(frozen=True)
class Figure:
    """A stored number: its interval where it has one, and over how many it was computed."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    n: int = 0

    def __str__(self) -> str:
        return re.sub(r"^(-?)0\.", r"\1.", f"{self.value:.2f}")

    def with_interval(self) -> str:
        """``.93 [.91, .94]``."""
        has_interval = self.low <= self.high  # neither is NaN
        return f"{self} [{Figure(self.low)}, {Figure(self.high)}]" if has_interval else str(self)


@dataclass(frozen=True)
class Line:
    """A row of the table: a question, what it was measured on, by whose codes, the figure, what stands beside it."""

    question: str
    texts: str
    coded_by: str
    measure: str
    figure: Figure
    beside: str

    def group(self) -> str:
        """Where the number puts the row; to be used as it is, it takes codes of people."""
        use, check, not_yet = GROUPS
        shown = round(self.figure.value, 2)
        if shown >= USE and self.coded_by == PEOPLE:
            return use
        return check if shown >= CHECK else not_yet


def read_baseline(section: str, row: str, column: int = 0, page: str | None = None) -> Figure:
    r"""A figure of ``docs/baselines.md``.

    Parameters
    ----------
    section : str
        Beginning of its heading behind ``framewijs validate``.
    row : str
        The measure, in the first table of the section.
    column : int, default 0
        The method, from the left.
    page : str, optional
        The page; by default the stored one.

    Raises
    ------
    InputError
        When there is no such figure.

    Examples
    --------
    >>> page = "## framewijs validate a b\n\nn = 12 (95 %)\n│ f1 x │ 0.930 [0.91, 0.94] │ 0.500 │\n"
    >>> read_baseline("a", "f1 x", page=page).with_interval(), read_baseline("a", "f1 x", 1, page=page).n
    ('.93 [.91, .94]', 12)
    """
    text = page if page is not None else (ROOT / "docs" / "baselines.md").read_text(encoding="utf-8")
    parts = text.split(f"## framewijs validate {section}", 1)
    lines = parts[1].split("\n## ", 1)[0].splitlines() if len(parts) > 1 else []
    found = [line.strip().strip("│").split("│") for line in lines if "│" in line]
    cells = next((cells[1:] for cells in found if cells[0].strip() == row), [])
    if len(cells) <= column:
        raise InputError(f"docs/baselines.md: {section} has no '{row}' in column {column}; run make baselines")
    number = re.match(r"\s*(-?[\d.]+)(?: \[(-?[\d.]+), (-?[\d.]+)\])?", cells[column])
    counted = re.search(r"n = (\d+)", "\n".join(lines))
    if number is None or counted is None:
        raise InputError(f"docs/baselines.md: {section}, {row}: no figure; run make baselines")
    low, high = (float(bound) if bound else float("nan") for bound in number.groups()[1:])
    return Figure(float(number[1]), low, high, int(counted[1]))


def read_stored(name: str, **where: str) -> Figure:
    """A figure of ``data/validity``: the one row of a table with these values.

    Raises
    ------
    InputError
        When there is no such row, or more than one.
    """
    table = read_results(name)
    for column, value in where.items():
        table = table[table[column] == value]
    if len(table) != 1:
        raise InputError(f"data/validity/{name}.csv: {len(table)} rows of {where}, not one; measure it anew")
    row = table.iloc[0]
    value = row["found" if "found" in table else "estimate"]
    return Figure(float(value), float(row["ci_low"]), float(row["ci_high"]), int(row["n"]))


def list_lines() -> list[Line]:
    """Every row of the table."""
    return [*_read_lines(), *_tone_lines(), *_frame_lines()]


def _read_lines() -> list[Line]:
    """Who is there, and who speaks."""
    names, quotes, actors, syntax = (
        "ner ner/conll2002_nl",
        "quotes quotes/polnear_en",
        "actors actors/meantime_nl",
        "syntax",
    )
    named, said = read_baseline(names, "overlap f1"), read_baseline(quotes, "overlap f1")
    mentioned, tree = read_baseline(actors, "overlap f1"), read_baseline(syntax, "las")
    who = read_baseline(quotes, "source accuracy")
    return [
        Line(
            "Which actors are named?",
            f"Dutch newspapers, {named.n:,} names",
            PEOPLE,
            "overlap F1",
            named,
            f"capitals {read_baseline(names, 'overlap f1', 1)}; with exact borders {read_baseline(names, 'exact f1')}",
        ),
        Line(
            "What is said?",
            f"English news, {said.n:,} quotes",
            PEOPLE,
            "overlap F1",
            said,
            f"quotation marks {read_baseline(quotes, 'overlap f1', 1)}",
        ),
        Line(
            "How does the sentence hang together?",
            f"Dutch newspapers, {tree.n:,} words",
            PEOPLE,
            "labelled attachment",
            tree,
            f"part of speech right {read_baseline(syntax, 'pos')}",
        ),
        Line(
            "Who says it?",
            f"English news, {who.n:,} quotes",
            PEOPLE,
            "speaker right",
            who,
            f"quotation marks {read_baseline(quotes, 'source accuracy', 1)}",
        ),
        Line(
            "Where is an actor meant, by `hij` and `de minister` too?",
            f"Dutch news, {mentioned.n:,} mentions",
            PEOPLE,
            "overlap F1",
            mentioned,
            f"put to the right actor (CoNLL F1) {read_baseline(actors, 'conll f1 overlap')}",
        ),
    ]


def _tone_lines() -> list[Line]:
    """In what light an actor stands."""

    def of(gold: str, language: str, method: str, measure: str) -> Figure:
        return read_stored("methods", gold=gold, language=language, method=method, measure=measure)

    def judged(gold: str, measure: str, method: str = "coder") -> Figure:
        return read_stored("news", gold=gold, method=method, measure=measure)

    lines = []
    for gold, language, called, measure, told in (
        ("newsmtsc_en.dev", "en", "English sentences", "macro_f1", "macro-F1, three classes"),
        ("opener_nl.dev", "nl", "Dutch sentences", "mean_f1_polar", "mean F1 of negative and positive"),
    ):
        own = of(gold, language, "coder", measure)
        lines.append(
            Line(
                "Tone towards an actor, in a sentence picked for a judgement?",
                f"{called}, {own.n:,} actors",
                PEOPLE,
                told,
                own,
                f"network alone {of(gold, language, 'model', measure)}; a lexicon that knows no actor "
                f"{of(gold, language, 'lexicon_no_target', measure)}",
            )
        )
    for gold, called in (
        ("whole_articles", "invented articles, both languages"),
        ("running_news.held_out", "invented news items, both languages"),
        ("meantime", "Wikinews articles, both languages"),
        ("madtsc_nl.dev", "Dutch of European papers"),
    ):
        f1 = judged(gold, "f1")
        lines.append(
            Line(
                "Who judges whom, and how?",
                f"{called}, {f1.n:,} judgements",
                MODELS,
                "F1 of source, target and sign",
                f1,
                f"whoever judges {judged(gold, 'target_and_sign f1')}; a lexicon {judged(gold, 'f1', 'lexicon')}",
            )
        )
    for gold, called in (
        ("whole_articles", "invented articles"),
        ("running_news.held_out", "invented news items"),
        ("meantime", "Wikinews articles"),
    ):
        r = judged(gold, "r")
        lines.append(
            Line(
                "Tone per actor and article?",
                f"{called}, both languages, {r.n:,} actors in articles",
                MODELS,
                "correlation r",
                r,
                f"a lexicon {judged(gold, 'r', 'lexicon')}",
            )
        )
    for language, called in (("nl", "Dutch"), ("en", "English")):
        own = of("teaching.tone", language, "coder", "correlation")
        lines.append(
            Line(
                "Tone per actor and article?",
                f"teaching corpus, {called}, {own.n:,} actors in articles",
                MODELS,
                "correlation r",
                own,
                f"network alone {of('teaching.tone', language, 'model', 'correlation')}",
            )
        )
    return lines


def _frame_lines() -> list[Line]:
    """Through which frames, and who is cast as what: the frame model as it is shipped, which is the default."""

    def of(gold: str, method: str, measure: str) -> Figure:
        return read_stored("news", gold=gold, method=method, measure=measure, what="conflict")

    english, dutch, learnt = "narrative_en.dev", "issuepositions_nl.dev", "model, cross-validated"
    articles, sentences = of(english, learnt, "alpha"), of(dutch, "coder", "f1")
    taught = read_stored("methods", gold="teaching.frames", method="coder", measure="alpha")
    second = read_stored("methods", gold="teaching.frames", method="second language model", measure="alpha")
    roles = {
        role: read_stored("roles", gold=english, method="evidence", what=role) for role in ("hero", "villain", "victim")
    }
    best = max(roles, key=lambda role: roles[role].value)
    others = ", ".join(f"{role} {figure}" for role, figure in roles.items() if role != best)
    return [
        Line(
            "Conflict frame in an article?",
            f"English news, {articles.n:,} articles",
            PEOPLE,
            "alpha, cross-validated",
            articles,
            f"coders with each other {_agreement_of_coders('conflict')}; F1 {of(english, learnt, 'f1')}, always "
            f"saying yes {of(english, 'always', 'f1')}",
        ),
        Line(
            "Conflict frame in a sentence?",
            f"Dutch election news, {sentences.n:,} sentences",
            PEOPLE,
            "F1",
            sentences,
            f"always saying yes {of(dutch, 'always', 'f1')}; patterns {of(dutch, 'patterns', 'f1')}",
        ),
        Line(
            "Five frames in an article?",
            f"teaching corpus, {taught.n:,} articles",
            MODELS,
            "alpha",
            taught,
            f"a second language model {second}",
        ),
        Line(f"Who is cast as {best}?", f"English news, {roles[best].n:,} {best}s", PEOPLE, "F1", roles[best], others),
    ]


def _agreement_of_coders(frame: str) -> str:
    table = pd.read_csv(ROOT / "data" / "models" / "frames-nl-en-agreement.csv")
    row = table[(table["unit"] == "article") & (table["frame_id"] == frame)].iloc[0]
    return f"{Figure(float(row['coders_low']))} to {Figure(float(row['coders_high']))}"


def write_table(read: Callable[[], list[Line]] = list_lines) -> str:
    """The three groups as Markdown, in each the surest row first."""
    lines = read()
    parts = []
    for group, advice in GROUPS.items():
        own = sorted((line for line in lines if line.group() == group), key=lambda line: -round(line.figure.value, 2))
        parts.append(f"**{group}.** {advice}\n")
        parts.append(
            "| question | measured on | coded by | measure | the program | beside it |\n|---|---|---|---|---|---|"
        )
        parts += [
            f"| {line.question} | {line.texts} | {line.coded_by} | {line.measure} | "
            f"**{line.figure.with_interval()}** | {line.beside} |"
            for line in own
        ]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def renew_page(page: str) -> str:
    """A page with the table between its marks.

    Raises
    ------
    InputError
        When the marks are not there.
    """
    if START not in page or END not in page:
        raise InputError(f"README.md: the marks '{START}' and '{END}' are missing; restore them with git")
    before, rest = page.split(START, 1)
    return f"{before}{START}\n\n{write_table()}\n{END}{rest.split(END, 1)[1]}"


def main(page: str) -> None:
    """Write the table into a page."""
    path = Path(page)
    path.write_text(renew_page(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
