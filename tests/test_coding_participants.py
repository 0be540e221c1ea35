"""Who acts and who undergoes, by word order, voice and `door`."""

from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc

from analysis.coding.evaluations.word_order import assign_participants, split_clauses, split_participants
from analysis.coding.language.lexicon import Entry, Hit
from analysis.coding.syntax.participants import ActorIndex


@dataclass(frozen=True)
class Target:
    """A token range."""

    first: int
    last: int


def place(text: str, verb: str, actors: list[str], language: str):
    """Doc, clause, hit of `verb` and the targets of `actors` in a sentence."""
    doc = spacy.blank(language)(text)
    words = [token.text for token in doc]
    targets = [Target(words.index(actor), words.index(actor) + 1) for actor in actors]
    at = words.index(verb)
    record = Entry(verb, "verb", 0.5, "politics", "agent", ((verb,),))
    clauses = split_clauses(doc, 0, len(doc), language)
    return doc, clauses, Hit(record, at, at, (at,)), targets


@pytest.mark.parametrize(
    ("text", "verb", "language", "agent", "patient"),
    [
        ("Bond prijst Raad.", "prijst", "nl", "Bond", "Raad"),
        ("Gisteren prees Bond de Raad.", "prees", "nl", "Bond", "Raad"),
        ("Raad werd door Bond geprezen.", "geprezen", "nl", "Bond", "Raad"),
        ("dat Bond de Raad prees.", "prees", "nl", "Bond", "Raad"),
        ("Raad werd geprezen.", "geprezen", "nl", None, "Raad"),
        ("Yesterday praised Council loudly.", "praised", "en", None, "Council"),
        ("De wethouder prees Raad.", "prees", "nl", None, "Raad"),
        ("Raad werd door de Tweede Bond geprezen.", "geprezen", "nl", "Bond", "Raad"),
        ("Zij prees de Raad.", "prees", "nl", None, "Raad"),
        ("De wethouder prees velen in Raad.", "prees", "nl", None, None),
        ("Union praised Council.", "praised", "en", "Union", "Council"),
        ("Council was praised by the Union.", "praised", "en", "Union", "Council"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_active_and_passive_give_the_same_participants(text, verb, language, agent, patient):
    """Whatever the order, the same two take part in the same way."""
    actors = [word for word in ("Bond", "Raad", "Union", "Council") if word in text.replace(".", " ").split()]
    doc, clauses, hit, targets = place(text, verb, actors, language)
    found_agent, found_patient = split_participants(doc, clauses[0], hit, targets, language)
    name = {(target.first): word for target, word in zip(targets, actors, strict=True)}
    assert [name[t.first] for t in found_agent] == ([agent] if agent else [])
    assert [name[t.first] for t in found_patient] == ([patient] if patient else [])


def test_an_adjective_bears_on_the_nearest_actor():
    """Of two actors in a clause, the one beside the word is meant."""
    doc, clauses, hit, targets = place("Zwolle ontving het dappere Urk.", "dappere", ["Zwolle", "Urk"], "nl")
    adjective = Hit(
        Entry("dapper", "adjective", 0.5, "general", "head", (("dappere",),)), hit.first, hit.last, hit.tokens
    )
    assert [t.first for t in assign_participants(doc, clauses, adjective, targets, "nl")] == [targets[1].first]


def test_an_actor_in_a_place_phrase_is_not_judged():
    """`misdaden in Urk` says nothing of Urk."""
    doc, clauses, hit, targets = place("misdaden in Urk", "misdaden", ["Urk"], "nl")
    noun = Hit(Entry("misdaad", "noun", -0.5, "crime", "head", (("misdaden",),)), hit.first, hit.last, hit.tokens)
    assert assign_participants(doc, clauses, noun, targets, "nl") == []


def test_the_agent_of_a_passive_is_not_who_is_accused():
    """In `Bakker is door Visser beschuldigd van fraude` the fraud is Bakker's."""
    doc, clauses, hit, targets = place(
        "Bakker is door Visser beschuldigd van fraude", "fraude", ["Bakker", "Visser"], "nl"
    )
    noun = Hit(Entry("fraude", "noun", -0.5, "crime", "agent", (("fraude",),)), hit.first, hit.last, hit.tokens)
    assert [t.first for t in assign_participants(doc, clauses, noun, targets, "nl")] == [0]


def test_an_apposition_bears_on_the_actor_before_it():
    """`X, de gevreesde leider van Y` judges X."""
    doc, clauses, hit, targets = place(
        "Kuipers, de gevreesde leider van Urk, zweeg.", "gevreesde", ["Kuipers", "Urk"], "nl"
    )
    adjective = Hit(
        Entry("gevreesd", "adjective", -0.5, "general", "head", (("gevreesde",),)), hit.first, hit.last, hit.tokens
    )
    assert [t.first for t in assign_participants(doc, clauses, adjective, targets, "nl")] == [targets[0].first]


def parsed(words: str, heads: list[int], relations: str, parts: str) -> Doc:
    """A Doc with a tree."""
    return Doc(
        spacy.blank("nl").vocab, words=words.split(), heads=heads, deps=relations.split(), pos=parts.split(),
        lemmas=words.lower().split(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("doc", "token", "target", "found"),
    [
        (parsed("minister Jansen", [0, 0], "ROOT appos", "NOUN PROPN"), 0, Target(1, 2), True),
        (parsed("leden van Urk", [0, 2, 0], "ROOT case nmod", "NOUN ADP PROPN"), 0, Target(2, 3), True),
        (parsed("bewoners van Urk", [0, 2, 0], "ROOT case nmod", "NOUN ADP PROPN"), 0, Target(2, 3), False),
        (parsed("Russische troepen", [1, 1], "amod ROOT", "ADJ NOUN"), 1, Target(0, 1), True),
        (parsed("Russische films", [1, 1], "amod ROOT", "ADJ NOUN"), 1, Target(0, 1), False),
        (parsed("Jansen zweeg", [1, 1], "nsubj ROOT", "PROPN VERB"), 0, Target(0, 1), True),
    ],
)
def test_the_head_of_a_phrase_stands_for_an_actor(doc, token, target, found):
    """By its own mention, a name beside it, what it counts, or the state whose force it is; by nothing else."""
    assert ActorIndex([target]).find(doc[token]) == (target if found else None)
