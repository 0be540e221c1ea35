"""Every row and every estimate leads back to its words."""

import numpy as np
import pytest

from analysis.display import explain
from analysis.display.explanation import Explanation, Highlight, ShownSentence
from analysis.display.grouping import parse_group
from analysis.display.rows import row_ids
from analysis.errors import InputError
from analysis.measures import build_features, estimate, frame_units, tone_units
from analysis.schema import METHODS_BY_PREFERENCE
from analysis.tables import Tables


def test_every_row_of_every_table_has_its_evidence(seed_tables, seed_codebook):
    """At least one highlighted sentence, and every highlight is the article's own text."""
    text = seed_tables.articles["text"].iloc[0]
    kinds = set()
    for table, row_id in dict.fromkeys(row_ids(seed_tables)):
        found = explain(seed_tables, row_id, codebook=seed_codebook)
        assert found.highlights and found.reasons, row_id
        assert any(sentence.highlights for sentence in found.sentences)
        assert all(mark.text == text[mark.start : mark.end] != "" for mark in found.highlights)
        assert (table, row_id) in found.rows
        kinds.add(table)
    assert {"mentions", "quotes", "evaluations", "frames", "features"} <= kinds


def test_every_estimate_of_tone_is_the_mean_of_what_explain_shows(seed_tables, seed_codebook):
    """The rows behind a number are the rows it was made of."""
    units = tone_units(seed_tables, method=METHODS_BY_PREFERENCE[0])
    polarity = seed_tables.evaluations.set_index("evaluation_id")["polarity"]
    made = estimate(units, "polarity", by=["actor_id", "voice"], rng=np.random.default_rng(1), n_draws=2)
    for row in made.itertuples():
        found = explain(seed_tables, f"tone:actor_id={row.actor_id},voice={row.voice}", codebook=seed_codebook)
        behind = [row_id for table, row_id in found.rows if table == "evaluations"]
        assert len(behind) == row.n_units
        assert polarity[behind].mean() == pytest.approx(row.estimate)


def test_every_estimate_of_a_frame_is_the_share_explain_states(seed_tables, seed_codebook):
    """Also where a frame is absent: the sentences that were looked at are shown, without highlights."""
    units = frame_units(seed_tables, frame_ids=list(seed_codebook.frames))
    made = estimate(units, "present", by=["frame_id", "paragraph"], rng=np.random.default_rng(1), n_draws=2)
    for row in made.itertuples():
        found = explain(seed_tables, f"frame:frame_id={row.frame_id},paragraph={row.paragraph}", codebook=seed_codebook)
        assert f"of {row.n_units} sentences, a share of {row.estimate:.2f}" in found.reasons[0]
        assert found.sentences
        assert bool(found.highlights) == (row.estimate > 0)


def test_measures_of_features_are_explained(seed_tables, seed_codebook):
    """Each measure leads to rows of the layer it counts."""
    mentions = explain(seed_tables, "n_mentions:actor_id=trump", codebook=seed_codebook)
    counted = seed_tables.features.set_index("actor_id")["n_mentions"]["trump"]
    assert sum(table == "mentions" for table, _ in mentions.rows) == counted
    quotes = explain(seed_tables, "n_words_quoted:actor_id=trump", codebook=seed_codebook)
    assert {table for table, _ in quotes.rows} == {"quotes"}
    frame = explain(seed_tables, "frame_conflict:actor_id=iran", codebook=seed_codebook)
    assert all(row_id.endswith("/conflict") for _, row_id in frame.rows)


def test_rolled_up_features_show_what_their_parts_did(seed_tables, seed_codebook):
    """The total of a state rests on its government and army as well."""
    layers = dict(seed_tables.items())
    layers["features"] = build_features(
        *(layers[name] for name in ("articles", "sentences", "mentions", "quotes", "evaluations", "actions", "frames", "roles")),
        codebook=seed_codebook, roll_up=True,
    )  # fmt: skip
    rolled = Tables(**layers)
    article_id = rolled.articles["article_id"].iloc[0]
    found = explain(rolled, f"{article_id}/united_states", codebook=seed_codebook)
    n = rolled.features.set_index("actor_id")["n_mentions"]["united_states"]
    assert sum(table == "mentions" for table, _ in found.rows) == n


def test_an_unknown_id_suggests_close_ones(seed_tables):
    """The message names ids that exist."""
    known = str(seed_tables.mentions["mention_id"].iloc[2])
    with pytest.raises(InputError, match=r"did you mean .*m00"):
        explain(seed_tables, known + "9")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("tone:actor_id=nobody_at_all", "there is no actor_id 'nobody_at_all'"),
        ("tone:actor_id=trmp", "did you mean trump"),
        ("tone:outlet=De Krant van Nergens", "there is no outlet"),
        ("tome:actor_id=trump", "no measure 'tome'"),
        ("tone:aktor_id=trump", "did you mean 'actor_id'"),
        ("tone:voice=loud", "no voice 'loud'"),
        ("frame:paragraph=999", "no sentences"),
        ("", "no row or estimate"),
    ],
)
def test_wrong_estimates_are_refused_with_a_hint(seed_tables, asked, said):
    """Each mistake has its own message."""
    with pytest.raises(InputError, match=said):
        explain(seed_tables, asked)


def test_two_known_actors_without_a_word_between_them_have_no_evidence(seed_tables):
    """That is another matter than an actor whom nobody knows."""
    evaluations = seed_tables.evaluations
    said = set(zip(evaluations["target_id"], evaluations["source_id"], strict=True))
    pairs = [
        (target, source) for target, _ in sorted(said) for _, source in sorted(said) if (target, source) not in said
    ]
    with pytest.raises(InputError, match="no evidence"):
        explain(seed_tables, f"tone:actor_id={pairs[0][0]},source_id={pairs[0][1]}")


def test_names_of_estimates_are_read():
    """A comma inside a value is no new column; other names of measure and voice are the same."""
    group = parse_group("polarity:target_id=iran,voice=eigen stem,outlet=a, b")
    assert (group.measure, dict(group.chosen)) == ("tone", {"actor_id": "iran", "voice": "own voice", "outlet": "a, b"})


def sentence() -> ShownSentence:
    text = "Hij noemt <b> & Piet laf."
    marks = [
        Highlight("a", 10 + start, 10 + end, text[start:end], note)
        for start, end, note in ((10, 13, "x"), (16, 20, "<judged>"), (18, 24, "cue"))
    ]
    return ShownSentence("a", 3, 10, 35, text, tuple(marks))


def test_an_explanation_prints_evidence_between_guillemets():
    """Overlapping highlights are one stretch; neighbours are not; beneath stands what each is."""
    assert Explanation("a:e1", (), ("why",), (sentence(),)).to_text() == (
        "a:e1\n  - why\n\na, sentence 3: Hij noemt «<b>» & «Piet laf».\n"
        "    «<b>» x\n    «Piet» <judged>\n    «et laf» cue"
    )


def test_an_explanation_shows_as_escaped_html():
    """Highlights are marks with their note as title."""
    shown = Explanation("<id>", (), ("<why>",), (sentence(),))._repr_html_()
    assert "&lt;id&gt;" in shown and "<li>&lt;why&gt;</li>" in shown
    assert 'title="x">&lt;b&gt;</mark> &amp; ' in shown and 'title="&lt;judged&gt;; cue">et</mark>' in shown
    assert "<b>" not in shown and "Piet</mark> &lt;judged&gt;</li>" in shown


def test_a_long_explanation_says_how_much_it_leaves_out():
    """A terminal is not flooded."""
    text = Explanation("t", (), tuple(f"r{i}" for i in range(9)), (sentence(),) * 9).to_text(n=2)
    assert "... 7 more reasons" in text and text.endswith("... 7 more sentences")
    assert "«Piet»" in text and "«Piet»" not in Explanation("t", (), (), (sentence(),) * 13).to_text()
