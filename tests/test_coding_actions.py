"""Actions: who does what to whom, and who is left out."""

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.actions.code import code_actions
from analysis.coding.coreference.resolve import find_all_mentions
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


def code(articles, *, reading="model", **options):
    """The table of the deeds of some articles."""
    read = read_articles(articles, reading=reading)
    return code_actions(read, find_all_mentions(read, BOOK), **options)


def rows(articles, *, reading="model", **options):
    """Agent, predicate, patient, voice and valence of each deed."""
    table = code(articles, reading=reading, **options)
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


def test_after_a_fronted_clause_the_subject_follows_the_verb(make_articles):
    """Dutch turns subject and verb round after a clause that comes first."""
    found = rows(make_articles("Terwijl de stad sliep, bekogelden de boeren de politie."))
    assert [(row[0], row[2]) for row in found] == [("farmers", "police")]
    found = rows(make_articles("Terwijl de stad sliep, bekogelden de boeren de ramen."))
    assert [(row[0], row[2]) for row in found] == [("farmers", None)]


@pytest.mark.parametrize(
    ("text", "negated", "hedged"),
    [
        ("De boeren bekogelden de politie.", False, False),
        ("De boeren bekogelden de politie niet.", True, False),
        ("De boeren zouden de politie hebben bekogeld.", False, True),
    ],
)
def test_what_is_not_done_or_perhaps_done_says_so(make_articles, text, negated, hedged):
    """The row stays, so that who denies a deed can be counted too."""
    table = code(make_articles(text))
    assert table["negated"].tolist() == [negated]
    assert table["hedged"].tolist() == [hedged]


def test_a_denied_deed_is_negated(make_articles):
    """`ontkent dat`: somebody says it was not done."""
    table = code(make_articles("De burgemeester ontkent dat de politie de boeren heeft mishandeld."))
    assert table.loc[table["predicate"] == "mishandelen", "negated"].tolist() == [True]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("De politie vertrok zonder de boeren te arresteren.", True),
        ("De politie heeft nagelaten de boeren te arresteren.", True),
        ("De politie probeert de boeren te arresteren.", False),
    ],
)
def test_what_is_left_undone_is_negated(make_articles, text, negated):
    """`zonder te` and `nalaten te` negate without a word of negation."""
    table = code(make_articles(text))
    assert table.loc[table["predicate"] == "arresteren", "negated"].tolist() == [negated]


def test_criticism_of_what_is_somebody_s_is_of_that_body(make_articles):
    """`kritiek op het beleid van de politie` falls on the police; a stolen car of theirs harms no further actor."""
    found = rows(make_articles("De boeren leverden kritiek op het beleid van de politie."))
    assert found == [("farmers", "kritiek", "police", "active", "conflict")]
    found = rows(make_articles("De boeren beschadigden een raam van de politie."))
    assert found == [("farmers", "beschadigen", None, "active", "conflict")]


def test_coordinated_actors_have_a_row_each(make_articles):
    """Two doers, one undergoer: two rows that point at their mentions."""
    table = code(make_articles("De winkelier werd door de boeren en de politie aangevallen."))
    assert table["agent_id"].tolist() == ["farmers", "police"]
    assert table["agent_mention_id"].nunique() == 2
    assert set(table["event"]) == {"attack"}
    assert set(table["method"]) == {"tree"}


def test_harm_to_strangers_is_kept_and_the_rest_is_not(make_articles):
    """`25 mensen` were killed, and nobody says by whom; what strangers do to no harm is left out."""
    found = rows(make_articles("Daarbij kwamen 25 mensen om het leven. De wind opende een deur."))
    assert found == [(None, "om het leven komen", "unlisted:mens", "agentless_passive", "conflict")]


def test_members_stand_for_their_group(make_articles):
    """`leden van de politie`: the police."""
    found = rows(make_articles("Tientallen leden van de politie sloegen de boeren."))
    assert found == [("police", "slaan", "farmers", "active", "conflict")]


def test_the_war_between_two_is_told_twice(make_articles):
    """Each acts on the other."""
    found = rows(make_articles("De ruzie tussen de boeren en de politie duurt voort."))
    assert {(row[0], row[2]) for row in found if row[1] == "ruzie"} == {("farmers", "police"), ("police", "farmers")}


def test_evidence_stands_where_it_says(make_articles):
    """`text[start:end]` is the word that tells the deed."""
    articles = make_articles("De boeren vielen gisteren in alle vroegte de politie aan. De politie sloeg terug.")
    table = code(articles)
    text = articles["text"].iloc[0]
    assert text[table["start"].iloc[0] : table["end"].iloc[0]] == "vielen"


def test_the_order_of_articles_changes_nothing(make_articles):
    """Rows of one article depend on that article."""
    texts = ("De boeren bekogelden de politie.", "De politie werd door de boeren geprezen.")
    apart = [rows(make_articles(text))[0] for text in texts]
    assert rows(make_articles(*texts)) == apart
    assert rows(make_articles(*reversed(texts))) == apart[::-1]


def test_without_trees_there_are_no_rows(make_articles):
    """Who does what rests on syntax; a reading by rules has none."""
    assert rows(make_articles("De boeren bekogelden de politie."), reading="rules") == []


def test_a_deed_between_strangers_is_kept_without_names(make_articles):
    """Who is left out can only be counted when the deed has a row."""
    assert rows(make_articles("Gisteren werd een winkelier beroofd."))[0][0] is None


def test_help_is_cooperation(make_articles):
    """Valence follows the lexicon."""
    assert [row[4] for row in rows(make_articles("De politie redde de boeren."))] == ["cooperation"]
