"""Every row and every estimate leads back to its words."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from analysis.codebook.load import Actor
from analysis.contracts.errors import InputError
from analysis.contracts.paths import TRANSLATIONS
from analysis.contracts.schema import GROUNDS, METHODS_BY_PREFERENCE
from analysis.contracts.schema_roles import FUNCTIONS
from analysis.contracts.tables import Tables
from analysis.display import explain
from analysis.display.explanations import explain as explaining
from analysis.display.explanations.explanation import Explanation, Highlight, ShownSentence
from analysis.display.explanations.grouping import parse_group
from analysis.display.explanations.judgements import METHODS
from analysis.display.explanations.rows import row_ids
from analysis.display.words import LANGUAGES
from analysis.measures import build_features, estimate, frame_units, tone_units

ENGLISH = {"the", "this", "and", "with", "by"}
"""Two of them are Dutch words too, which the Dutch reasons do without."""


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


def test_an_explanation_counts_what_it_leaves_out_in_its_language():
    """In Dutch with the noun in the right number."""
    found = Explanation("t", (), ("een", "twee"), (sentence(),) * 3, "nl")
    assert "... nog 1 reden\n" in found.to_text(n=1) and found.to_text(n=1).endswith("... nog 2 zinnen")
    assert "<small>a, zin 3</small>" in found._repr_html_()


def test_one_row_of_every_table_is_explained_in_dutch(seed_tables, seed_codebook):
    """No English word is left; only the codebook's own questions, which are left out here, keep their language."""
    book = replace(seed_codebook, frames={})
    first = dict(reversed(list(row_ids(seed_tables))))
    asked = [*first.values(), "tone:actor_id=iran", "frame:frame_id=conflict", "frame:frame_id=economic,paragraph=1"]
    assert set(first) == {name for name, table in seed_tables.items() if len(table)} and len(first) >= 12
    for row_id in asked:
        found = explain(seed_tables, row_id, codebook=book, language="nl", model_version="1.0")
        for text in (*found.reasons, *(mark.note for mark in found.highlights)):
            assert not ENGLISH & set(re.findall(r"\w+", text.lower())), text
            assert not re.search(r"\d\.\d\d\b|\s-\d", text), "a number is written as in English: " + text


def test_every_word_of_explain_is_used_and_stands_in_both_languages():
    """With the same places to fill in, and nothing that the modules ask for is missing."""
    words = yaml.safe_load((TRANSLATIONS / "explanations.yaml").read_text(encoding="utf-8"))
    source = "".join(path.read_text(encoding="utf-8") for path in Path(explaining.__file__).parent.glob("*.py"))
    families = {"ground": GROUNDS, "about": FUNCTIONS, "method": METHODS, "n": re.findall(r'_count\("(\w+)"', source)}
    made = {f"why_{family}_{each}" for family, all_of_it in families.items() for each in all_of_it}
    assert {*re.findall(r'f"why_(\w+)_\{', source)} == set(families)
    assert {*re.findall(r'"(why_\w+)"', source), *made} == set(words)
    for key, texts in words.items():
        assert key.startswith("why_") and list(texts) == list(LANGUAGES), key
        each = [text for found in texts.values() for text in ([found] if isinstance(found, str) else found)]
        assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in each}) == 1, key
        assert not ENGLISH & set(re.findall(r"\w+", str(texts["nl"]))), key


def test_a_label_or_the_id_of_an_actor_asks_for_its_tone(seed_tables, seed_codebook):
    """In either language, in capitals or not; also of an actor whom no codebook lists."""
    tone = explain(seed_tables, "tone:actor_id=united_states", codebook=seed_codebook)
    for asked in ("Verenigde Staten", "united states", "united_states"):
        assert explain(seed_tables, asked, codebook=seed_codebook) == tone
    assert explain(seed_tables, "mens *", codebook=seed_codebook).target == "tone:actor_id=unlisted:mens"
    with pytest.raises(InputError, match="no row or estimate 'Verenigde Stetten'"):
        explain(seed_tables, "Verenigde Stetten", codebook=seed_codebook)


def test_a_label_that_several_actors_bear_is_refused_with_their_ids(seed_tables, seed_codebook):
    """An id is still that of one."""
    twin = Actor("iran_too", {"nl": "iran", "en": "Persia"}, "country")
    book = replace(seed_codebook, actors={**seed_codebook.actors, "iran_too": twin})
    with pytest.raises(InputError, match="'Iran' is the label of iran, iran_too; name one, as tone:actor_id=iran"):
        explain(seed_tables, "Iran", codebook=book)
    assert explain(seed_tables, "iran", codebook=book).target == "tone:actor_id=iran"
