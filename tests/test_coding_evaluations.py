"""Evaluations: relations that must hold, literal rows, and who is credited with a judgement."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.evaluations.code import code_evaluations, find_cues
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import UsageError
from analysis.reading import read_articles

BOOK = Codebook(
    name="test",
    actors={
        name.lower(): Actor(name.lower(), {"nl": name}, "person", wording={
            "nl": Wording(names=(name,)), "en": Wording(names=(name,)),
        })
        for name in ("Jansen", "Bakker", "Yilmaz")
    },
)  # fmt: skip


def judge(articles: pd.DataFrame, *, method="lexicon", **options) -> list[tuple]:
    """Source, target and rounded polarity of each evaluation."""
    reading = read_articles(articles, reading="rules")
    mentions = find_all_mentions(reading, BOOK)
    table = code_evaluations(reading, mentions, find_quotes(reading, mentions), method=method, **options)
    return [(row.source_id, row.target_id, round(row.polarity, 2)) for row in table.itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jansen loog over de cijfers.", [("author", "jansen", -0.75)]),
        ("Jansen prees Bakker.", [("author", "bakker", 0.75)]),
        ("Bakker werd door Jansen geprezen.", [("author", "bakker", 0.75)]),
        ("Jansen zweeg en Bakker vertrok.", []),
        ("‘Bakker is corrupt’, zei Jansen.", [("jansen", "bakker", -0.75)]),
        ("Jansen noemde Bakker ‘corrupt’.", [("jansen", "bakker", -0.75)]),
        ("‘Hij is corrupt’, zei Jansen tegen Bakker.", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_dutch_sentence_gives_these_rows(make_articles, text, expected):
    """Who judges whom, how strongly, and silence where there is nothing."""
    assert judge(make_articles(text)) == expected


def test_an_english_sentence_is_judged_alike(make_articles):
    """The same verb, the same patient, in the other language."""
    found = judge(make_articles("Jansen praised Bakker.", language="en"))
    assert [(source, target, polarity > 0) for source, target, polarity in found] == [("author", "bakker", True)]


def test_negation_flips_and_weakens(make_articles):
    """`loog niet` is on the other side of zero, and nearer to it."""
    plain = judge(make_articles("Jansen loog over de cijfers."))[0][2]
    negated = judge(make_articles("Jansen loog niet over de cijfers."))[0][2]
    assert plain < 0 < negated
    assert negated < -plain


def test_a_hedge_keeps_the_side_and_weakens(make_articles):
    """`zou hebben gelogen` is negative, less so, and marked."""
    reading = read_articles(make_articles("Jansen zou hebben gelogen over de cijfers."), reading="rules")
    mentions = find_all_mentions(reading, BOOK)
    row = code_evaluations(reading, mentions, find_quotes(reading, mentions), method="lexicon").iloc[0]
    assert row["hedged"]
    assert -0.75 < row["polarity"] < 0


def test_an_intensifier_strengthens(make_articles):
    """`zeer corrupte` is worse than a plain word of the same strength would be, or as bad as can be."""
    plain = judge(make_articles("De onbetrouwbare Jansen vertrok."))[0][2]
    strong = judge(make_articles("De zeer onbetrouwbare Jansen vertrok."))[0][2]
    assert strong < plain < 0


def test_a_sentence_scores_the_same_wherever_it_stands(make_articles):
    """First, last or in the middle of a text: the same judgement."""
    sentence = "Jansen bedroog de kiezers."
    filler = "Het regende in Zwolle. De markt was open."
    polarities = {
        judge(make_articles(text))[0]
        for text in (sentence, f"{sentence} {filler}", f"{filler} {sentence}", f"{filler}\n\n{sentence} {filler}")
    }
    assert len(polarities) == 1


def test_renaming_an_actor_renames_rows_only(make_articles):
    """A name carries no tone."""
    text = "{0} bedroog de kiezers, maar {1} hielp hen."
    first = judge(make_articles(text.format("Jansen", "Bakker")))
    second = judge(make_articles(text.format("Yilmaz", "Jansen")))
    swap = {"jansen": "yilmaz", "bakker": "jansen"}
    assert [(s, swap[t], p) for s, t, p in first] == second


def test_words_in_a_direct_quote_never_judge_an_actor_outside_it(make_articles):
    """The speaker is not tainted by what is said, also where no comma parts them."""
    assert judge(make_articles("‘Wat een schande, wat een corrupte bende’, zei Jansen.")) == []
    assert judge(make_articles("‘Wat een corrupte bende’ riep Jansen.")) == []


def test_two_voices_in_one_sentence_are_two_rows(make_articles):
    """What the outlet says of somebody and what a source says of them are never averaged."""
    assert sorted(judge(make_articles("Jansen noemde de corrupte Bakker ‘een held’."))) == [
        ("author", "bakker", -0.75),
        ("jansen", "bakker", 1.0),
    ]


def test_what_the_outlet_says_of_a_quoted_name_stays_the_outlets(make_articles):
    """Quotation marks round a name do not make the words outside them the speaker's."""
    found = judge(make_articles("Jansen noemt de corrupte ‘Bakker’ een vriend."))
    assert {source for source, target, polarity in found if target == "bakker" and polarity < 0} == {"author"}


def test_a_negation_counts_by_its_own_weight_and_hedges_do_not_stack(make_articles):
    """`nauwelijks` leaves half of what `niet` leaves; two hedges weaken like one."""
    plain, hardly = (
        judge(make_articles(f"Jansen loog {word} over de cijfers."))[0][2] for word in ("niet", "nauwelijks")
    )
    assert hardly == pytest.approx(plain / 2, abs=0.011)
    one, two = (
        judge(make_articles(f"Jansen loog {words} over de cijfers."))[0][2]
        for words in ("mogelijk", "mogelijk wellicht")
    )
    assert one == two


def test_a_denial_bears_on_what_is_denied_and_not_on_the_next_verb(make_articles):
    """Denying one thing and praising another leaves the praise."""
    found = judge(make_articles("Jansen denied the claims and praised Bakker.", language="en"))
    assert [(target, polarity) for _, target, polarity in found] == [("bakker", 0.75)]


def test_a_speaker_nobody_names_is_unnamed(make_articles):
    """A judgement in a quote without a speaker is not the outlet's."""
    found = judge(make_articles("‘Bakker is een leugenaar en een oplichter.’"))
    assert [(source, target) for source, target, _ in found] == [("unnamed", "bakker")]


def test_the_cues_are_in_the_text(make_articles):
    """Offsets point at the strongest cue, and the list names every cue with its polarity."""
    articles = make_articles("Jansen bedroog de kiezers en loog.")
    reading = read_articles(articles, reading="rules")
    mentions = find_all_mentions(reading, BOOK)
    row = code_evaluations(reading, mentions, find_quotes(reading, mentions), method="lexicon").iloc[0]
    assert articles["text"][0][row["cue_start"] : row["cue_end"]] in {"bedroog", "loog"}
    assert [cue.split(":")[0] for cue in row["cues"].split("|")] == ["bedroog", "loog"]


def test_captions_are_judged_only_when_asked(make_articles):
    """A caption is not the article's own text."""
    articles = make_articles(
        "De corrupte Jansen verlaat het stadhuis. Beeld ANP\n\nHet regende in Zwolle. De markt was open."
    )
    assert judge(articles) == []
    assert [row[:2] for row in judge(articles, captions=True)] == [("author", "jansen")]


def test_vader_is_an_english_baseline_that_knows_no_target(make_articles):
    """Every actor of the sentence gets the sentence's score; Dutch gets nothing."""
    found = judge(make_articles("Jansen is a wonderful friend of Bakker.", language="en"), method="vader")
    assert [target for _, target, _ in found] == ["jansen", "bakker"]
    assert len({polarity for _, _, polarity in found}) == 1
    assert judge(make_articles("Jansen prees Bakker."), method="vader") == []


def test_an_unknown_method_is_named(make_articles):
    """The message lists the methods there are."""
    with pytest.raises(UsageError, match="use one of model, lexicon, vader"):
        judge(make_articles("Jansen prees Bakker."), method="magic")


def test_coding_apart_and_together_gives_the_same_rows(make_articles):
    """f(concat(parts)) == concat(f(parts))."""
    texts = ["Jansen prees Bakker.", "Het regende.", "‘Bakker liegt’, zei Jansen."]
    together = judge(make_articles(*texts))
    apart = [row for text in texts for row in judge(make_articles(text))]
    assert together == apart


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Jansen", "loog", "niet", "zeer", "‘", "’", ",", "prees", "Bakker", "zou", "."]), max_size=14
    )
)
def test_any_row_of_words_gives_bounded_polarities(words):
    """Whatever stands there, nothing breaks and polarity stays between -1 and 1."""
    import spacy

    doc = spacy.blank("nl")(" ".join(words) or "x")
    assert all(-1 <= cue.polarity <= 1 for _, cue in find_cues(doc, 0, len(doc), "nl"))
