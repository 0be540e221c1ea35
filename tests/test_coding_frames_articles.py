"""Frames of whole articles: a score, a verdict and the sentence that speaks most."""

import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import EMPTY, load_codebook
from analysis.coding.frames.articles import code_article_frames
from analysis.coding.frames.code import code_frames
from analysis.coding.frames.model import load_frame_model
from analysis.contracts.errors import UsageError
from analysis.reading import read_articles
from tests.test_coding_frames_methods import OWN

STRIKE = (
    "De bond verwijt de reder bedrog. De kapiteins staken sinds maandag. Het is mooi weer. De pont ligt aan de kade."
)
COURT = (
    "De politie hield de verdachte van de overval aan. De rechtbank legde hem zes jaar celstraf op. "
    "De officier van justitie had acht jaar geëist. Hij bekende de diefstal."
)
CARE = (
    "In het ziekenhuis liggen veertig patiënten met de ziekte. Artsen raden ouderen een vaccin aan. "
    "Het virus verspreidt zich snel. Een verpleegkundige raakte besmet."
)


def coded(make_articles, book, *texts, **options):
    """The table of articles, keyed."""
    table = code_article_frames(read_articles(make_articles(*texts), reading="rules"), book, **options)
    return table[table["is_counted"]].set_index(["article_id", "frame_id"])


@pytest.fixture(scope="module")
def policy():
    """The policy frames."""
    return load_codebook(paths.CODEBOOKS / "frames_policy.yaml")


def test_by_patterns_the_score_is_the_share_of_sentences(make_articles, seed_codebook):
    """Two of four sentences are about conflict; the one with more questions answered speaks most."""
    table = coded(make_articles, seed_codebook, STRIKE, method="patterns")
    row = table.loc[("a1", "conflict")]
    assert (row["score"], row["is_present"], row["n_yes"], row["n_sentences"]) == (0.5, True, 2, 4)
    assert row["sentence_id"] in {0, 1}
    absent = table.loc[("a1", "economic")]
    assert (absent["is_present"], absent["n_yes"]) == (False, 0)
    assert absent.isna()[["score", "sentence_id"]].all()


def test_a_text_of_one_sentence_is_as_strong_as_its_sentence(make_articles, seed_codebook):
    """Where no head knows whole articles, the strongest three are averaged, or as many as there are."""
    shipped = load_frame_model()
    n = len(shipped.of_sentences)
    model = type(shipped)(shipped.of_sentences, {name: block[:n] for name, block in shipped.blocks.items()})
    blame, calm = "De bond verwijt de reder bedrog.", "Het is mooi weer."
    table = coded(make_articles, seed_codebook, blame, f"{blame} {calm} {calm} {calm}", model=model)
    alone, among = (table.loc[(key, "conflict")] for key in ("a1", "a2"))
    assert (alone["n_yes"], among["n_yes"]) == (1, 1)
    assert alone["score"] == pytest.approx(3 * among["score"], rel=0.05)
    assert alone["is_present"]


def test_policy_frames_have_fourteen_dimensions_and_other(policy):
    """Of Boydstun et al. (2014)."""
    assert len(policy.frames) == 15
    assert list(policy.frames)[-1] == "other"


@pytest.mark.parametrize("method", ["patterns", "zero_shot"])
def test_policy_frames_tell_crime_from_care(make_articles, policy, method):
    """The strongest dimension of two articles that no example was written for."""
    scores = coded(make_articles, policy, COURT, CARE, method=method)["score"]
    assert scores["a1"].idxmax() == "law_order"
    assert scores["a2"].idxmax() == "health"


def test_the_model_listens_to_a_head_that_learnt_from_articles(make_articles):
    """With the narrative codebook it codes resolution, which no sentence head knows."""
    book = load_codebook(paths.CODEBOOKS / "frames_narrative.yaml")
    table = coded(make_articles, book, STRIKE, method="model")
    assert ("a1", "resolution") in table.index
    assert table.loc[("a1", "resolution"), "n_yes"] == 0
    assert ("a1", "responsibility") in table.index
    assert table["score"].dropna().between(0, 1).all()
    assert (table["score"].isna() == (table["n_yes"] == 0)).all()
    assert table.loc[("a1", "conflict"), "is_present"]


def test_what_does_not_go_together_is_refused(make_articles, policy):
    """An unknown method, a model for another method, a codebook that the model has not learnt."""
    with pytest.raises(UsageError, match="unknown method"):
        coded(make_articles, policy, STRIKE, method="magic")
    with pytest.raises(UsageError, match="goes with method 'model' or 'auto'"):
        coded(make_articles, policy, STRIKE, method="patterns", model=load_frame_model())
    own = load_codebook(paths.CODEBOOKS / "frames_policy.yaml")
    frames = {key: frame for key, frame in own.frames.items() if key == "capacity"}
    with pytest.raises(UsageError, match="fit_frames"):
        coded(make_articles, type(own)(name="own", frames=frames), STRIKE, method="model")


def test_without_frames_there_are_no_rows(make_articles):
    """Whatever the method."""
    for method in ("auto", "patterns", "model", "zero_shot"):
        assert coded(make_articles, EMPTY, STRIKE, method=method).empty


def test_a_frame_of_ones_own_is_carried_by_itself(make_articles, write_codebook):
    """From YAML alone, on an article not used to write it; by the best method there is, and each yes has its sentence."""
    own = load_codebook(write_codebook(OWN))
    table = coded(make_articles, own, "Vroeger groette iedereen elkaar. De markt is op maandag. Het regent.", STRIKE)
    row = table.loc[("a1", "nostalgia")]
    assert (row["method"], row["is_present"], row["n_yes"], row["sentence_id"]) == ("patterns", True, 1, 0)
    assert table.loc[("a2", "nostalgia"), "n_yes"] == 0
    assert table.loc[("a2", "nostalgia"), ["score"]].isna().all()


def test_what_is_at_hand_is_not_coded_again(make_articles, seed_codebook):
    """With the table of frames given, the same rows."""
    reading = read_articles(make_articles(STRIKE), reading="rules")
    frames = code_frames(reading, seed_codebook, beside=["patterns"])
    pd.testing.assert_frame_equal(
        code_article_frames(reading, seed_codebook, beside=["patterns"]),
        code_article_frames(reading, seed_codebook, beside=["patterns"], frames=frames),
    )
