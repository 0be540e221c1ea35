"""Three methods of frames: one table, whatever says yes; a frame of one's own from YAML alone."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.codebook.load import load_codebook
from analysis.coding.frames.code import code_frames
from analysis.coding.frames.features import N_HASHED, hash_text, weigh_spans
from analysis.coding.frames.methods import check_frame_methods, choose_methods, list_methods, select_frames
from analysis.coding.frames.model import FrameModel, load_frame_model, summarise_heads
from analysis.contracts.errors import InputError, UsageError
from analysis.reading import read_articles
from analysis.training.frames.fitting import choose_threshold, fit_frames, score_answers

OWN = """
name: Own frames
frames:
  - id: nostalgia
    label: {nl: heimwee, en: nostalgia}
    definition: The past is shown as better than the present.
    source: The test.
    indicators:
      - id: better_past
        question: Does the sentence say that things were better in the past?
        patterns:
          nl: [vroeger, "goede oude tijd", "van weleer", "was alles beter"]
        examples:
          nl:
            - Vroeger stond de achterdeur altijd open en kende iedereen elkaar.
            - In die goede oude tijd speelden kinderen nog op straat.
            - Het dorp van weleer, met zijn bakker en smid, is er niet meer.
            - Vroeger was het brood lekkerder en de winter witter.
            - Met weemoed denkt hij terug aan de kermis van vroeger.
            - Toen was alles beter, zegt de oude visser aan de haven van vroeger.
            - Mijn grootmoeder zong vroeger bij de was, dat hoor je nu nergens meer.
            - Van de gezelligheid van weleer is in de wijk weinig over.
            - Vroeger hadden de mensen tijd voor elkaar.
            - In de goede oude tijd kwam de melkboer nog aan huis.
            - Wat rest van de glorie van weleer is een roestige kraan.
            - Vroeger was een handdruk genoeg, nu heb je tien formulieren nodig.
"""
LETTERS = [6, 1158, 1476, 1844, 1954, 2491, 3316, 3588, 3774, 5448, 5742, 7080]
"""Places of the letters of "De raad"."""
LONGING = [
    "Vroeger groette iedereen elkaar in deze straat.",
    "De oude mannen verlangen naar de tijd dat de fabriek nog draaide en het dorp leefde.",
    "Wat mist zij de avonden van toen, met de hele buurt op de stoep.",
]
OTHER = [
    "De gemeenteraad stemt donderdag over het nieuwe fietspad.",
    "Bij de botsing op de A28 raakten twee mensen gewond.",
    "De bank verwacht dat de rente in het najaar daalt.",
]


def coded_sample():
    """Forty sentences, half of them about a better past, in plain words that vary."""
    things = ["de winkel", "het plein", "de school", "de haven", "de trein", "het feest", "de kerk", "de markt",
              "het bos", "de kroeg", "de krant", "de straat"]  # fmt: skip
    yes = [f"Vroeger was {thing} mooier en gezelliger dan nu." for thing in things]
    no = [f"Morgen gaat {thing} om negen uur open voor bezoekers." for thing in things]
    return pd.DataFrame({"text": yes + no, "language": "nl", "better_past": [1] * len(yes) + [0] * len(no)})


@pytest.fixture
def own(write_codebook):
    """The codebook of one frame of one's own."""
    return load_codebook(write_codebook(OWN))


def found(articles, codebook, **options):
    """Articles with a row, and the table."""
    table = code_frames(read_articles(articles, reading="rules"), codebook, **options)
    return set(table["article_id"]), table


def test_a_frame_of_ones_own_works_from_yaml_by_patterns(make_articles, own):
    """A sentence that was not used to write it, with one of its words."""
    assert found(make_articles(*LONGING, *OTHER), own)[0] == {"a1"}


def test_a_frame_of_ones_own_works_from_yaml_by_nearness(make_articles, own):
    """Sentences that share no word with a pattern lie nearer to the examples than others do."""
    yes, table = found(make_articles(*LONGING, *OTHER), own, method="zero_shot")
    assert "a1" in yes
    assert len(yes & {"a1", "a2", "a3"}) >= 2
    assert not yes & {"a4", "a5", "a6"}
    assert set(table["method"]) == {"zero_shot"}
    assert table["score"].between(0.5, 1).all()


def test_a_frame_of_ones_own_is_learnt_from_a_coded_sample(make_articles, own):
    """After `fit_frames` the model codes it; the agreement reported is on sentences left out."""
    fitted = fit_frames(coded_sample(), own)
    row = fitted.agreement.iloc[0]
    assert (row["frame_id"], row["indicator"], row["n"], row["n_yes"]) == ("nostalgia", "better_past", 24, 12)
    assert row["alpha"] > 0.8
    assert len(fitted.predictions) == 24
    yes, table = found(make_articles(LONGING[0], *OTHER), own, method="model", model=fitted.model)
    assert yes == {"a1"}
    assert table["score"].between(0, 1).all()


def test_the_shipped_model_does_not_know_a_frame_of_ones_own(make_articles, own):
    """And says what to do."""
    with pytest.raises(UsageError, match="teach it with fit_frames"):
        found(make_articles(*OTHER), own, method="model")


def test_nearness_needs_examples(make_articles, write_codebook):
    """A codebook without any is refused with the key that is missing."""
    bare = load_codebook(write_codebook(OWN[: OWN.index("        examples:")]))
    with pytest.raises(UsageError, match="key 'examples'"):
        found(make_articles("Iets."), bare, method="zero_shot")


def test_a_model_goes_with_its_method(make_articles, own):
    """A model given to another method would silently not be used."""
    with pytest.raises(UsageError, match="goes with method 'model' or 'auto'"):
        found(make_articles("Iets."), own, method="patterns", model=load_frame_model())


@pytest.mark.parametrize("method", ["model", "zero_shot"])
def test_a_sentence_scores_the_same_in_any_company(make_articles, seed_codebook, method):
    """Order and neighbours change no number, and evidence lies within its sentence."""
    texts = ["De vakbond verwijt de directie dat zij liegt.", "Het regent.", "Rebellen bestormden het paleis."]
    alone = [found(make_articles(text), seed_codebook, method=method)[1] for text in texts]
    together = found(make_articles(*texts), seed_codebook, method=method)[1]
    columns = ["frame_id", "indicator", "score", "evidence_start", "evidence_end"]
    for number, table in enumerate(alone, start=1):
        same = together.loc[together["article_id"] == f"a{number}", columns].reset_index(drop=True)
        pd.testing.assert_frame_equal(table[columns], same, check_exact=True)
        assert (table["evidence_end"] <= len(texts[number - 1])).all()
        assert (table["evidence_start"] < table["evidence_end"]).all()


def test_the_shipped_model_knows_a_reproach_from_the_weather(make_articles, seed_codebook):
    """The generic frames are answered out of the box, without any pattern in the sentence."""
    texts = make_articles("Volgens de wethouder heeft de aannemer zijn beloften nooit serieus genomen en iedereen misleid.",
                          "In het noorden is het morgen bewolkt.")  # fmt: skip
    _, table = found(texts, seed_codebook, method="model")
    assert set(table.loc[table["indicator"] == "reproach", "article_id"]) == {"a1"}
    assert "conflict" in set(table["frame_id"])


def test_letters_are_hashed_the_same_everywhere():
    """Literal places: a change of the hash would make every stored coefficient wrong."""
    places, values = hash_text(["De raad."])
    assert places.tolist() == LETTERS
    assert np.isclose((values**2).sum(), 1)
    assert [len(part) for part in hash_text([])] == [0, 0]


def test_words_are_weighed_by_their_letters():
    """A word whose letters have no weight weighs nothing."""
    weights = np.zeros(N_HASHED)
    weights[hash_text(["ruzie"])[0]] = 1.0
    spans = weigh_spans("Een ruzie.", np.abs(weights))
    assert [text for text in spans if text[:2] == (4, 9)]
    assert weigh_spans("...", weights) == []


def test_a_model_survives_its_file(tmp_path, own):
    """What is written is what is read."""
    model = fit_frames(coded_sample(), own).model
    model.save(tmp_path / "own.npz")
    again = load_frame_model(tmp_path / "own.npz")
    assert again.heads == model.heads
    assert all(np.array_equal(again.blocks[name], model.blocks[name]) for name in model.blocks)
    assert isinstance(again, FrameModel)


def test_a_file_that_is_no_model_is_named(tmp_path):
    """Damaged, or missing."""
    (tmp_path / "bad.npz").write_bytes(b"nothing")
    for name in ("bad.npz", "none.npz"):
        with pytest.raises(InputError, match=f"frame model {name}"):
            load_frame_model(tmp_path / name)


def test_fitting_is_deterministic(own):
    """The same sample and seed, the same model and figures."""
    first, second = (fit_frames(coded_sample(), own) for _ in range(2))
    pd.testing.assert_frame_equal(first.predictions, second.predictions)
    assert np.array_equal(first.model.blocks["letters"], second.model.blocks["letters"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"better_past": [2] * 24}, "'2' must be 0 or 1"),
        ({"better_past": [1, 0] + [0] * 22}, "1 yes of 24"),
        ({"text": ["..."] * 24}, "has no words"),
    ],
)
def test_a_sample_that_cannot_be_learnt_from_is_refused(own, change, message):
    """The message names column, question or row."""
    with pytest.raises(UsageError, match=message):
        fit_frames(coded_sample().assign(**change), own)


def test_a_sample_without_questions_is_refused(own):
    """As is an unknown unit."""
    with pytest.raises(UsageError, match="no column names a frame"):
        fit_frames(coded_sample()[["text"]], own)
    with pytest.raises(UsageError, match="use sentence or article"):
        fit_frames(coded_sample(), own, unit="word")


def test_figures_are_those_computed_by_hand():
    """Precision, recall, alpha; the error of calibration; a threshold between the two heaps."""
    gold, said = np.array([1, 1, 0, 0]), np.array([0.9, 0.8, 0.2, 0.1])
    scores = score_answers(gold, said, said > 0.5)
    assert (scores["f1"], scores["average_precision"], scores["alpha"]) == (1.0, 1.0, 1.0)
    assert scores["calibration_error"] == pytest.approx(0.15)
    assert 0.2 < choose_threshold(np.repeat(said, 20), np.repeat(gold, 20)) <= 0.8


def test_an_article_is_summed_up_by_mean_and_strongest():
    """Log odds cancel out; the strongest three are averaged."""
    probabilities = np.array([[0.9], [0.1], [0.9], [0.1]])
    mean, strongest = summarise_heads(probabilities)
    assert mean == pytest.approx(0)
    assert strongest == pytest.approx((0.9 + 0.9 + 0.1) / 3)


def test_the_best_method_answers_each_question(make_articles, seed_codebook, own):
    """The model what it has learnt; else patterns in the article's language; else nearness to the examples."""
    model = load_frame_model()
    assert set(choose_methods(seed_codebook, "nl", model).values()) == {"model"}
    assert choose_methods(own, "nl", model) == {("nostalgia", "better_past"): "patterns"}
    assert choose_methods(own, "en", model) == {("nostalgia", "better_past"): "zero_shot"}
    assert choose_methods(own, "nl", fit_frames(coded_sample(), own).model) == {("nostalgia", "better_past"): "model"}
    assert found(make_articles(*LONGING, *OTHER), own, method="auto")[0] == {"a1"}


def test_of_a_frame_learnt_as_a_whole_only_the_model_is_asked(own):
    """Patterns must not overrule a head that has learnt from people."""
    whole = coded_sample().rename(columns={"better_past": "nostalgia"})
    model = fit_frames(whole, own).model
    assert choose_methods(own, "nl", model) == {("nostalgia", "nostalgia"): "model"}


def test_what_stands_beside_does_not_count(make_articles, seed_codebook):
    """Both methods have rows; one counts, and a question is never answered twice by those that count."""
    articles = make_articles("De vakbond verwijt de directie dat zij liegt.", "Rebellen bestormden het paleis.")
    table = found(articles, seed_codebook, beside=["patterns", "zero_shot"])[1]
    assert list_methods(table) == ["model", "patterns", "zero_shot"]
    counted = select_frames(table)
    assert set(counted["method"]) == {"model"}
    assert not counted.duplicated(["article_id", "sentence_id", "frame_id", "indicator"]).any()
    pd.testing.assert_frame_equal(
        counted.reset_index(drop=True), found(articles, seed_codebook, method="model")[1], check_exact=True
    )
    assert len(select_frames(table, "patterns")) == len(found(articles, seed_codebook, method="patterns")[1])


def test_a_frame_model_of_other_vectors_is_not_asked(make_articles, seed_codebook, monkeypatch):
    """With another reading model auto falls back to patterns, and `model` says why it cannot."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(Path(__file__).parent / "gold" / "tiny-model.npz"))
    articles = make_articles("De vakbond verwijt de directie dat zij liegt.")
    assert set(found(articles, seed_codebook)[1]["method"]) == {"patterns"}
    with pytest.raises(UsageError, match="another reading model"):
        found(articles, seed_codebook, method="model")


@pytest.mark.parametrize(
    ("methods", "message"),
    [
        ("auto", "is one text"),
        ([], "name each method once"),
        (["model", "model"], "name each method once"),
        (["model", "auto"], "can only be first"),
        (["magic"], "use one of auto"),
    ],
)
def test_methods_that_do_not_go_together_are_refused(methods, message):
    """The message says what to do."""
    with pytest.raises(UsageError, match=message):
        check_frame_methods(methods)
