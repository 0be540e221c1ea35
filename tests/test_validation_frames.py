"""Task frames: the model by cross-validation and by transfer, beside the other methods."""

import pytest

from analysis import paths
from analysis.codebook.load import load_codebook
from analysis.contracts.errors import UsageError
from analysis.validation.frames import score_frames

ANGRY = ["De bond verwijt de {} bedrog.", "De {} en de buurt staan lijnrecht tegenover elkaar.", "Ruzie over de {}."]
CALM = ["De {} opent maandag.", "In de {} hangt een nieuwe klok.", "Bij de {} is het morgen bewolkt."]
THINGS = ["haven", "school", "sporthal", "markt"]


@pytest.fixture(scope="module")
def generic():
    """The generic frames."""
    return load_codebook(paths.CODEBOOKS / "frames_generic.yaml")


def rows(prefix="x", n_things=4):
    """Gold of the conflict frame, half of it yes."""
    texts = [(line.format(thing), yes) for thing in THINGS[:n_things] for yes in (1, 0) for line in (CALM, ANGRY)[yes]]
    return [
        {
            "id": f"{prefix}{n}",
            "article_id": f"line{n:06d}",
            "language": "nl",
            "text": text,
            "frames": {"conflict": yes},
        }
        for n, (text, yes) in enumerate(texts, start=1)
    ]


def test_the_model_is_scored_with_and_without_having_learnt_from_gold(generic):
    """Every method on the same rows; the cross-validated model says so, and is well above chance on plain sentences."""
    results = score_frames(rows(), codebook=generic, method="model", seed=1, n_draws=20)
    by_label = {result.method: result for result in results}
    assert list(by_label) == ["model", "model_transfer", "zero_shot", "patterns", "majority", "always"]
    assert {result.n for result in results} == {24}
    first = by_label["model"]
    assert "cross-validated" in first.notes["cross_validated"][0]
    assert first.per_class.loc["conflict", "f1"] > 0.8
    assert 0 <= first.per_class.loc["conflict", "calibration_error"] <= 1
    assert "calibration_error" not in by_label["patterns"].per_class
    assert by_label["always"].per_class.loc["conflict", "f1"] == pytest.approx(2 / 3)
    assert "alpha_of_coders" not in first.notes


def test_what_coders_reach_is_told_for_the_articles_they_coded(generic):
    """Known by the ids of the published set."""
    first = score_frames(rows("narrative-"), codebook=generic, method="patterns", seed=1, n_draws=5)[0]
    assert first.notes["alpha_of_coders"] == ["conflict .38-.45"]


def test_zero_shot_stands_beside_patterns(generic):
    """Neither learns."""
    results = score_frames(rows(n_things=1), codebook=generic, method="zero_shot", seed=1, n_draws=5)
    assert [result.method for result in results] == ["zero_shot", "patterns", "majority", "always"]


def test_gold_too_small_to_learn_from_is_refused(generic):
    """The message names the frame and what to do."""
    with pytest.raises(UsageError, match="fewer than 5 articles with, or without, 'conflict'"):
        score_frames(rows(n_things=1), codebook=generic, method="model", seed=1, n_draws=5)


def test_a_frame_that_the_shipped_model_does_not_know_is_learnt_from_gold():
    """There is no model to carry over, and those that read and learn stand beside each other."""
    own = load_codebook(paths.CODEBOOKS / "frames_success.yaml")
    gold = [row | {"frames": {"success_failure": row["frames"]["conflict"]}} for row in rows()]
    results = score_frames(gold, codebook=own, method="model", seed=1, n_draws=5)
    assert [result.method for result in results] == ["model", "zero_shot", "patterns", "majority", "always"]
    assert results[0].per_class.loc["success_failure", "f1"] > 0.8
