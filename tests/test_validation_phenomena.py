"""The task phenomena: gold read, rows compared with facts by hand, halves, and files that break the format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.validation.phenomena import (
    _agrees,
    _judge,
    list_misses,
    score_phenomena,
    summarise,
    take_half,
)
from analysis.validation.phenomena_gold import read_items
from analysis.validation.validate import validate

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
GOLD = """
- id: own-01
  text: "Volgens Jansen heeft de Duitse politie de bakker niet gearresteerd; hij ziet hem nog."
  actors:
    jansen: {type: person, names: [Jansen]}
    police: {type: institution, nominals: [Duitse politie]}
    baker: {type: person, nominals: [bakker]}
  mentions:
    - {text: hij, actor: jansen, form: pronoun}
  quotes:
    - {source: jansen, content: "heeft de Duitse politie de bakker niet gearresteerd"}
  evaluations:
    - {source: jansen, target: police, polarity: neutral, negated: true}
  actions:
    - {agent: "", predicate: op pakken, patient: baker, voice: agentless_passive}
  absent:
    mentions: [{text: hem}]
    actions: [{predicate: arresteren}]
    evaluations: [{target: police}, {target: baker, negated: true}]
- id: own-02
  language: en
  text: "Smith waited."
  actors: {smith: {type: person, names: [Smith]}}
- id: own-03
  text: "De bakker wachtte."
  actors: {baker: {type: person, nominals: [bakker]}}
"""


@pytest.fixture
def write(tmp_path):
    """A function that writes a text and returns its file."""

    def to_file(text: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def item(write):
    """The first item."""
    return read_items(write(GOLD))[0]


def test_items_are_read_each_with_its_codebook(write):
    """Wordings stand in the language of the item, Dutch when none is given."""
    first, second, _ = read_items(write(GOLD))
    assert list(first.codebook.actors) == ["jansen", "police", "baker"]
    assert first.codebook.actors["police"].wording["nl"].nominals == ("Duitse politie",)
    assert second.codebook.actors["smith"].wording["en"].names == ("Smith",)
    assert [len(facts) for facts in first.expected.values()] == [1, 1, 1, 1]
    assert list(first.absent) == ["mentions", "actions", "evaluations"]
    assert second.expected == second.absent == {}


def test_a_mention_agrees_by_overlap(item):
    """The article decides nothing; an absent pronoun is none of a longer description that begins with it."""
    start = item.text.index("hij")
    fact = {"text": "hij", "actor": "jansen", "form": "pronoun"}
    row = {"span": (start, start + 3), "actor": "jansen", "form": "pronoun"}
    assert _agrees(item, fact, row)
    assert not _agrees(item, fact, row | {"actor": ""})
    assert not _agrees(item, fact, row | {"form": "name"})
    place = item.text.index("bakker")
    assert _agrees(item, {"text": "bakker"}, {"span": (place - 3, place + 6)}, is_absent=True)
    assert not _agrees(item, {"text": "bakker"}, {"span": (place - 3, place + 11)}, is_absent=True)


def test_speech_agrees_when_half_of_all_words_are_shared(item):
    """Articles left out; of the six other words, three are half and two are not."""
    fact = {"content": "heeft de Duitse politie de bakker niet gearresteerd"}
    start = item.text.index("heeft")

    def said(words: str) -> dict:
        begin = item.text.index(words)
        return {"span": (begin, begin + len(words))}

    assert _agrees(item, fact, {"span": (start, start + 51)})
    assert _agrees(item, fact, said("heeft de Duitse politie"))
    assert not _agrees(item, fact, said("heeft de Duitse"))


def test_flags_that_gold_leaves_out_are_false(item):
    """The heart of a fact does without them."""
    fact = item.expected["evaluations"][0]
    row = dict.fromkeys(("negated", "hedged", "question", "conditional", "denied"), False)
    row |= {"source": "jansen", "target": "police", "polarity": "neutral"}
    plain = _judge(item, "evaluations", fact, [row], is_absent=False)
    assert (plain.is_found, plain.is_found_at_heart) == (False, True)
    assert _judge(item, "evaluations", fact, [row | {"negated": True}], is_absent=False).is_found
    assert not _judge(item, "evaluations", fact, [row | {"negated": True, "hedged": True}], is_absent=False).is_found


def test_a_lemma_agrees_in_one_word_or_two(item):
    """Voice and valence count only where gold gives them."""
    row = {"agent": "", "predicate": "oppakken", "patient": "baker", "voice": "agentless_passive"}
    row |= {"valence": "conflict", "negated": False, "hedged": False}
    fact = item.expected["actions"][0]
    assert _judge(item, "actions", fact, [row], is_absent=False).is_found
    assert not _judge(item, "actions", fact, [row | {"agent": "police"}], is_absent=False).is_found_at_heart
    active = _judge(item, "actions", fact, [row | {"voice": "active"}], is_absent=False)
    assert (active.is_found, active.is_found_at_heart) == (False, True)


def test_what_claims_nothing_is_no_mistake(item):
    """A deed said not to be done, and a neutral judgement, break no trap that does not ask for them."""
    deed = {"agent": "police", "predicate": "arresteren", "patient": "baker", "voice": "active", "hedged": False}
    assert _judge(item, "actions", {"predicate": "arresteren"}, [deed | {"negated": False}], is_absent=True).is_found
    assert not _judge(item, "actions", {"predicate": "arresteren"}, [deed | {"negated": True}], is_absent=True).is_found
    asked = {"predicate": "arresteren", "negated": True}
    assert _judge(item, "actions", asked, [deed | {"negated": True}], is_absent=True).is_found
    judged = {"target": "police", "polarity": "neutral", "negated": True}
    for fact, is_found in (({"target": "police"}, False), ({"target": "police", "polarity": "neutral"}, True)):
        assert _judge(item, "evaluations", fact, [judged], is_absent=True).is_found == is_found


def test_shares_and_misses(item):
    """By hand: two of four expected facts, one more at heart, one mistake of four."""
    rows = {
        "mentions": [True, True, False],
        "quotes": [True, True, False],
        "evaluations": [False, True, False],
        "actions": [False, False, False],
    }
    verdicts = []
    for layer, (is_found, at_heart, _) in rows.items():
        verdict = _judge(item, layer, item.expected[layer][0], [], is_absent=False)
        verdicts.append(verdict._replace(is_found=is_found, is_found_at_heart=at_heart))
    for number, (layer, fact) in enumerate([(layer, fact) for layer, facts in item.absent.items() for fact in facts]):
        verdict = _judge(item, layer, fact, [], is_absent=True)
        verdicts.append(verdict._replace(is_found=number == 1, is_found_at_heart=number == 1))
    found = summarise("m", [item.id, "own-02"], verdicts, 1, 20)
    assert found.scores == {"n_expected": 4, "n_absent": 4, "recall": 0.5, "recall_at_heart": 0.75, "mistakes": 0.25}
    assert found.per_class.loc["actions", ["recall", "mistakes", "n_absent"]].tolist() == [0, 1, 1]
    assert np.isnan(found.per_class.loc["quotes", "mistakes"])
    assert list_misses(verdicts) == [
        "own-01 evaluations in part (source jansen, target police, polarity neutral, negated True)",
        "own-01 actions missed (agent , predicate op pakken, patient baker, voice agentless_passive)",
        "own-01 actions mistake (predicate arresteren)",
    ]


def test_halves_follow_the_order_of_the_file(write):
    """The first half is to develop on; of an odd number it has one more."""
    items = read_items(write(GOLD))
    ids = {half: [item.id for item in take_half(items, half)] for half in ("all", "dev", "held")}
    assert ids == {"all": ["own-01", "own-02", "own-03"], "dev": ["own-01", "own-02"], "held": ["own-03"]}
    with pytest.raises(UsageError, match="--half both: unknown"):
        score_phenomena(items, method="lexicon", seed=1, n_draws=5, half="both")


def test_the_coder_is_run_as_in_a_study(write, monkeypatch):
    """Both methods, the same twice, in any company; misses are listed on lines of their own."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    monkeypatch.setenv("FRAMEWIJS_THREADS", "1")
    path = write(GOLD)
    whole = validate("phenomena", path, n_draws=20)
    assert [result.method for result in whole.results] == ["model", "lexicon"]
    assert whole.to_dict() == validate("phenomena", path, n_draws=20).to_dict()
    asked = validate("phenomena", path, method="lexicon", half="dev", misses=True, n_draws=20)
    assert asked.n == 4
    assert asked.results[0].scores == pytest.approx(whole.results[1].scores, nan_ok=True)  # the last item has no facts
    assert len(asked.results[0].notes["misses"]) == round(4 * (1 - asked.results[0].scores["recall"])) + round(
        4 * asked.results[0].scores["mistakes"]
    )


ITEM = "- {id: x, text: 'De bakker ziet de bakker.', actors: {baker: {type: person, nominals: [bakker]}}"
BROKEN = [
    ("a: [", "line 1: is not valid YAML"),
    ("a: b", "must be a list of items"),
    ("- 3", "item 1: must have the keys id, text and actors"),
    ("- {id: x, text: ' '}", "item x, text: must be a text"),
    (ITEM + ", frames: []}", "item x: unknown key 'frames'"),
    (ITEM + ", language: fr}", "language: 'fr' is not coded"),
    ("- {id: x, text: a}", "actors: must name at least one actor"),
    ("- {id: x, text: a, actors: {b: {type: king}}}", "item x: actors.yaml, line .*'king' is not one of"),
    ("- {id: x, text: a, actors: {b: 3}}", "actors, b: must have keys"),
    (ITEM + ", absent: {frames: []}}", "absent: must list facts under"),
    (ITEM + ", quotes: 3}", "quotes: must be a list of facts"),
    (ITEM + ", quotes: [3]}", "quotes: every fact needs keys"),
    (ITEM + ", quotes: [{speaker: baker}]}", "quotes: unknown key 'speaker'"),
    (ITEM + ", evaluations: [{target: baker, polarity: negative}]}", "evaluations: 'source' is missing"),
    (ITEM + ", evaluations: [{source: piet, target: baker, polarity: negative}]}", "'piet' is no actor of this item"),
    (ITEM + ", absent: {evaluations: [{polarity: bad}]}}", "absent, evaluations, polarity: 'bad' is not one of"),
    (ITEM + ", absent: {evaluations: [{negated: 1}]}}", "negated: must be true or false"),
    (ITEM + ", quotes: [{source: baker, content: koek}]}", "content: 'koek' does not stand in the text"),
    (ITEM + ", mentions: [{text: bakker, actor: baker}]}", "'bakker' stands 2 times in the text; say which"),
    (ITEM + ", mentions: [{text: bakker, n: 3, actor: baker}]}", "'bakker' stands 2 times"),
    (ITEM + ", mentions: [{text: bakker, n: 0, actor: baker}]}", "n: must be a whole number"),
    (ITEM + ", absent: {mentions: [{actor: baker}]}}", "absent, mentions: 'text' is missing"),
    (ITEM + ", absent: {actions: [{predicate: ''}]}}", "predicate: must be a text"),
    (ITEM + "}\n" + ITEM + "}", "item x: the id is used twice"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_file_is_refused_with_its_item(write, text, message):
    """Before any reading is done."""
    with pytest.raises(InputError, match=message) as caught:
        read_items(write(text))
    assert str(caught.value).startswith("own.yaml")
