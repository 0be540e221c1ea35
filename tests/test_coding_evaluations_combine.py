"""Network and grounds together: what settles, what bends, and where the weights come from."""

import pytest

from analysis.coding import evaluations_combine
from analysis.coding.evaluations_combine import LABELS, bend, combine, describe, load_weights, settle, to_polarity
from analysis.coding.evaluations_fitting import fit_weights
from analysis.coding.evaluations_grounds import ROLES, Ground
from analysis.coding.evaluations_standing import RELATIONS, Standing
from analysis.coding.modality import Modality
from analysis.errors import InputError
from analysis.reading.occlusion import Tone

SURE, UNSURE = Tone(0.9, 0.05, 0.05), Tone(0.3, 0.4, 0.3)
BAD, GOOD = Ground("agent_of_deed", -0.75, 3), Ground("judged_by_word", 0.5, 3)


def test_the_features_of_a_mention_have_names():
    """Log odds of the network, the strongest ground of each sign, what bears on others, one part."""
    standing = Standing((BAD,), "place", "subject", is_pronoun=True, worse=0.3)
    found = describe(Tone(0.5, 0.5, 0.0), standing, {3: -0.75, 5: -0.5, 6: 0.25})
    assert found["network_negative"] == 0
    assert found["network_positive"] < -8
    assert (found["ground_negative"], found["has_negative"], found["has_positive"]) == (0.75, 1.0, 0.0)
    assert (found["other_negative"], found["other_positive"]) == (0.5, 0.25)
    assert (found["another_worse"], found["another_better"]) == (0.3, 0.0)
    assert [name for name in ROLES if found[f"role_{name}"]] == ["place"]
    assert [name for name in RELATIONS if found[f"relation_{name}"]] == ["subject"]
    assert [name for name in found if name.startswith("is_") and found[name]] == ["is_pronoun"]
    assert set(found) | {"intercept"} == set(load_weights())


def test_a_ground_moves_the_network():
    """A deed of harm makes an actor more negative, being a victim less; so does another who is seen as far worse."""
    base = combine(describe(UNSURE, Standing(role="other"), {}))
    assert sum(base) == pytest.approx(1)
    assert combine(describe(UNSURE, Standing((BAD,), "other"), {3: -0.75}))[0] > base[0]
    assert combine(describe(UNSURE, Standing(role="harmed"), {}))[1] > base[1]
    assert combine(describe(UNSURE, Standing(role="other", is_own=True), {}))[1] > base[1]


@pytest.mark.parametrize(
    ("polarity", "tone", "grounds", "settled"),
    [
        (-0.1, UNSURE, [BAD], -0.375),  # strong, and the network does not object
        (-0.9, SURE, [BAD], -0.9),  # agreed already
        (0.6, Tone(0.0, 0.1, 0.9), [BAD], 0.6),  # the network clearly objects
        (0.6, Tone(0.0, 0.1, 0.9), [Ground("judged_by_word", -0.7, 3, is_plain=True)], -0.35),  # too plain to
        (0.0, UNSURE, [GOOD], 0.0),  # too weak
        (0.1, UNSURE, [BAD, GOOD], 0.1),  # opposite
        (0.1, UNSURE, [], 0.1),
    ],
)
def test_a_plain_ground_settles_it(polarity, tone, grounds, settled):
    """Strong grounds hold unless the network objects; plain ones always; opposite ones never."""
    assert settle(polarity, tone, grounds) == pytest.approx(settled)


@pytest.mark.parametrize(
    ("polarity", "modality", "turned", "bent"),
    [
        (-0.8, Modality(), None, -0.8),
        (-0.8, Modality(hedged=True), None, -0.8),
        (-0.8, Modality(denied=True), None, -0.08),
        (-0.8, Modality(question=True), None, -0.56),
        (-0.8, Modality(conditional=True), None, -0.56),
        (0.8, Modality(negated=True), None, 0.16),  # `loosde geen gif` is no praise
        (-0.8, Modality(negated=True), None, -0.8),  # `heeft niets gedaan`: the network knows
        (-0.8, Modality(negated=True), Ground("agent_of_deed", -0.12, 3), -0.16),  # `redde niemand`
        (0.8, Modality(negated=True), Ground("judged_by_word", -0.5, 3), -0.5),  # `allesbehalve briljant`
        (0.8, Modality(negated=True), Ground("judged_by_word", 0.4, 3), 0.16),
    ],
)
def test_mood_bends(polarity, modality, turned, bent):
    """Denial takes it away, question and condition weaken, negation turns praise and clears blame."""
    assert bend(polarity, modality, turned) == pytest.approx(bent)


def test_a_negation_said_of_another_is_left_to_the_network():
    """`Zonder haar had niemand het ontdekt` is praise."""
    assert bend(0.8, Modality(negated=True), None, is_subject=False) == 0.8


def test_polarity_is_the_likeliest_label_brought_out():
    """Neutral wins from a label that is hardly likelier; a clear one is brought out."""
    assert to_polarity([0.7, 0.2, 0.1]) < -0.7
    assert abs(to_polarity([0.5, 0.45, 0.05])) < 0.5
    assert abs(to_polarity([0.4, 0.5, 0.1])) < 0.25


def test_weights_are_fitted_with_neutral_at_zero():
    """The table that is read is the table that is made: log odds against neutral, with the sign of the evidence."""
    words = [-1.0, -0.9, 0.0, 0.1, 0.9, 1.0] * 5
    table = fit_weights([{"word": word} for word in words], [-1, -1, 0, 0, 1, 1] * 5).set_index("feature")
    assert list(table.columns) == list(LABELS)
    assert (table["neutral"] == 0).all()
    assert table.loc["word", "negative"] < 0 < table.loc["word", "positive"]
    assert list(table.index) == ["word", "intercept"]


@pytest.mark.parametrize(("content", "said"), [(None, "is missing"), ("feature,negative\nx,1\n", "row 2")])
def test_a_missing_or_broken_file_is_named(tmp_path, monkeypatch, content, said):
    """With what to do."""
    if content is not None:
        (tmp_path / evaluations_combine.FILE).write_text(content, "utf-8")
    monkeypatch.setattr(evaluations_combine, "MODELS", tmp_path)
    load_weights.cache_clear()
    with pytest.raises(InputError, match=said):
        load_weights()
    load_weights.cache_clear()
