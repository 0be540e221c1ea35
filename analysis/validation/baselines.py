"""The page of baselines: `framewijs validate` on every development set, one section each.

Run as ``python -m analysis.validation.baselines FILE``, or by ``make baselines``; writes Markdown. The reference data
is not part of the repository: the environment variable ``STUDY_REFERENCE_DATA`` names its folder.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path

WIDTH = 110
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
    "tone tone/ecosent_nl.train.jsonl",
    "quotes quotes/polnear_en.dev.jsonl",
    "quotes quotes/constructions_nl.jsonl",
    *(f"quotes openboek_nl/{name}.quotes.xml" for name in NOVELS),
    "actors actors/meantime_nl.dev.jsonl --sentences 6",
    "actors actors/meantime_nl.dev.jsonl --sentences 6 --places",
    "actors actors/meantime_en.dev.jsonl --sentences 6",
    "actors actors/meantime_en.dev.jsonl --sentences 6 --places",
    "actors actors/issuepositions_nl.dev.jsonl",
    *(f"phenomena tests/gold/phenomena_nl/{name}.yaml --half {half}" for name in PHENOMENA for half in ("dev", "held")),
    "frames frames/narrative_en.dev.jsonl",
    "frames frames/issuepositions_nl.dev.jsonl",
)
"""Arguments of `framewijs validate`, in the order of the page."""
HEAD = """\
# Baselines

Written by `make baselines` with `framewijs validate`, on development sets of public reference data, which is not part
of this repository (the environment variable `STUDY_REFERENCE_DATA` names its folder), and on the project's own
sentences per phenomenon (`tests/gold/phenomena_nl`; the half `held` was not looked at while the coder was written).
How to read the figures: [validation](validation.md).
"""


def write_page() -> Iterator[str]:
    """The page, section by section.

    Raises
    ------
    subprocess.CalledProcessError
        When a command fails; what it said stands on stderr.
    """
    yield HEAD
    for line in LINES:
        command = [sys.executable, "-m", "analysis", "validate", *line.split()]
        run = subprocess.run(  # noqa: S603  our own command
            command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env={**environ, "COLUMNS": str(WIDTH)}
        )
        shown = "\n".join(row.rstrip() for row in run.stdout.splitlines())
        yield f"\n## framewijs validate {line}\n\n```\n{shown}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(write_page()), encoding="utf-8", newline="\n")
