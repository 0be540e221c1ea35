"""Actions: who does what to whom, and who is left out."""

import pandas as pd
import pytest

from analysis.codebook import Actor, Codebook, Wording
from analysis.coding.actions import code_actions
from analysis.coding.mentions import find_mentions
from analysis.errors import UsageError
from analysis.reading import read_articles

BOOK = Codebook(
    name="test",
    actors={
        key: Actor(key, {"nl": key}, "crowd", wording={
            "nl": Wording(nominals=(dutch,)), "en": Wording(nominals=(english,)),
        })
        for key, dutch, english in (("farmers", "boer", "farmer"), ("police", "politie", "police"))
    },
)  # fmt: skip


def rows(articles, **options):
    """Agent, predicate, patient, voice and valence of each deed."""
    reading = read_articles(articles, reading="rules")
    table = code_actions(reading, find_mentions(reading, BOOK), **options)
    return [
        tuple(
            None if pd.isna(value) else value for value in (r.agent_id, r.predicate, r.patient_id, r.voice, r.valence)
        )
        for r in table.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("De boeren bekogelden de politie.", "nl", ("farmers", "bekogelen", "police", "active", "conflict")),
        ("De politie werd door de boeren bekogeld.", "nl", ("farmers", "bekogelen", "police", "passive", "conflict")),
        ("De politie werd bekogeld.", "nl", (None, "bekogelen", "police", "agentless_passive", "conflict")),
        ("The farmers attacked the police.", "en", ("farmers", "attack", "police", "active", "conflict")),
        ("The police were attacked by the farmers.", "en", ("farmers", "attack", "police", "passive", "conflict")),
        ("De aanval van de boeren op de politie duurde kort.", "nl", ("farmers", "aanval", "police", "nominal", "conflict")),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_deed_keeps_its_agent_and_patient_in_every_voice(make_articles, text, language, expected):
    """Active, passive, agentless and nominal."""
    assert rows(make_articles(text, language=language)) == [expected]


def test_an_agent_who_is_no_actor_of_the_study_is_not_left_out(make_articles):
    """`door hooligans` names the doer: a passive, but no agentless one."""
    assert [row[3] for row in rows(make_articles("De politie werd door hooligans bekogeld."))] == ["passive"]


def test_a_clause_cut_off_from_its_subject_does_not_turn_round(make_articles):
    """Who follows the verb after an inserted clause undergoes the deed."""
    assert [(row[0], row[2]) for row in rows(make_articles("De boeren, die terugkwamen, bekogelden de politie."))] == [
        (None, "police")
    ]


def test_after_a_fronted_clause_the_subject_follows_the_verb(make_articles):
    """Dutch turns subject and verb round after a clause that comes first."""
    found = rows(make_articles("Terwijl de stad sliep, bekogelden de boeren de politie."))
    assert [(row[0], row[2]) for row in found] == [("farmers", "police")]
    found = rows(make_articles("Terwijl de stad sliep, bekogelden de boeren de ramen."))
    assert [(row[0], row[2]) for row in found] == [("farmers", None)]


def test_what_is_not_done_is_no_deed(make_articles):
    """A negated verb has no row."""
    assert rows(make_articles("De boeren bekogelden de politie niet.")) == []


def test_a_deed_between_strangers_is_kept_without_names(make_articles):
    """Who is left out can only be counted when the deed has a row."""
    assert rows(make_articles("Gisteren werd een winkelier beroofd."))[0][0] is None


def test_help_is_cooperation(make_articles):
    """Valence follows the lexicon."""
    assert [row[4] for row in rows(make_articles("De politie redde de boeren."))] == ["cooperation"]


def test_an_unknown_method_is_named(make_articles):
    """The message lists the methods there are."""
    with pytest.raises(UsageError, match="use one of patterns"):
        rows(make_articles("De boeren zwegen."), method="magic")
