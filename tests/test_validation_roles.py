"""Task roles: entities in a reader's words, the actors behind them, and the role of each."""

import pytest

from analysis.codebook.load import EMPTY
from analysis.contracts.errors import InputError
from analysis.validation.gold import check_row
from analysis.validation.roles import CODERS, find_actor, give_entities, score_roles

TEXT = (
    "Mayor Anna Berg helped the families of the flooded village. The villagers praised Anna Berg. "
    "Rebel leader Karim Sol attacked the school, and Karim Sol killed two teachers."
)


def row(*entities, text=TEXT, key="line000001", name="x1"):
    """One line of gold."""
    found = [{"text": words, "group": "-", "role": role} for words, role in entities]
    return {"id": name, "article_id": key, "language": "en", "text": text, "entities": found}


def test_hero_and_villain_are_told_apart():
    """Who is praised and helps, and who attacks and kills; what is not in the text is left out and counted."""
    gold = [row(("Anna Berg", "hero"), ("Karim Sol", "villain"), ("karim sol", "villain"), ("the moon", "victim"))]
    first, majority = score_roles(gold, codebook=EMPTY, method="evidence", seed=1, n_draws=10)  # one article: no folds
    assert first.n == majority.n == 2
    assert first.notes["not_in_text"] == 1
    assert first.scores["accuracy"] == 1.0
    assert majority.scores["accuracy"] == 0.5
    assert first.per_class.loc["hero", "alpha"] == 1.0
    assert "alpha_of_coders" not in first.notes


def test_an_entity_without_an_actor_has_no_role():
    """It counts as missed."""
    gold = [row(("flooded", "victim"), name="narrative-1")]
    first = score_roles(gold, codebook=EMPTY, method="evidence", seed=1, n_draws=5)[0]
    assert first.per_class.loc["victim", "recall"] == 0
    assert first.notes["without_role"] == 1
    assert first.notes["alpha_of_coders"] == list(CODERS)


def test_things_and_groups_of_gold_are_given_as_actors():
    """Not names, which the coder finds by itself, nor pronouns."""
    book = give_entities(EMPTY, [row(("the flooded village", "victim"), ("Anna Berg", "hero"), ("she", "hero"))])
    assert list(book.actors) == ["given_flooded_village"]
    assert book.actors["given_flooded_village"].wording["en"].nominals == ("flooded village",)


def test_weights_are_learnt_from_other_articles():
    """With five articles or more the weighed method stands beside evidence, and first where asked for."""
    entities = [("Anna Berg", "hero"), ("Karim Sol", "villain"), ("families", "victim")]
    gold = [row(*entities, key=f"line{number}", name=f"x{number}") for number in range(6)]
    results = score_roles(gold, codebook=EMPTY, method="weighed", seed=1, n_draws=5)
    assert [result.method for result in results] == ["weighed", "evidence", "majority"]
    assert results[0].scores["accuracy"] == 1.0


def test_gold_that_names_nobody_in_the_text_is_refused():
    """There is nothing to score."""
    with pytest.raises(InputError, match="none occurs in its text"):
        score_roles([row(("the moon", "hero"))], codebook=EMPTY, method="evidence", seed=1, n_draws=5)


def test_nobody_is_found_where_no_mention_is():
    """None, not the nearest."""
    assert find_actor([(0, 4)], [(5, 9, "a")]) is None


@pytest.mark.parametrize(
    ("entities", "message"),
    [
        ("x", "line 3, entities: must be a list"),
        (["x"], "entry 1: 'text' is missing"),
        ([{"role": "hero"}], "entry 1: 'text' is missing"),
        ([{"text": " ", "role": "hero"}], "entry 1, text: must be a text that is not empty"),
        ([{"text": "a"}], "entry 1: 'role' is missing"),
        ([{"text": "a", "role": "saint"}], "entry 1, role: 'saint' must be hero, victim, villain"),
    ],
)
def test_a_mistake_in_gold_is_named(entities, message):
    """Line, key and entry."""
    with pytest.raises(InputError, match=message):
        check_row(row() | {"entities": entities}, "roles", "line 3")
    check_row(row(("a", "hero")), "roles", "line 3")
