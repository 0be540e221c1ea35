"""A coded folder of five short articles about a village and its council, whose every row is literal.

For what the three articles of `browser_corpus` do not have: actors that are part of others, and words to search for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.tables import Tables, empty_table, make_table
from analysis.corpus.storage import write_tables
from tests.browser_corpus import BAD

VILLAGE = Codebook(
    name="village",
    actors={
        "village": Actor("village", {"nl": "Dorp <b>Ø</b>", "en": "Village <b>Ø</b>"}, "institution"),
        "council": Actor("council", {"nl": "Gemeenteraad", "en": "Council"}, "government", part_of="village"),
        "els": Actor("els", {"nl": "Els Müller", "en": "Els Müller"}, "person", part_of="council"),
        "bo": Actor("bo", {"nl": "Bo Jansen", "en": "Bo Jansen"}, "person", part_of="council"),
        "club": Actor("club", {"nl": "IJsclub", "en": "Ice club"}, "organisation", part_of="village"),
        "idle": Actor("idle", {"nl": "Niemand", "en": "Nobody"}, "organisation", part_of="village"),
        "bank": Actor("bank", {"nl": "Bank", "en": "Bank"}, "company"),
    },
)
"""The village is named nowhere itself; the idle organisation neither."""
Mentioned = tuple[str, str, float]
ARTICLES: dict[str, tuple[str | None, str | None, str | None, list[tuple[str, str, list[Mentioned]]]]] = {
    # Id: outlet, date, title, and sentences with their part and whom they name, where, and how it is judged.
    "v1": ("krant", "2024-05-02", "Raad 😀 CAFÉ dicht", [
        ("Raad 😀 CAFÉ dicht", "headline", [("council", "Raad", -0.8)]),
        ("Els Müller en Bo Jansen sluiten het café.", "lead", [("els", "Els Müller", -0.6), ("bo", "Bo Jansen", 0.1)]),
        ("Els vindt dat de gemeenteraad gelijk heeft.", "body", [("els", "Els", 0.0), ("council", "gemeenteraad", 0.7)]),
    ]),
    "v2": ("krant", "2024-05-01", "De brug", [
        ("De brug van Łódź is een ijsbrug.", "lead", [("club", "brug", 0.4)]),
        ("Het cafe\u0301 blijft open.", "body", []),
        (f"De bank {BAD} zwijgt.", "body", [("bank", "bank", -0.9)]),
    ]),
    "v3": ("blad", "2024-06", "Open dag", [
        ("Open dag", "headline", []),
        ("De bank opent de brug.", "lead", [("bank", "bank", 0.0)]),
        ("Bo Jansen lacht, en het café ook.", "body", [("bo", "Bo Jansen", 0.9)]),
    ]),
    "v4": ("blad", None, None, [("Foto's van de café-eigenaar: 'cafés' en witte huizen.", "lead", [])]),
    "v5": (None, "2024-05-02", "Witte Huis: de brug", [("Het witte huis staat leeg", "lead", []), ("de brug ook.", "lead", [])]),
}  # fmt: skip


def make_village() -> Tables:
    """Articles, sentences, mentions and judgements; the other tables are empty."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in Tables.__dataclass_fields__}
    for article_id, (outlet, published, title, sentences) in ARTICLES.items():
        text = "\n\n".join(sentence for sentence, _, _ in sentences)
        precision = {None: None, 7: "month", 10: "day"}[published and len(published)]
        made["articles"].append(
            {"article_id": article_id, "outlet": outlet, "published": published, "published_precision": precision,
             "headline": title, "text": text, "language": "nl", "source_file": "f.txt", "n_words": len(text.split()),
             "duplicate_of": None}
        )  # fmt: skip
        begin = 0
        for n, (sentence, part, mentioned) in enumerate(sentences):
            place = {"article_id": article_id, "sentence_id": n}
            made["sentences"].append(
                place | {"start": begin, "end": begin + len(sentence), "paragraph": n, "part": part, "text": sentence}
            )
            for actor, words, polarity in mentioned:
                start, number = begin + sentence.index(words), len(made["mentions"])
                made["mentions"].append(
                    place | {"mention_id": f"{article_id}:m{number}", "start": start, "end": start + len(words),
                             "text": words, "actor_id": actor, "form": "name", "antecedent_id": None, "rule": "r"}
                )  # fmt: skip
                made["evaluations"].append(
                    place | {"evaluation_id": f"{article_id}:e{number}.model", "source_id": "author",
                             "target_id": actor, "target_mention_id": f"{article_id}:m{number}", "polarity": polarity,
                             "p_negative": 0.3, "p_neutral": 0.4, "p_positive": 0.3, "p_source": None,
                             "negated": False, "hedged": False, "question": False, "conditional": False,
                             "denied": False, "ground": "none", "outer_source_id": None, "cue_start": None,
                             "cue_end": None, "cues": None, "method": "model"}
                )  # fmt: skip
            begin += len(sentence) + 2
    made["actions"].append(
        {"action_id": "v1:a1", "article_id": "v1", "sentence_id": 1, "agent_id": "els", "predicate": "sluiten",
         "patient_id": "bo", "agent_mention_id": None, "patient_mention_id": None, "event": None, "voice": "active",
         "valence": "neutral", "negated": False, "hedged": False, "start": 55, "end": 62, "method": "tree"}
    )  # fmt: skip
    return Tables(**{name: make_table(name, rows) if rows else empty_table(name) for name, rows in made.items()})


def write_village(folder: Path) -> Path:
    """The folder that `framewijs code` would have written."""
    write_tables(make_village(), folder, "parquet")
    return folder
