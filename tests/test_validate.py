"""Validation: gold files, each task on gold written here, and reports."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.coding.syntax.trees import has_tree
from analysis.contracts.errors import CodebookError, InputError, UsageError
from analysis.contracts.tables import make_table
from analysis.reading.model_loading import load_reading_model
from analysis.validation.chains import align_spans, score_chains
from analysis.validation.gold import read_gold
from analysis.validation.polarity import predict_by_model, predict_majority, predict_target, to_label
from analysis.validation.spans import Speech, _between_marks, _score_quotes
from analysis.validation.validate import LEARNT, TASKS, validate


def mark(text: str, actor: str, label: int, number: int = 0, language: str = "nl") -> dict:
    start = text.index(actor)
    return {
        "id": f"t{number}",
        "language": language,
        "text": text,
        "start": start,
        "end": start + len(actor),
        "label": label,
    }


TARGET = [
    mark("De rechter noemde Jansen een leugenaar.", "Jansen", -1),
    mark("De moedige Jansen redde het dorp.", "Jansen", 1),
    mark("Jansen reed gisteren naar Utrecht.", "Jansen", 0),
    mark("Jansen heeft gelogen.", "Jansen", -1),
]


def direct(text: str, source: str, target: str, label: int, number: int = 0) -> dict:
    spans = {
        key: [text.index(who), text.index(who) + len(who)] for key, who in (("source", source), ("target", target))
    }
    return {"id": f"d{number}", "language": "nl", "text": text, "label": label} | spans


DIRECTED = [
    direct("‘Bakker is een leugenaar’, zei Jansen gisteren.", "Jansen", "Bakker", -1),
    direct("Bakker is een leugenaar, vertelde Jansen niet.", "Bakker", "Jansen", 0),
]
TONE = [{"id": str(n), "language": "nl", "text": text, "label": label} for n, (text, label) in enumerate([
    ("Ramp treft het dorp, veel slachtoffers", -1), ("Gemeente vergadert over begroting", 0), ("Prachtig succes voor de school", 1)])]  # fmt: skip
SPOKEN = "‘De weg blijft dicht’, zei Jan Jansen gisteren. Daarna ging iedereen naar huis."
QUOTES = [{"id": "q", "language": "nl", "text": SPOKEN, "quotes": [
    {"content": [[0, 21]], "source": [[SPOKEN.index("Jan Jansen"), SPOKEN.index(" gisteren")]], "cue": [], "kind": "direct"}]}]  # fmt: skip
NAMED = "Gisteren sprak Piet Jansen met Marie de Boer. Toen ging Piet Jansen weg."
ACTORS = [{"id": "a", "language": "nl", "text": NAMED, "actors": [
    {"start": NAMED.index(name, begin), "end": NAMED.index(name, begin) + len(name), "type": "PER", "chain": name}
    for name, begin in (("Piet Jansen", 0), ("Marie de Boer", 0), ("Piet Jansen", 30))]}]  # fmt: skip
FRAMES = [
    {
        "id": "f1",
        "language": "nl",
        "text": "De oppositie verwijt de minister traagheid.",
        "frames": {"conflict": 1, "success_failure": 0},
    },
    {
        "id": "f2",
        "language": "nl",
        "text": "Morgen schijnt de zon in het hele land.",
        "frames": {"conflict": 0, "success_failure": 0},
    },
]
ROLES = [{"id": "r1", "language": "nl", "text": "Jansen redde de drenkelinge.", "entities": [
    {"text": "Jansen", "role": "hero"}]}]  # fmt: skip
PHENOMENA = """\
- id: p-01
  text: Jansen prees de dappere Bakker.
  actors: {jansen: {type: person, names: [Jansen]}, bakker: {type: person, names: [Bakker]}}
  mentions: [{text: Bakker, actor: bakker, form: name}]
  evaluations: [{source: author, target: bakker, polarity: positive}]
- id: p-02
  text: Jansen zweeg.
  actors: {jansen: {type: person, names: [Jansen]}}
  absent: {quotes: [{source: jansen}]}
"""
OPINIONS = [{"id": "o", "language": "nl", "text": "Jansen noemt Bakker een leugenaar.",
             "opinions": [{"source": [0, 6], "target": [13, 19], "label": -1}]}]  # fmt: skip
SYNTAX = ["1\tJansen\tJansen\tPROPN\t_\t_\t2\tnsubj\t_\t_", "2\tzweeg\tzwijgen\tVERB\t_\t_\t0\troot\t_\t_"]
NER = ["Gisteren Adv O", "zweeg V O", "Jansen N B-PER"]
GOLD = {
    "syntax": SYNTAX,
    "ner": NER,
    "target": TARGET,
    "directed": DIRECTED,
    "judgements": OPINIONS,
    "tone": TONE,
    "quotes": QUOTES,
    "actors": ACTORS,
    "phenomena": [PHENOMENA],
    "frames": FRAMES,
    "roles": ROLES,
}


TINY = Path(__file__).parent / "gold" / "tiny-model.npz"


@pytest.fixture(autouse=True)
def tiny_model(monkeypatch):
    """The model file with random weights: what it says means nothing."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.setenv("FRAMEWIJS_THREADS", "1")


@pytest.fixture
def write_gold(tmp_path):
    """A function that writes gold rows, or raw lines, and returns the file."""

    def write(rows):
        path = tmp_path / "gold.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("task", TASKS)
def test_json_has_the_promised_shape(write_gold, task):
    """One object: task, gold, n, results with the coder's default method first."""
    path = write_gold(GOLD[task])
    result = CliRunner().invoke(app, ["validate", task, str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found) == {"task", "gold", "n", "results"}
    assert (found["task"], found["gold"]) == (task, path.as_posix())
    first = found["results"][0]
    assert first["method"] == TASKS[task].methods[0]
    assert found["n"] == first["n"]
    of_spans = {"precision", "recall", "f1", "exact", "overlap"}
    of_labels = {"accuracy", "macro_f1", "alpha"}
    of_tone = of_labels | {"mean_f1_polar", "ece"}
    wanted = {
        "syntax": {"las", "uas", "pos", "lemma"},
        "ner": of_spans,
        "target": of_labels | {"mean_f1_polar"},
        "directed": of_labels | {"attributed", "accuracy_attributed", "n_attributed"},
        "judgements": {"precision", "recall", "f1", "target_and_sign", "source", "words"},
        "tone": of_tone,
        "quotes": of_spans,
        "actors": of_spans,
        "phenomena": {"recall", "recall_at_heart", "mistakes", "n_absent"},
        "frames": of_labels,
        "roles": of_labels,
    }[task]
    assert set(first) >= wanted | {"method", "n", "per_class", "intervals"}
    assert all(set(scores) >= {"precision", "recall", "f1", "n"} for scores in first["per_class"].values())
    assert all(len(bounds) == 2 for bounds in first["intervals"].values())
    assert "NaN" not in result.stdout
    assert len(found["results"]) > 1


@pytest.mark.parametrize("task", TASKS)
def test_tables_for_people_name_every_method(write_gold, task):
    """The same figures as tables, next to the baselines."""
    report = validate(task, write_gold(GOLD[task]), n_draws=20)
    console = Console(width=160, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(report.to_rich())
    for result in report.results:
        assert result.method in captured.get()


def test_the_lexicon_judges_the_marked_actor(write_gold):
    """Praise, blame and neither are told apart, and a report is the same twice."""
    report = validate("target", write_gold(TARGET), method="lexicon", n_draws=50)
    first = report.results[0]
    assert first.confusion.to_numpy().tolist() == [[2, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert first.scores == {"accuracy": 1, "macro_f1": 1, "alpha": 1, "mean_f1_polar": 1}
    assert [result.method for result in report.results] == ["lexicon", "lexicon_no_target", "majority"]
    assert validate("target", write_gold(TARGET), method="lexicon", n_draws=50).to_dict() == report.to_dict()


def test_the_coder_comes_first_and_next_to_it_its_network_alone(write_gold):
    """Methods in the order of a report; what gives probabilities has a calibration error."""
    report = validate("target", write_gold(TARGET), n_draws=20)
    assert [r.method for r in report.results] == [
        "coder",
        "model",
        "model_no_target",
        "lexicon",
        "lexicon_no_target",
        "majority",
    ]
    assert [("ece" in r.scores) for r in report.results] == [False, True, True, False, False, False]
    alone = validate("target", write_gold(TARGET), method="model", n_draws=20)
    assert [r.method for r in alone.results] == [r.method for r in report.results][1:]
    assert alone.results[0].scores == report.results[1].scores
    assert [r.method for r in validate("tone", write_gold(TONE), n_draws=20).results] == [
        "model",
        "lexicon",
        "majority",
    ]


def test_the_model_reads_the_text_with_the_actor_marked():
    """All of it, unless it is told to read a few words on either side of the actor."""
    alone = "De premier van Ajax wint."
    around = f"Ajax verloor gisteren. {alone} Dat was het dan."
    start = around.index("premier")
    rows = [{"article_id": "1", "language": "nl", "text": around, "start": start, "end": start + 7, "label": 0}]
    texts, spans = [around, around, alone[:-1]], [(start, start + 7), None, (3, 10)]
    tone = load_reading_model().tone(texts, spans).round(4)
    found = predict_by_model(rows)
    assert found.labels == [-1 + int(tone[0].argmax())]
    assert found.certainty == pytest.approx([tone[0].max()])
    assert predict_by_model(rows, hides_target=True).certainty == pytest.approx([tone[1].max()])
    assert predict_by_model(rows, n_words=0).certainty == pytest.approx(
        [load_reading_model().tone(["premier"], [(0, 7)]).round(4).max()]
    )


def test_the_coder_takes_a_side_where_its_polarity_is_clear(monkeypatch):
    """From the bound of a clear judgement on, and by the method and reading that a study gets by default."""
    calls = []

    def judge(reading, mentions, _quotes, *, method, captions):
        calls.append((method, captions, all(has_tree(doc) for doc in reading.docs.values())))
        rows = [
            {
                "evaluation_id": f"{number}:e1", "article_id": article_id, "sentence_id": 0, "source_id": "author",
                "target_id": "x", "target_mention_id": f"{number}:m1", "polarity": polarity, "p_negative": None,
                "p_neutral": None, "p_positive": None, "p_source": None, "negated": False, "hedged": False, "question": False,
                "conditional": False, "denied": False, "ground": "none", "outer_source_id": None, "cue_start": None,
                "cue_end": None, "cues": None, "method": method,
            }
            for number, (article_id, polarity) in enumerate(
                zip(mentions["article_id"], (-0.25, -0.24, 0.24, 0.25), strict=True)
            )
        ]  # fmt: skip
        return make_table("evaluations", rows)

    monkeypatch.setattr("analysis.validation.polarity.code_evaluations", judge)
    rows = [row | {"article_id": str(number)} for number, row in enumerate(TARGET)]
    assert predict_target(rows, method="coder") == [-1, 0, 0, 1]
    assert predict_target(rows, method="lexicon") == [-1, -1, 1, 1]
    assert calls == [("model", True, True), ("lexicon", True, False)]


def test_rows_of_one_text_are_drawn_together(write_gold):
    """Ten targets in one sentence tell no more about other sentences than one."""
    once, often = validate("target", write_gold(TARGET), method="lexicon"), [row for row in TARGET for _ in range(10)]
    many = validate("target", write_gold(often), method="lexicon")
    for method, other in zip(once.results, many.results, strict=True):
        assert other.intervals["accuracy"] == pytest.approx(method.intervals["accuracy"])


def test_gold_that_the_model_has_learnt_from_is_named(write_gold, monkeypatch):
    """By the content of the file, whatever its name; only at what the model had a part in."""
    path = write_gold(TONE)
    assert "notice" not in validate("tone", path, n_draws=5).to_dict()["results"][0]
    learnt = {"tone/another_name.jsonl": hashlib.sha256(path.read_bytes()).hexdigest()}
    monkeypatch.setitem(load_reading_model().meta, "learnt_from", learnt)
    first, *others = validate("tone", path, n_draws=5).to_dict()["results"]
    assert first["notice"] == LEARNT
    assert all("notice" not in result for result in others)
    assert "notice" not in validate("tone", path, method="lexicon", n_draws=5).to_dict()["results"][0]


def test_english_gold_adds_vader(write_gold):
    """VADER is a baseline where it knows the language, and can be asked for first."""
    rows = [
        mark("The judge called Smith a liar.", "Smith", -1, language="en"),
        mark("Smith won praise.", "Smith", 1, language="en"),
    ]
    assert [r.method for r in validate("target", write_gold(rows), n_draws=5).results][-1] == "vader"
    asked = validate("target", write_gold(rows), method="vader", n_draws=5).results
    assert [r.method for r in asked] == ["vader", "lexicon", "lexicon_no_target", "majority"]
    tone = [{key: row[key] for key in ("id", "language", "text", "label")} for row in rows]
    assert [r.method for r in validate("tone", write_gold(tone), n_draws=5).results][1:] == [
        "lexicon",
        "majority",
        "vader",
    ]


def test_frames_that_the_codebook_lacks_are_listed_and_not_scored(write_gold):
    """A frame is present when a sentence answers yes; unknown frames are `not_coded`."""
    first = validate("frames", write_gold(FRAMES), n_draws=5).to_dict()["results"][0]
    assert first["not_coded"] == ["success_failure"]
    assert list(first["per_class"]) == ["conflict"]
    assert first["per_class"]["conflict"]["f1"] == first["per_class"]["conflict"]["average_precision"] == 1


def test_quotes_and_their_speaker(write_gold):
    """Quotation marks in gold do not count against us; the speaker is compared by place."""
    first = validate("quotes", write_gold(QUOTES), n_draws=5).to_dict()["results"][0]
    assert first["exact"]["f1"] == first["overlap"]["f1"] == first["source_accuracy"] == 1
    assert first["per_class"]["direct"]["recall"] == 1


def test_a_speaker_that_gold_leaves_empty_must_be_empty():
    """Naming somebody where gold names nobody is wrong; a quote that is missed says nothing about speakers."""
    text = "‘Een twee drie vier’ en ‘vijf zes zeven acht’ zei Jan."
    gold = [[Speech(((0, 20),), ()), Speech(((24, 45),), ((50, 53),))]]
    right = [[Speech(((1, 19),), ()), Speech(((25, 44),), ((50, 53),))]]
    wrong = [[Speech(((1, 19),), ((50, 53),))]]
    assert _score_quotes("m", [text], gold, right, 1, 5).scores["source_accuracy"] == 1
    found = _score_quotes("m", [text], gold, wrong, 1, 5).scores
    assert (found["source_accuracy"], found["n_found"]) == (0, 1)
    assert found["overlap"] == {"precision": 1, "recall": 0.5, "f1": pytest.approx(2 / 3)}


def test_the_baseline_of_quotation_marks():
    """Text between marks, in single and double, with the nearest actor; an apostrophe ends nothing."""
    text = "Jan zei: ‘De auto’s staan er’. “Mooi”, vond Piet."
    found = _between_marks(text, [(0, 3), (44, 48)])
    assert [text[slice(*quote.content[0])] for quote in found] == ["De auto’s staan er", "Mooi"]
    assert [text[slice(*quote.source[0])] for quote in found] == ["Jan", "Piet"]


def test_actors_and_chains(write_gold):
    """Mentions by place, chains by who is who, and a limit of sentences for gold that stops early."""
    first = validate("actors", write_gold(ACTORS), n_draws=5).to_dict()["results"][0]
    assert first["overlap"]["recall"] == 1
    assert set(first["chains"]) == {"muc", "b_cubed", "ceaf_e"}
    assert first["conll_f1"] <= first["conll_f1_overlap"]
    assert first["n"] == 3
    assert validate("actors", write_gold(ACTORS), sentences=1, n_draws=5).n == 2


SOLD = "Gisteren verkocht Piet Jansen de Boeing 747. Hij lachte."
SALE = [{"id": "s", "language": "nl", "text": SOLD, "actors": [
    {"start": SOLD.index(name), "end": SOLD.index(name) + len(name), "type": kind}
    for name, kind in (("Piet Jansen", "PER"), ("Boeing 747", "PRO"))]}]  # fmt: skip


def test_what_is_no_actor_is_left_out_and_named(write_gold):
    """Products by default; `types` and `all_types` choose otherwise."""
    path = write_gold(SALE)
    first, other = validate("actors", path, n_draws=5).to_dict()["results"]
    assert list(first["per_class"]) == list(other["per_class"]) == ["PER"]
    assert first["types_left_out"] == ["PRO 1"]
    assert "types_left_out" not in other
    everything = validate("actors", path, all_types=True, n_draws=5).to_dict()["results"][0]
    assert list(everything["per_class"]) == ["PER", "PRO"]
    assert "types_left_out" not in everything
    products = validate("actors", path, types="PRO", n_draws=5).to_dict()["results"][0]
    assert list(products["per_class"]) == ["PRO"]
    assert products["types_left_out"] == ["PER 1"]
    with pytest.raises(UsageError, match="gold has no LOC; it has PER, PRO"):
        validate("actors", path, types="PER,LOC")
    with pytest.raises(UsageError, match="leave out one of them"):
        validate("actors", path, types="PER", all_types=True)


def test_pronouns_can_be_left_alone(write_gold, monkeypatch):
    """Neither those of the third person are looked for, nor those of speakers."""
    asked = []

    def resolve(_, mentions, **__):
        asked.append(1)
        return mentions

    monkeypatch.setattr("analysis.validation.actors.resolve_pronouns", resolve)
    resolved = []
    monkeypatch.setattr(
        "analysis.validation.actors.resolve_speakers", lambda _, mentions, __: resolved.append(1) or mentions
    )
    for no_pronouns in (False, True):
        validate("actors", write_gold(SALE), no_pronouns=no_pronouns, n_draws=5)
    assert asked == [1]
    assert resolved == [1]


def test_chains_of_the_published_example():
    """Pradhan et al. (2014): MUC .40, B-cubed .42 and .50, CEAF-e .65 and .43."""
    gold = [frozenset("abc"), frozenset("defg")]
    found = score_chains([(gold, [frozenset("ab"), frozenset("cd"), frozenset("fghi")])]).scores
    assert found["muc"] == {"precision": 0.4, "recall": 0.4, "f1": pytest.approx(0.4)}
    assert (found["b_cubed"]["recall"], found["b_cubed"]["precision"]) == pytest.approx((0.4167, 0.5), abs=1e-3)
    assert (found["ceaf_e"]["recall"], found["ceaf_e"]["precision"]) == pytest.approx((0.65, 0.4333), abs=1e-3)


SPANS = st.frozensets(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)


@given(SPANS, SPANS)
def test_spans_are_paired_one_to_one(predicted, gold):
    """Only those that overlap; equal ones with each other; nobody is left while both sides have a partner to give."""
    pairs = align_spans(predicted, gold)
    assert len(set(pairs.values())) == len(pairs)
    assert all(said[0] < wanted[1] and wanted[0] < said[1] for said, wanted in pairs.items())
    assert all(pairs[span] == span for span in predicted & gold)
    free = [(a, b) for a in predicted - pairs.keys() for b in gold - set(pairs.values())]
    assert not any(a[0] < b[1] and b[0] < a[1] for a, b in free)


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 4), min_size=2))
def test_perfect_chains_score_one(mentions):
    """A partition scored against itself is right on every metric that has something to score."""
    clusters = [frozenset(m for m, c in mentions.items() if c == chain) for chain in set(mentions.values())]
    found = score_chains([(clusters, clusters)]).scores
    assert (found["b_cubed"]["f1"], found["ceaf_e"]["f1"]) == pytest.approx((1, 1))
    assert found["muc"]["f1"] in (0, pytest.approx(1))


@given(st.floats(-1, 1))
def test_labels_are_symmetric(polarity):
    """The threshold is the same on both sides."""
    assert to_label(polarity) == -to_label(-polarity)


def test_majority_breaks_ties_to_the_lowest_label():
    """The baseline does not depend on the order of rows."""
    assert predict_majority([{"label": 1}, {"label": -1}]) == [-1, -1]


GOOD = {"id": "x", "language": "nl", "text": "Jansen zweeg.", "start": 0, "end": 6, "label": 0}
MALFORMED = [
    ("target", "{", "line 2: is not valid JSON"),
    ("target", "[1]", "line 2: must be an object"),
    ("target", {k: v for k, v in GOOD.items() if k != "label"}, "line 2: 'label' is missing"),
    ("target", GOOD | {"label": 2}, "line 2, label: 2 must be -1, 0 or 1"),
    ("target", GOOD | {"label": "1"}, "line 2, label: '1' must be"),
    ("target", GOOD | {"text": " "}, "line 2, text: must be a text"),
    ("target", GOOD | {"language": "fr"}, "line 2, language: 'fr' is not coded"),
    ("target", GOOD | {"end": 99}, "line 2, start and end: .* the length of the text"),
    ("target", GOOD | {"start": True}, "line 2, start and end"),
    ("quotes", GOOD | {"quotes": {}}, "line 2, quotes: must be a list"),
    ("quotes", GOOD | {"quotes": [{"content": []}]}, "line 2, quotes, entry 1: 'source' is missing"),
    ("quotes", GOOD | {"quotes": [{"content": [[0, 5, 9]], "source": [], "cue": []}]}, "entry 1, content"),
    ("actors", GOOD | {"actors": [{"start": 0, "end": 3}]}, "entry 1: 'type' is missing"),
    ("frames", GOOD | {"frames": []}, "line 2, frames: must be an object"),
    ("frames", GOOD | {"frames": {"conflict": "yes"}}, "line 2, frames, conflict: 'yes' must be 0 or 1"),
]


@pytest.mark.parametrize(("task", "row", "message"), MALFORMED)
def test_malformed_gold_names_file_line_and_key(write_gold, task, row, message):
    """The second of two lines is wrong, and the message says so."""
    good = {"target": GOOD, "quotes": QUOTES[0], "actors": ACTORS[0], "frames": FRAMES[0]}[task]
    with pytest.raises(InputError, match=message) as caught:
        validate(task, write_gold([good, row]))
    assert str(caught.value).startswith("gold.jsonl, line 2")


def test_gold_that_cannot_be_read(tmp_path, monkeypatch, write_gold):
    """Missing, a folder, empty, not UTF-8: each says what to do; a relative path may start in the reference data."""
    monkeypatch.setenv("STUDY_REFERENCE_DATA", str(tmp_path))
    with pytest.raises(InputError, match="STUDY_REFERENCE_DATA"):
        validate("tone", "tone/nowhere.jsonl")
    with pytest.raises(InputError, match="is a folder"):
        validate("tone", tmp_path)
    with pytest.raises(InputError, match="holds no gold codes"):
        validate("tone", write_gold([""]))
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(InputError, match="is not UTF-8"):
        validate("tone", tmp_path / "latin.jsonl")
    write_gold(TONE)
    assert len(read_gold("gold.jsonl", "tone")) == 3


def test_gold_and_codebook_must_have_frames_in_common(write_gold, tmp_path):
    """Nothing to score is an error; so is a line that lacks a frame."""
    with pytest.raises(InputError, match="weather are not in the codebook"):
        validate("frames", write_gold([FRAMES[0] | {"frames": {"weather": 1}}]))
    with pytest.raises(InputError, match="line 2, frames: lacks 'success_failure'"):
        validate("frames", write_gold([FRAMES[0], FRAMES[1] | {"frames": {"conflict": 0}}]))
    with pytest.raises(CodebookError, match="cannot be read"):
        validate("frames", write_gold(FRAMES), codebook=tmp_path / "none.yaml")


def test_options_that_a_task_does_not_take_are_wrong_usage(write_gold):
    """Before any work is done."""
    path = write_gold(TONE)
    wrong = (
        {"method": "magic"},
        {"codebook": path},
        {"sentences": 3},
        {"half": "dev"},
        {"misses": True},
        {"no_pronouns": True},
        {"types": "PER"},
        {"all_types": True},
        {"sample": 0},
    )
    for options in wrong:
        with pytest.raises(UsageError):
            validate("tone", path, **options)
    with pytest.raises(UsageError, match="unknown task"):
        validate("irony", path)


def test_a_sample_is_drawn_at_random_and_always_the_same(write_gold):
    """Rows keep their order; more than there are is all of them."""
    path = write_gold(TARGET)
    assert validate("target", path, method="lexicon", sample=3, n_draws=5).n == 3
    assert validate("target", path, method="lexicon", sample=9, n_draws=5).n == 4
    twice = [validate("target", path, method="lexicon", sample=2, n_draws=5).to_dict() for _ in range(2)]
    assert twice[0] == twice[1]


def test_numbers_in_json_are_plain_and_missing_ones_null():
    """NumPy numbers become Python's, NaN becomes null, -0.0 becomes 0.0."""
    from analysis.validation.report import Report, Result

    per_class = pd.DataFrame({"f1": [np.float64(-0.0)], "n": [np.int64(3)]}, index=["x"])
    found = Report(
        "t", "g", 3, (Result("m", 3, {"alpha": float("nan")}, {"alpha": (0.1, float("nan"))}, per_class),)
    ).to_dict()
    assert json.dumps(found["results"][0]) == (
        '{"method": "m", "n": 3, "alpha": null, "per_class": {"x": {"f1": 0.0, "n": 3}}, "intervals": {"alpha": [0.1, null]}}'
    )
