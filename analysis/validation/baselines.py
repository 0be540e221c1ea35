"""The page of baselines: `framewijs validate` on every development set, one section each.

Run as ``python -m analysis.validation baselines FILE [TASK ...]``, or by ``make baselines``; writes Markdown. With
tasks, only their sections are measured anew, and the others stay as they are in the file. The reference data is not
part of the repository: the environment variable ``STUDY_REFERENCE_DATA`` names its folder.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

NOVELS = (
    "ConanDoyle_SherlockHolmesDeAgraSchat", "Couperus_ElineVere", "Hugo_DeEllendigen", "Multatuli_MaxHavelaar",
    "Tolstoy_AnnaKarenina", "Verne_ReisOmDeWereld",
)  # fmt: skip
PHENOMENA = (
    "negation", "hedging", "passive", "agentless_passive", "nominalisation", "metonym", "nested_speech", "pronoun",
    "irony",
)  # fmt: skip
LINES = (
    "syntax syntax/alpino_nl.dev-ud2.16.conllu",
    "ner ner/conll2002_nl.testa.txt",
    "target target/newsmtsc_en.dev.jsonl",
    "target target/opener_nl.dev.jsonl",
    "target target/opener_en.dev.jsonl",
    "directed directed/opener_nl.dev.jsonl",
    "directed directed/opener_en.dev.jsonl",
    "directed directed/dse_en.dev.jsonl --sample 600",
    "judgements data/annotations/whole_articles",
    "judgements data/annotations/meantime",
    "judgements opinions/madtsc_nl.dev.jsonl",
    "judgements opinions/madtsc_en.dev.jsonl",
    "tone tone/ecosent_nl.train.jsonl",
    "quotes quotes/polnear_en.dev.jsonl",
    "quotes quotes/constructions_nl.jsonl",
    *(f"quotes openboek_nl/{name}.quotes.xml" for name in NOVELS),
    "actors actors/meantime_nl.dev.jsonl --sentences 6",
    "actors actors/meantime_nl.dev.jsonl --sentences 6 --places",
    "actors actors/meantime_nl.dev.jsonl --sentences 6 --all-types",
    "actors actors/meantime_en.dev.jsonl --sentences 6",
    "actors actors/meantime_en.dev.jsonl --sentences 6 --places",
    "actors actors/meantime_en.dev.jsonl --sentences 6 --all-types",
    "actors actors/issuepositions_nl.dev.jsonl --no-pronouns",
    "actors actors/issuepositions_nl.dev.jsonl",
    *(f"phenomena tests/gold/phenomena_nl/{name}.yaml --half {half}" for name in PHENOMENA for half in ("dev", "held")),
    "frames frames/narrative_en.dev.jsonl",
    "frames frames/issuepositions_nl.dev.jsonl",
    "roles roles/narrative_en.dev.jsonl",
)
"""Arguments of `framewijs validate`, in the order of the page."""
HEAD = """\
# Baselines

Written by `make baselines` with `framewijs validate`, on development sets of public reference data, which is not part
of this repository (the environment variable `STUDY_REFERENCE_DATA` names its folder), and on the project's own
sentences per phenomenon (`tests/gold/phenomena_nl`; the half `held` was not looked at while the coder was written).
Types of MEANTIME that are no actors (products, PRO; sums of money and shares, FIN; OTH) are left out of the task
actors, unless `--all-types` is there. How to read the figures: [validation](validation.md).
"""


HEADING = "\n## framewijs validate "


def write_page(tasks: Collection[str] = (), page: str = "") -> Iterator[str]:
    """The page, section by section.

    Parameters
    ----------
    tasks : collection of str
        Tasks to measure; all when empty.
    page : str
        A page of before, from which the sections of other tasks are taken; one that it lacks is measured.

    Raises
    ------
    subprocess.CalledProcessError
        When a command fails; what it said stands on stderr.
    """
    before = {section.partition("\n")[0]: section for section in page.split(HEADING)[1:]}
    yield HEAD
    for line in LINES:
        if tasks and line.split()[0] not in tasks and line in before:
            yield HEADING + before[line]
            continue
        command = [sys.executable, "-m", "analysis", "validate", *line.split()]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603  our own
        shown = "\n".join(row.rstrip() for row in run.stdout.splitlines())
        yield f"{HEADING}{line}\n\n```\n{shown}\n```\n"


def main(target: str, *tasks: str) -> None:
    """Write the page, or anew its sections of some tasks."""
    path = Path(target)
    page = path.read_text(encoding="utf-8") if tasks and path.is_file() else ""
    path.write_text("".join(write_page(tasks, page)), encoding="utf-8", newline="\n")
