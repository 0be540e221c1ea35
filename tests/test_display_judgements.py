"""An evaluation in words: literal lines a student can check."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.contracts.tables import Tables, make_table
from analysis.corpus.selection import articles_from_texts
from analysis.display import explain
from analysis.display.explanations.judgements import read_cues
from analysis.runs.chain import code_articles

BOOK = Codebook(
    name="test",
    actors={
        name.lower(): Actor(name.lower(), {"en": name, "nl": name}, "person", wording={"nl": Wording(names=(name,))})
        for name in ("Jansen", "Bakker")
    },
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    """One sentence: the lexicon as it judges, and rows of the model and names of rules written by hand."""
    articles = articles_from_texts(["‘Bakker is een corrupte man geweest’, zei Jansen."])
    coded = code_articles(articles, BOOK, reading="rules", methods=["lexicon"])
    (lexicon,) = coded.evaluations.to_dict("records")
    clear = lexicon | {
        "evaluation_id": "example1:e00001.model", "method": "model", "polarity": -0.62, "p_negative": 0.7,
        "p_neutral": 0.22, "p_positive": 0.08, "cues": "corrupte:-0.45|man:-0.05", "hedged": True,
        "ground": "word", "p_source": 0.91,
    }  # fmt: skip
    speaker = coded.mentions.set_index("actor_id").loc["jansen", "mention_id"]
    faint = clear | {
        "evaluation_id": "example1:e00002.model", "target_id": "jansen", "target_mention_id": speaker,
        "source_id": "author", "polarity": -0.1, "p_negative": 0.2, "p_neutral": 0.7, "p_positive": 0.1,
        "cues": None, "cue_start": None, "cue_end": None, "hedged": False, "ground": "none", "p_source": None,
    }  # fmt: skip
    return replace(
        coded,
        mentions=coded.mentions.assign(rule="by_name"),
        quotes=coded.quotes.assign(rule="by_verb"),
        evaluations=make_table("evaluations", [lexicon, clear, faint]),
    )


def test_a_judgement_of_the_model_is_told_with_its_words_and_the_lexicons_verdict(tables):
    """Probabilities, ground, the words the attention rests on, and what the lexicon makes of the same mention."""
    found = explain(tables, "example1:e00001.model", codebook=BOOK, model_version="9.9")
    assert found.reasons == (
        "example1:e00001.model: Bakker judged at -0.62 by Jansen; cues corrupte -0.45, man -0.05; hedged (method model)",
        "who is judged: 'Bakker' is Bakker (rule by_name)",
        "who judges: Jansen (probability 0.91), in direct speech reported 'zei' (rule by_verb)",
        (
            "the reading model (version 9.9), a network that learnt from codes of people and of language models, read the passage with"
            " every actor marked; its probabilities for this one in this sentence: negative 0.70, neutral 0.22, positive 0.08"
        ),
        "polarity -0.62, on the ground of a judging word",
        "the words that the network's attention rests on: 'corrupte' 45%, 'man' 5%",
        "the judgement is hedged: polarity is what then remains",
        "in the same sentence, the lexicon says -0.75 by Jansen, on corrupte -0.75",
    )
    assert {(mark.text, mark.note) for mark in found.highlights} == {
        ("corrupte", "strongest cue, polarity -0.62"),
        ("man", "cue, -0.05"),
        ("Bakker", "judged: Bakker"),
        ("Jansen", "speaker Jansen"),
    }


def test_a_judgement_is_told_in_dutch(tables):
    """The same lines, with a decimal comma and a true minus."""
    found = explain(tables, "example1:e00001.model", codebook=BOOK, language="nl", model_version="9.9")
    assert found.reasons == (
        "example1:e00001.model: Bakker beoordeeld met −0,62, bron: Jansen; woorden: corrupte −0,45, man −0,05; onder voorbehoud (methode model)",
        "wie beoordeeld wordt: 'Bakker' staat voor Bakker (regel by_name)",
        "wie oordeelt: Jansen (kans 0,91), in een letterlijk citaat, gemeld met 'zei' (regel by_verb)",
        (
            "het leesmodel (versie 9.9), een netwerk dat leerde van codes van mensen en van taalmodellen, las de passage met alle actoren"
            " gemarkeerd; voor deze actor geeft het in deze zin de kansen negatief 0,70, neutraal 0,22, positief 0,08"
        ),
        "polariteit −0,62, op grond van een oordelend woord",
        "de woorden waar de aandacht van het netwerk op rust: 'corrupte' 45%, 'man' 5%",
        "kenmerken van de beoordeling: onder voorbehoud; de polariteit is wat er dan overblijft",
        "in dezelfde zin zegt het lexicon −0,75, bron: Jansen, op grond van corrupte −0,75",
    )
    assert {(mark.text, mark.note) for mark in found.highlights} == {
        ("corrupte", "sterkste woord, polariteit −0,62"),
        ("man", "woord, −0,05"),
        ("Bakker", "beoordeeld: Bakker"),
        ("Jansen", "spreker: Jansen"),
    }


def test_a_faint_judgement_names_no_word_and_the_lexicon_may_be_silent(tables):
    """Without words the sentence is shown with the actor marked."""
    found = explain(tables, "example1:e00002.model", codebook=BOOK)
    assert found.reasons[2] == "who judges: own voice; no quote of somebody else holds the words"
    assert found.reasons[3].startswith("the reading model, a network")
    assert found.reasons[-2:] == (
        "polarity -0.10: too little to count as a judgement",
        "in the same sentence, the lexicon finds no word that judges",
    )
    assert [mark.text for mark in found.highlights] == ["Jansen"]


def test_a_judgement_of_the_lexicon_is_set_beside_the_models(tables):
    """The line of the lexicon stays as it was."""
    found = explain(tables, "example1:e00001.lexicon", codebook=BOOK)
    assert found.reasons == (
        "example1:e00001.lexicon: Bakker judged at -0.75 by Jansen; cues corrupte -0.75 (method lexicon)",
        "who is judged: 'Bakker' is Bakker (rule by_name)",
        "who judges: Jansen, in direct speech reported 'zei' (rule by_verb)",
        "in the same sentence, the reading model says -0.62 by Jansen, on corrupte -0.45, man -0.05",
    )


def test_an_average_is_told_with_its_method_and_never_mixes(tables):
    """The model's rows by default; the lexicon's when asked for."""
    mixed = explain(tables, "tone:actor_id=bakker", codebook=BOOK)
    assert mixed.reasons[0] == "tone -0.62: mean polarity of 1 evaluations in 1 articles (method model)"
    asked = explain(tables, "tone:actor_id=bakker,method=lexicon", codebook=BOOK)
    assert asked.reasons[0] == "tone -0.75: mean polarity of 1 evaluations in 1 articles (method lexicon)"
    assert [row_id for _, row_id in explain(tables, "share_negative:article_id=example1", codebook=BOOK).rows] == [
        "example1:e00001.model"
    ]


def test_cues_are_read_back():
    """A colon in a word is no border, and no cues are no words."""
    assert [tuple(cue) for cue in read_cues("12:30:-0.10|niet laf:+0.20")] == [("12:30", -0.1), ("niet laf", 0.2)]
    assert read_cues(None) == read_cues(pd.NA) == []
