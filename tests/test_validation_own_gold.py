"""The project's own gold is read as it was coded."""

from __future__ import annotations

import pytest

from analysis.contracts.errors import InputError
from analysis.validation.own_gold import (
    read_double_coding,
    read_frame_answers,
    read_seed,
    read_targets,
    read_teaching,
)


def test_a_row_tells_what_its_sentence_holds():
    """Genre and phenomena in one list; quotes of both kinds are one."""
    rows = read_targets()
    assert len(rows) == 4862
    assert rows[0]["text"][rows[0]["start"] : rows[0]["end"]] == "Gemeente Terhorst"
    assert rows[0]["phenomena"] == ("implicit", "headline")
    known = {name for row in rows for name in row["phenomena"]}
    assert {"quote", "headline", "own_voice", "negation", "irony", "opposite", "several"} <= known
    assert not known & {"direct_quote", "indirect_quote", "-"}


def test_double_codings_have_two_codes_of_the_same_units():
    """Tone, frames, the teaching corpus and the seed."""
    assert set(read_double_coding().columns) == {"unit", "sentence", "coder_1", "coder_2"}
    texts, first, second = read_frame_answers()
    assert texts["id"].tolist() == first.index.tolist() == second.index.tolist()
    assert first.columns.tolist() == second.columns.tolist() and len(first.columns) == 20
    for kind in ("tone", "frames"):
        assert set(read_teaching(kind)["article_id"]) == set(read_teaching(kind, "coder_b")["article_id"])
    assert {row["polarity"] for row in read_seed()} == {"negative", "neutral", "positive"}


def test_a_broken_line_is_named(tmp_path):
    """File, line, and where the format stands."""
    (tmp_path / "parts").mkdir()
    with pytest.raises(InputError, match="holds no parts"):
        read_targets(tmp_path)
    (tmp_path / "parts" / "part_Z.tsv").write_text("politics\theadline\tEen zin\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: 3 columns"):
        read_targets(tmp_path)
