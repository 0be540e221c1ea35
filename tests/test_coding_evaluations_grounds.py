"""What an evaluation rests on: who does what, which words bear on whom, and what the two with the network are worth."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.coding.evaluations import code_evaluations
from analysis.coding.evaluations_bearing import bears_on, head_of
from analysis.coding.evaluations_grounds import bearing_on, find_grounds, find_role, is_core
from analysis.coding.evaluations_methods import is_clear
from analysis.reading import Reading, read_articles
from analysis.reading.model_loading import reading_model_path
from analysis.tables import empty_table, make_table

GOLD = Path(__file__).parent / "gold"
MARK = re.compile(r"\{([^|{}]*)\|(-?\d)\}")
pytestmark = pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")


def unmark(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without its marks; start, end and code of each."""
    plain, found, place = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[place : mark.start()]
        found.append((len(plain), len(plain) + len(mark[1]), int(mark[2])))
        plain += mark[1]
        place = mark.end()
    return plain + text[place:], found


def make_mentions(reading: Reading, marks: dict[str, list[tuple[int, int, int]]]) -> pd.DataFrame:
    """The marked words as the only mentions, each an actor of its own."""
    rows = []
    for article_id, found in marks.items():
        sentences = reading.sentences[reading.sentences["article_id"] == article_id]
        for number, (start, end, _) in enumerate(found):
            here = sentences[(sentences["start"] <= start) & (start < sentences["end"])].iloc[0]
            rows.append(
                {
                    "mention_id": f"{article_id}:m{number:05d}",
                    "article_id": article_id,
                    "sentence_id": here["sentence_id"],
                    "start": start,
                    "end": end,
                    "text": reading.docs[article_id].text[start:end],
                    "actor_id": f"actor{number}",
                    "form": "name",
                    "antecedent_id": None,
                    "rule": "gold",
                }
            )
    return make_table("mentions", rows)


def judge(make_articles, texts: list[str], language: str) -> pd.DataFrame:
    """Evaluations of the marked actors, with their `gold` code and what is `found`."""
    marks = dict(map(unmark, texts))
    articles = make_articles(*marks, language=language)
    reading = read_articles(articles)
    marked = {row.article_id: marks[row.text] for row in articles.itertuples()}
    rows = code_evaluations(reading, make_mentions(reading, marked), empty_table("quotes"))
    number = rows["target_mention_id"].str[-5:].astype(int)
    gold = [marked[article_id][place][2] for article_id, place in zip(rows["article_id"], number, strict=True)]
    found = [
        (1 if value > 0 else -1) if clear else 0 for value, clear in zip(rows["polarity"], is_clear(rows), strict=True)
    ]
    return rows.assign(gold=gold, found=found)


def measure(rows: pd.DataFrame) -> tuple[float, float]:
    """Precision and recall of what is not neutral."""
    right = ((rows["gold"] == rows["found"]) & (rows["gold"] != 0)).sum()
    return right / (rows["found"] != 0).sum(), right / (rows["gold"] != 0).sum()


def read_items(name: str, language: str) -> list[str]:
    """The marked sentences of a gold file in one language."""
    items = yaml.safe_load((GOLD / name).read_text("utf-8"))
    return [item["text"] for item in items if item.get("language", language) == language]


@pytest.mark.parametrize(
    ("name", "language", "precision", "recall"),
    [
        ("grounds_nl.yaml", "nl", 0.86, 0.90),
        ("grounds_en.yaml", "en", 0.92, 0.92),
        ("grounds_running.yaml", "nl", 0.58, 0.80),
        ("grounds_running.yaml", "en", 0.65, 0.70),
    ],
)
def test_evaluations_reach_their_floors(make_articles, name, language, precision, recall):
    """Own sentences coded by hand; running news holds the share of neutral actors that the news has."""
    rows = judge(make_articles, read_items(name, language), language)
    reached = measure(rows)
    assert reached >= (precision, 0), reached
    assert reached[1] >= recall, reached


def test_moods_bend_a_judgement(make_articles):
    """A denied one is gone, what is asked or conditional weaker; what is plain or hedged stands, and each is flagged."""
    pairs = yaml.safe_load((GOLD / "modality_pairs_nl.yaml").read_text("utf-8"))
    kinds = list(pairs[0])
    rows = {kind: judge(make_articles, [pair[kind] for pair in pairs], "nl") for kind in kinds}
    right = {kind: (found["gold"] == found["found"]).mean() for kind, found in rows.items()}
    assert min(right[kind] for kind in ("plain", "negated", "hedged", "denied", "conditional")) >= 0.9, right
    assert right["question"] >= 0.7, right
    flagged = {kind: found[kind].mean() for kind, found in rows.items() if kind in found}
    assert min(flagged.values()) >= 0.9, flagged
    strength = {kind: found["polarity"].abs().mean() for kind, found in rows.items()}
    assert strength["denied"] < 0.15 < strength["question"] < strength["plain"]
    assert strength["conditional"] < strength["plain"]


def look(make_articles, text: str, language: str = "nl") -> tuple:
    """Kinds and signs of the grounds on the marked actor, its part, and whether it is core."""
    plain, ((start, end, _),) = unmark(text)
    doc = read_articles(make_articles(plain, language=language)).docs["a1"]
    span = doc.char_span(start, end)
    grounds = find_grounds(doc, 0, len(doc), language)
    found = {(one.kind, 1 if one.polarity > 0 else -1) for one in bearing_on(doc, span.start, span.end, grounds)}
    head = head_of(doc, span.start, span.end)
    return found, find_role(head, grounds, language), is_core(head)


@pytest.mark.parametrize(
    ("text", "kind", "sign"),
    [
        ("De brug werd door {rebellen|0} opgeblazen.", "agent_of_deed", -1),
        ("De moord door {de bende|0} schokte het dorp.", "agent_of_deed", -1),
        ("{Vissers|0} redden de drenkeling.", "agent_of_deed", 1),
        ("De oppositie beschuldigt {de minister|0} van fraude.", "judged_by_word", -1),
        ("De raad had veel lof voor {de wethouder|0}.", "judged_by_word", 1),
        ("De trainer kreeg veel kritiek, net als {de keeper|0}.", "judged_by_word", None),
        ("{De keeper|0} kreeg veel kritiek.", "judged_by_word", -1),
        ("{De minister|0} is corrupt.", "judged_by_word", -1),
        ("{De minister|0} is verantwoordelijk voor de ramp.", "judged_by_word", -1),
        ("De leugens van {Krasniqi|0} kwamen uit.", "agent_of_deed", -1),
        ("Het beleid van {de minister|0} is rampzalig.", "judged_by_word", -1),
        ("Weg met {Lukas|0}!", "addressed", -1),
        ("Leve de {koningin|0}!", "addressed", 1),
        ("Critici noemen {Jansen|0} een leugenaar.", "judged_by_word", -1),
        ("{Jansen|0} reageerde laf op de vragen.", "judged_by_word", -1),
        ("Gisteren verscheen {Omar Nasri|0}, de gevreesde aanvoerder van de bende, voor de rechter.", "judged_by_word", -1),
        ("{De aanvoerder|0} van de bende vertrok.", "agent_of_deed", None),
        ("De dood van {de keeper|0} schokte de club.", "addressed", None),
    ],
)  # fmt: skip
def test_grounds_bear_on_whom_the_tree_says(make_articles, text, kind, sign):
    """One plain sentence for each way of bearing; `None`: by no such ground."""
    found, _, _ = look(make_articles, text)
    if sign is None:
        assert kind not in {one for one, _ in found}
    else:
        assert (kind, sign) in found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rebellen doodden {de burgemeester|0}.", "harmed"),
        ("Hackers legden gisteren in {Utrecht|0} alles plat.", "place"),
        ("Volgens {de brandweer|0} is de brand geblust.", "source"),
        ("{De brandweer|0} meldt dat de brand is geblust.", "source"),
        ("De woordvoerder van {Trump|0} vertrok.", "modifier"),
        ("De rebellen worden gesteund door {Iran|0}.", "helping"),
        ("{Het leger|0} bouwt een brug.", "acting"),
    ],
)
def test_an_actor_has_a_part_in_what_happens(make_articles, text, role):
    """Victims, places, sources and helpers are told apart by the tree."""
    assert look(make_articles, text)[1] == role


def test_who_undergoes_is_beside_the_core(make_articles):
    """A subject is core, the subject of a passive or of `raken` is not."""
    assert look(make_articles, "{Jansen|0} vertrok.")[2]
    assert not look(make_articles, "{Jansen|0} werd gezien.")[2]
    assert not look(make_articles, "{Jansen|0} raakte bekneld.")[2]


def test_any_word_can_be_asked_on_whom_it_bears(make_articles):
    """A verb on who does it, a noun on whose it is; what is said is no deed of who says it."""
    doc = read_articles(make_articles("Jansen verknoeide het feest van Bakker en zei niets.")).docs["a1"]
    words = {token.text: token for token in doc}
    jansen, bakker = words["Jansen"].i, words["Bakker"].i
    assert bears_on(words["verknoeide"], jansen, jansen + 1, "nl") == "agent_of_deed"
    assert bears_on(words["feest"], bakker, bakker + 1, "nl") == "judged_by_word"
    assert bears_on(words["zei"], jansen, jansen + 1, "nl") == "none"


def test_who_judges_is_the_subject_of_the_judging_verb(make_articles):
    """`A beschuldigt B`: A is the source, not the author."""
    rows = judge(make_articles, ["{Jansen|0} beschuldigt {Bakker|-1} van fraude."], "nl").set_index("target_id")
    assert rows.loc["actor1", ["source_id", "ground", "found"]].tolist() == ["actor0", "judged_by_word", -1]
    assert rows.loc["actor0", "source_id"] == "author"
