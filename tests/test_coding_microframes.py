"""Micro-frames: sentences on axes of opposite meanings, actors against chance, numbers led back to sentences."""

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import EMPTY, Codebook, load_codebook
from analysis.coding.microframes.axes import find_directions, part_directions
from analysis.coding.microframes.code import code_microframes, hide_names, list_pulling_sentences, place_sentences
from analysis.contracts.errors import CodebookError, InputError, UsageError
from analysis.reading import read_articles
from analysis.validation.stored import read_results
from tests import gold_microframes as gold

SAVED = [
    "Anna sloot vrede met de buren.",
    "Anna bracht soep en een vriendelijk woord naar elk huis.",
    "Anna sprak zacht en gaf de kinderen bloemen.",
    "Anna stichtte vrede tussen de twee dorpen.",
]
FOUGHT = [
    "Bram sloeg met een ijzeren staaf op de ramen in.",
    "Bram stak het kamp van zijn vijanden in brand.",
    "Bram dreigde de wachters dood te schieten.",
    "Bram voerde de bende aan bij de bloedige overval.",
]
OWN = """
axes:
  - id: loud
    label: {nl: stil - luid, en: silent - loud}
    low: {nl: [stil, zwijgzaam, zegt geen woord], en: [silent, quiet, says nothing]}
    high: {nl: [luid, luidruchtig, schreeuwt het uit], en: [loud, noisy, shouts]}
"""


@lru_cache(maxsize=1)
def shipped() -> Codebook:
    """The axes that the project ships."""
    return load_codebook(paths.CODEBOOKS / "frames_axes.yaml")


def read(make_articles, texts):
    """Articles of one sentence, with the first word of each as the mention of an actor."""
    reading = read_articles(make_articles(*texts), reading="rules")
    rows = [
        (key, 0, text.split()[0], "name", 0, len(text.split()[0]))
        for key, text in zip(reading.articles["article_id"], texts, strict=True)
    ]
    return reading, pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "form", "start", "end"])


def coded(make_articles, texts=(*SAVED, *FOUGHT), codebook=None, seed=1, **options):
    """Micro-frames of texts."""
    reading, mentions = read(make_articles, texts)
    places = place_sentences(reading, mentions, codebook or shipped())
    return code_microframes(places, mentions, rng=np.random.default_rng(seed), **options)


def draw_corpus(rng, *, n_articles=24, n_sentences=10, n_actors=12, likeness=0.7, shift=0.0):
    """Places and mentions in which articles differ, neighbours are alike, and actors do not matter.

    Every actor is in six articles; `shift` moves the sentences of the first.
    """
    article_ids = [f"a{number:02}" for number in range(n_articles)]
    keys = [(key, number) for key in article_ids for number in range(n_sentences)]
    values = np.repeat(rng.normal(0, likeness, n_articles), n_sentences) + rng.normal(size=len(keys))
    rows = []
    for actor in range(n_actors):
        for article in rng.choice(n_articles, 6, replace=False):
            for sentence in rng.choice(n_sentences, rng.integers(1, 6), replace=False):
                rows.append((article_ids[article], int(sentence), f"actor{actor:02}"))
                if actor == 0:
                    values[article * n_sentences + sentence] += shift
    values = (values - values.mean()) / values.std()
    places = pd.DataFrame(keys, columns=["article_id", "sentence_id"]).assign(axis_id="x", place=values)
    return places, pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id"])


def test_who_makes_peace_and_who_fights_lie_on_either_side(make_articles):
    """The bias of each on peaceful has its sign, is not chance, and names a sentence of the actor."""
    table = coded(make_articles).set_index(["axis_id", "actor_id"])
    anna, bram = table.loc[("peaceful", "Anna")], table.loc[("peaceful", "Bram")]
    assert anna["bias"] > 0 > bram["bias"]
    assert anna["bias"] == pytest.approx(-bram["bias"])
    assert max(anna["bias_p"], bram["bias_p"]) < 0.05
    assert bram["article_id"] in {"a5", "a6", "a7", "a8"}
    assert (anna["n_sentences"], anna["n_articles"], anna["sentence_id"], anna["unit"]) == (4, 4, 0, "article")
    assert anna["ci_low"] <= anna["bias"] <= anna["ci_high"]


def test_a_name_moves_nothing(make_articles):
    """Renaming an actor renames rows, and no number changes by the last digit."""
    first = coded(make_articles)
    texts = [text.replace("Anna", "Jansen").replace("Bram", "Moordkamp") for text in (*SAVED, *FOUGHT)]
    again = coded(make_articles, texts)
    names = {"Anna": "Jansen", "Bram": "Moordkamp"}
    pd.testing.assert_frame_equal(first.assign(actor_id=first["actor_id"].map(names)).astype(again.dtypes), again)


def test_descriptions_stay_names_go(make_articles):
    """What an actor is called is framing; what it is named is not."""
    assert hide_names("De actievoerders van Het Tij", [(21, 28)], "nl") == "De actievoerders van iemand"
    assert hide_names("Mr Vance and Penn", [(0, 8), (13, 17)], "en") == "Someone and someone"
    assert hide_names("Anna.", [], "fr") == "Anna."
    reading, mentions = read(make_articles, ["Relschoppers liepen weg.", "Wandelaars liepen weg."])
    named = place_sentences(reading, mentions, shipped())
    described = place_sentences(reading, mentions.assign(form="nominal"), shipped())
    assert (named["place"].abs() < 1e-6).all()
    assert (described["place"].abs() > 0.1).any()


def test_places_have_a_middle_per_language_and_a_spread_of_one(make_articles):
    """Zero is the mean of each language, one a standard deviation."""
    texts = [*SAVED, *FOUGHT]
    reading, mentions = read(make_articles, texts)
    places = place_sentences(reading, mentions, shipped())
    by_axis = places.groupby("axis_id")["place"]
    assert np.allclose(by_axis.mean(), 0)
    assert np.allclose(by_axis.std(ddof=0), 1)
    assert len(places) == len(texts) * len(shipped().axes)
    dutch, english = ["Anna won.", "Bram verloor alles."], ["Cora won.", "Dirk lost everything."]
    articles = make_articles(*dutch, *english).assign(language=["nl", "nl", "en", "en"])
    reading = read_articles(articles, reading="rules")
    _, mentions = read(make_articles, [*dutch, *english])
    places = place_sentences(reading, mentions, shipped()).merge(articles[["article_id", "language"]])
    assert np.allclose(places.groupby(["axis_id", "language"])["place"].mean(), 0)


def test_a_correction_never_makes_a_finding_surer(make_articles):
    """Benjamini and Hochberg's values are at least the plain ones, and both are shares."""
    table = coded(make_articles, n_draws=200)
    for name in ("bias", "intensity"):
        plain, corrected = table[f"{name}_p"], table[f"{name}_q"]
        assert (corrected >= plain - 1e-12).all()
        assert plain.between(1 / 201, 1).all()
    assert (table["intensity"] >= 0).all()


def test_the_same_generator_gives_the_same_numbers(make_articles):
    """And an actor below the least number of sentences gets no row."""
    first = coded(make_articles, n_draws=50)
    pd.testing.assert_frame_equal(first, coded(make_articles, n_draws=50))
    assert set(coded(make_articles, texts=(*SAVED, *FOUGHT[:2]), n_draws=5)["actor_id"]) == {"Anna"}
    assert coded(make_articles, n_draws=5, least=9).empty


def test_chance_is_found_as_often_as_it_should_be():
    """Where actors do not matter, a twentieth of the p-values lies below a twentieth, though articles differ."""
    rng = np.random.default_rng(20210101)
    found = [code_microframes(*draw_corpus(rng), rng=rng, n_draws=99) for _ in range(60)]
    table = pd.concat(found)
    assert len(table) == 720
    for name in ("bias_p", "intensity_p"):
        assert 0.02 < (table[name] <= 0.05).mean() < 0.075
        assert 0.4 < table[name].mean() < 0.6


def test_sentences_dealt_out_one_by_one_would_find_too_much():
    """The same corpora with every sentence its own article: why articles are kept whole."""
    rng = np.random.default_rng(20210101)
    shares = []
    for _ in range(20):
        places, mentions = draw_corpus(rng)
        keys = [table["article_id"] + "_" + table["sentence_id"].astype(str) for table in (places, mentions)]
        alone = (places.assign(article_id=keys[0]), mentions.assign(article_id=keys[1]))
        shares.append((code_microframes(*alone, rng=rng, n_draws=99)["bias_p"] <= 0.05).mean())
    assert np.mean(shares) > 0.1


def test_a_planted_shift_is_found():
    """One actor's sentences moved by one and a half standard deviations: found in nearly all corpora, others rarely."""
    rng = np.random.default_rng(7)
    found = [code_microframes(*draw_corpus(rng, shift=1.5), rng=rng, n_draws=199) for _ in range(20)]
    first = pd.concat([table[table["actor_id"] == "actor00"] for table in found])
    others = pd.concat([table[table["actor_id"] != "actor00"] for table in found])
    assert (first["bias_p"] <= 0.05).mean() >= 0.9
    assert (first["bias"] > 0.3).all()
    assert (first["ci_low"] > 0).mean() >= 0.9
    assert (others["bias_p"] <= 0.05).mean() < 0.12


def test_one_article_is_permuted_by_sentence_and_says_so():
    """As with estimates: the numbers are then about that article."""
    places, mentions = draw_corpus(np.random.default_rng(3), n_articles=24)
    one = places.assign(sentence_id=range(len(places)), article_id="a")
    own = mentions.assign(sentence_id=mentions["article_id"].str[1:].astype(int) * 10 + mentions["sentence_id"])
    table = code_microframes(one, own.assign(article_id="a"), rng=np.random.default_rng(1), n_draws=20)
    assert set(table["unit"]) == {"sentence"}
    assert set(table["n_articles"]) == {1}
    assert table["ci_low"].notna().all()


def test_an_actor_in_two_articles_has_no_interval():
    """A bootstrap of two only gives the two back."""
    places, mentions = draw_corpus(np.random.default_rng(3))
    two = mentions[mentions["article_id"].isin(mentions["article_id"].unique()[:2])]
    table = code_microframes(places, two, rng=np.random.default_rng(1), n_draws=20)
    assert table["ci_low"].isna().all()
    assert table["bias"].notna().all()


def test_every_number_leads_back_to_sentences(make_articles):
    """Farthest first, to the pole they are said to pull to, and never those of another actor."""
    reading, mentions = read(make_articles, [*SAVED, *FOUGHT])
    places = place_sentences(reading, mentions, shipped())
    found = list_pulling_sentences(places, mentions, reading.sentences, actor_id="Bram", axis_id="peaceful", n=2)
    assert set(found["sentence"]) <= set(FOUGHT)
    low = found[found["pole"] == "low"]["place"]
    assert len(low) == 2
    assert low.is_monotonic_increasing
    assert (low < 0).all()
    table = code_microframes(places, mentions, rng=np.random.default_rng(1), n_draws=5)
    bram = table[(table["actor_id"] == "Bram") & (table["axis_id"] == "peaceful")].iloc[0]
    assert found.iloc[0]["article_id"] == bram["article_id"]
    everything = list_pulling_sentences(places, mentions, reading.sentences, actor_id="Bram", axis_id="peaceful", n=9)
    assert everything["place"].mean() == pytest.approx(bram["bias"])
    with pytest.raises(UsageError, match="'Cora' has no sentence on the axis 'peaceful'"):
        list_pulling_sentences(places, mentions, reading.sentences, actor_id="Cora", axis_id="peaceful")


def test_directions_point_from_low_to_high_and_hardly_at_each_other():
    """Unit length; each near its own difference of poles; pairs nearly at right angles."""
    axes = list(shipped().axes.values())
    directions = find_directions(axes)
    alone = np.array([find_directions([axis])[0] for axis in axes])
    assert np.allclose(np.linalg.norm(directions, axis=1), 1)
    assert ((directions * alone).sum(axis=1) > 0.6).all()
    pairs = np.triu_indices(len(axes), 1)
    assert (alone @ alone.T)[pairs].mean() > 0.5
    assert abs((directions @ directions.T)[pairs]).mean() < 0.3
    assert np.allclose(part_directions(alone[:1]), alone[:1])


def test_an_axis_of_ones_own_parts_texts(make_articles, write_codebook):
    """From YAML alone, words and phrases."""
    texts = [
        "Anna fluisterde en hield daarna haar mond.", "Anna sloop op kousenvoeten weg.", "Anna gaf geen kik.",
        "Bram brulde door een megafoon.", "Bram sloeg met deksels op pannen.", "Bram gilde en toeterde.",
    ]  # fmt: skip
    table = coded(make_articles, texts, load_codebook(write_codebook(OWN)), n_draws=5).set_index("actor_id")
    assert table.loc["Bram", "bias"] > 0 > table.loc["Anna", "bias"]
    assert set(table["axis_id"]) == {"loud"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("en: [silent, quiet, says nothing]", "", r"line 3, axes\[loud\]: low and high must list words in the same"),
        ("low: {nl: [stil, zwijgzaam, zegt geen woord], en: [silent, quiet, says nothing]}", "",
         r"line 3, axes\[loud\]\.low: must list words per language"),
        ("[stil, zwijgzaam, zegt geen woord]", "[]", r"line 5, axes\[loud\]\.low\.nl: must list at least one word"),
        ("[luid, luidruchtig,", "[luid, stil,", r"line 6, axes\[loud\]\.high\.nl: 'stil' is in both poles"),
        ("luidruchtig", "{}", r"codebook\.yaml, line 6, axes\[loud\]\.high\.nl: must be a list of texts"),
        ("high", "hihg", r"codebook\.yaml, line 6, axes\[loud\]\.hihg: unknown key 'hihg'; did you mean 'high'\?"),
    ],
)  # fmt: skip
def test_a_mistake_in_an_axis_is_named_by_file_line_and_key(write_codebook, old, new, message):
    """Every axis is checked when the codebook is read."""
    assert old in OWN
    with pytest.raises(CodebookError, match=message):
        load_codebook(write_codebook(OWN.strip("\n").replace("axes:", "name: x\naxes:").replace(old, new)))


def test_what_cannot_be_computed_is_said(make_articles, write_codebook):
    """No axes, an impossible count, part of the places, poles that are the same to the model."""
    reading, mentions = read(make_articles, SAVED)
    with pytest.raises(UsageError, match="has no axes"):
        place_sentences(reading, mentions, EMPTY)
    with pytest.raises(UsageError, match="must be at least 1"):
        coded(make_articles, n_draws=0)
    with pytest.raises(UsageError, match="between 0 and 1"):
        coded(make_articles, level=95)
    places = place_sentences(reading, mentions, shipped())
    with pytest.raises(InputError, match="lacks a sentence on some axis"):
        code_microframes(places.iloc[1:], mentions, rng=np.random.default_rng(1))
    same = OWN.replace("[luid, luidruchtig, schreeuwt het uit]", "[zegt geen woord, zwijgzaam]")
    with pytest.raises(CodebookError, match="is in both poles"):
        load_codebook(write_codebook(same))


def test_no_mentions_no_rows(make_articles):
    """Empty tables with their columns."""
    reading = read_articles(make_articles("Het regent."), reading="rules")
    empty = pd.DataFrame(columns=["article_id", "sentence_id", "actor_id", "form", "start", "end"])
    places = place_sentences(reading, empty, shipped())
    table = code_microframes(places, empty, rng=np.random.default_rng(1))
    assert places.empty
    assert table.empty
    assert {"actor_id", "axis_id", "bias"} <= set(table.columns)


def test_the_gold_texts_keep_their_rules():
    """Twelve texts at the poles of an axis and four at none, halves alike, no word of the poles in them."""
    texts = gold.read_gold(shipped())
    assert len(texts) == 16 * len(shipped().axes)
    assert sum(text.is_held_out for text in texts) == len(texts) / 2
    for text in texts:
        axis = shipped().axes[text.axis]
        words = {word for pole in (axis.low, axis.high) for found in pole.values() for word in found}
        said = set(gold.find_words(text.text))
        assert not {word for word in words if {word, f"{word}e"} & said}, text.text


def test_held_out_texts_lie_where_a_reader_puts_them():
    """Floors below what docs/frames.md reports for the half that nothing was chosen on."""
    texts, axes = gold.read_gold(shipped()), list(shipped().axes)
    scores = gold.score_places(gold.place_gold(texts, shipped()), texts, axes, held_out=True)
    assert scores["accuracy"] > 0.66
    assert scores["auc"] > 0.75
    assert scores["own_axis"] > 3 / (2 * len(axes))
    assert scores["neutral"] > 0.65
    assert scores["correlation"] < 0.4


def test_stored_scores_of_axes_are_those_of_the_coder():
    """What notebook 10 says of each axis; a new reading model or word of a pole makes it old."""
    stored = read_results("microframes")
    measured = gold.measure_axes(shipped())
    pd.testing.assert_frame_equal(stored[list(measured.columns)], measured, check_dtype=False, atol=1e-3)
    assert set(stored["command"]) == {gold.COMMAND}


def test_within_articles_an_event_does_not_count():
    """Two articles far apart, each with a mild and a harsh actor: only the second way tells the actors apart."""
    rows = [("peace", 0, "Anna", 3.0), ("peace", 1, "Bram", 1.0), ("war", 0, "Cora", -1.0), ("war", 1, "Dirk", -3.0)]
    table = pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "place"]).assign(axis_id="x")
    options = {"rng": np.random.default_rng(1), "least": 1, "n_draws": 9}
    over_all = code_microframes(table, table, **options)["bias"].tolist()
    within = code_microframes(table, table, within_articles=True, **options)["bias"].tolist()
    assert over_all == [3, 1, -1, -3]
    assert within == [1, -1, 1, -1]
