"""The seed article against its reference coding: how far two coders agree, and how far the coder agrees with them.

The reference (gold/seed.yaml) was settled from two independent codings before the coder was run against it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.contracts.tables import rows_of
from analysis.corpus import load_articles
from analysis.measures.agreement import agreement
from analysis.runs.chain import code_articles
from tests.gold_reference import find_start, find_units, load, score_reference

POLARITIES = ("negative", "neutral", "positive")
LEAST_PRECISION, LEAST_RECALL = 0.90, 0.90
"""What the study asks."""
BELOW = (
    "not reached: precision .48 of 31, recall .67 of 18. The rules before the network, made with this article in view, "
    "had .93 and 1.00 here and less than the network on every article that nobody had seen, with the source"
)
LEAST_RIGHT, LEAST_HELD = 0.90, 0.70
"""Of the rows of responsibility: share that the reference has too, and share of the reference that is found."""


@pytest.fixture(scope="module")
def reference():
    """The settled coding."""
    return load("seed")


@pytest.fixture(scope="module")
def tables(seed_codebook):
    """The seed coded with its captions, since the coders coded them."""
    return code_articles(load_articles(paths.SEEDS), seed_codebook, methods=["model"], captions=True)


@pytest.fixture(scope="module")
def text(tables):
    """The article."""
    return tables.articles["text"].iloc[0]


def test_two_coders_agree_on_evaluations(text):
    """Alpha of polarity over the units that either codes; who leaves a unit out finds it neutral."""
    coders = {name: find_units(text, load(f"seed_coder_{name}")["evaluations"]) for name in ("a", "b")}
    union = sorted(set(coders["a"]) | set(coders["b"]))
    codes = pd.DataFrame(
        [
            {"unit": number, "coder": name, "code": units[unit]["polarity"] if unit in units else "neutral"}
            for number, unit in enumerate(union)
            for name, units in coders.items()
        ]
    )
    found = agreement(codes, level="ordinal", values=POLARITIES, rng=np.random.default_rng(1), n_draws=200).iloc[0]
    assert (len(union), len(coders["a"]), len(coders["b"])) == (63, 60, 62)
    assert found["alpha"] == pytest.approx(0.881, abs=0.001)
    assert found["percent_agreement"] == pytest.approx(57 / 63)


def test_what_both_coders_say_is_kept(text, reference):
    """Settling touches differences only, and gives a reason for each."""
    settled = find_units(text, reference["evaluations"])
    first, second = (find_units(text, load(f"seed_coder_{name}")["evaluations"]) for name in ("a", "b"))
    both = first.keys() & second.keys()
    alike = [unit for unit in both if first[unit]["polarity"] == second[unit]["polarity"]]
    for unit in alike:
        if unit in settled:
            assert settled[unit]["polarity"] == first[unit]["polarity"], unit
            both_clear = first[unit]["clear"] and second[unit]["clear"]
            assert settled[unit]["clear"] == both_clear or "adjudicated" in settled[unit], unit
    assert all("adjudicated" in settled[unit] for unit in settled if unit not in alike)
    merged = {
        unit
        for row_unit, row in settled.items()
        for unit in [(row_unit[0], row_unit[1], t) for t in row.get("also", [])]
    }
    assert set(alike) <= settled.keys() | merged


AT_LEAST = [
    ("Nee, nee, Amerika", "demonstrators", "united_states", "negative"),
    ("Nee, nee, Trump", "demonstrators", "trump", "negative"),
    ("Sjiitische demonstranten", "author", "demonstrators", "negative"),
    ("Terwijl Amerikaanse", "author", "demonstrators", "negative"),
    ("Kataib Hezbollah is", "author", "kataib_hezbollah", "negative"),
    ("De inzet", "esper", "us_armed_forces", "positive"),
    ("President Trump", "trump", "iran", "negative"),
    ("Iran zal", "trump", "iran", "negative"),
    ("Ze zullen", "trump", "iran", "negative"),
    ("Het Iraanse ministerie", "iran_foreign_ministry", "united_states", "negative"),
    ("Opnieuw geeft", "khamenei", "trump", "negative"),
    ("Ten eerste", "khamenei", "trump", "negative"),
    ("Ten tweede", "khamenei", "trump", "negative"),
    ("De Amerikanen zijn", "al_khazali", "united_states", "negative"),
    ("Ze zijn de bron", "al_khazali", "united_states", "negative"),
    ("Ze zijn de bron", "author", "al_khazali", "negative"),
    ("Mahdi zei", "mahdi", "united_states", "negative"),
]


@pytest.mark.parametrize(("sentence", "source", "target", "polarity"), AT_LEAST)
def test_the_reference_holds_what_the_study_asks_at_the_least(reference, sentence, source, target, polarity):
    """Rows that any coding of this article must have."""
    wanted = (source, target, polarity)
    found = [
        row
        for row in reference["evaluations"]
        if (row["source"], row["target"], row["polarity"]) == wanted
        and row["sentence"].lstrip("‘").startswith(sentence)
    ]
    assert len(found) == 1


@pytest.mark.xfail(reason=BELOW, strict=True)
def test_evaluations_agree_with_the_reference(tables, reference):
    """Precision and recall of who is judged by whom, and how."""
    found = score_reference(tables, reference["evaluations"])
    assert (found.precision >= LEAST_PRECISION) and (found.recall >= LEAST_RECALL), "\n".join(found.lines)


DEEDS = [
    ("united_states", "luchtaanval", "kataib_hezbollah", "nominal", "conflict"),
    ("iran", "steunen", "kataib_hezbollah", "passive", "cooperation"),
    ("iran", "steunen", "iraq_government", "passive", "cooperation"),
    ("demonstrators", "bestormen", "us_embassy", "active", "conflict"),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_does_what_to_whom(tables, reference, deed):
    """Deeds on which both coders agree."""
    names = ("agent", "predicate", "patient", "voice", "valence")
    assert any(tuple(gold[name] for name in names) == deed for gold in reference["actions"])
    found = [(row.agent_id, row.predicate, row.patient_id, row.voice, row.valence) for row in rows_of(tables.actions)]
    assert deed in found, found


def test_doers_that_the_text_leaves_out(tables):
    """25 people and an American die, troops are flown in: by nobody who is named."""
    deleted = [row for row in rows_of(tables.actions) if pd.isna(row.agent_id)]
    killed = [row for row in deleted if row.predicate == "om het leven komen"]
    assert [row.valence for row in killed] == ["conflict", "conflict"]
    assert killed[1].patient_id == "united_states"
    assert [row.voice for row in deleted if row.predicate == "invliegen"] == ["agentless_passive"]


def test_who_holds_whom_responsible(tables, text, reference):
    """No row that the reference lacks, and most that it has; among them that Trump blames Iran, and that Iran denies."""
    spans = {row.sentence_id: (row.start, row.end) for row in rows_of(tables.sentences)}
    wanted = [
        (find_start(text, row), row["accuser"], row["accused"], row["stance"]) for row in reference["responsibility"]
    ]
    found = [
        (*spans[row.sentence_id], row.accuser_id, row.accused_id, row.stance) for row in rows_of(tables.responsibility)
    ]
    right = [one for one in found if any(one[0] <= gold[0] < one[1] and one[2:] == gold[1:] for gold in wanted)]
    held = [gold for gold in wanted if any(one[0] <= gold[0] < one[1] and one[2:] == gold[1:] for one in found)]
    assert len(right) >= LEAST_RIGHT * len(found), [one for one in found if one not in right]
    assert len(held) >= LEAST_HELD * len(wanted), [gold for gold in wanted if gold not in held]
    told = {gold[1:] for gold in held}
    assert ("trump", "iran", "holds_responsible") in told
    assert ("iran_government", "iran_government", "denies") in told
