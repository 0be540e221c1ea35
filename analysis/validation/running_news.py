"""Running news, coded in full: how precise and complete the coder's judgements are where most mentions are neutral.

Reads ``data/annotations/running_news`` (items with every judgement, by its CODEBOOK.md); codes each item as a study
would, with a codebook of its own actors, and compares by sentence and actor. Every third item of the parts a to k is
held out: nothing was fitted to it or chosen on it. ``python -m analysis.validation.running_news`` prints the scores of
those and of the items that served to choose, not of those for the network to learn from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from analysis.codebook import Actor, Codebook, Wording
from analysis.coding.coreference_speakers import resolve_speakers
from analysis.coding.evaluations_methods import CLEAR
from analysis.coding.evaluations_model import mark
from analysis.coding.evaluations_speech import find_places
from analysis.coding.mentions import find_mentions
from analysis.coding.quotes import find_quotes
from analysis.errors import InputError
from analysis.measures.article_tone import tone_in_articles
from analysis.paths import DATA
from analysis.reading import Reading, read_articles
from analysis.tables import make_table, rows_of
from analysis.validation.gold import make_gold_articles

FOLDER = DATA / "annotations" / "running_news"
EVERY = 3
"""Every so many items of the parts with a held-out share are held out."""
WITHOUT_HELD_OUT = frozenset("lmnopqrstu")
"""Parts that are hard on purpose, and not at the base rates of the news."""
FOR_WEIGHTS = frozenset("abc")
"""Parts whose other items weigh the coder and serve to choose."""
HELD_OUT, WEIGHTS, NETWORK = "held out", "weights", "network"
SIGNS = {"negative": -1, "positive": 1}
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Coded:
    """An item, what the reading and the coder found in it, and its gold by sentence and actor."""

    item: Item
    reading: Reading
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    gold: Mapping[tuple[int, str], Sequence[Item]]


def read_items(folder: Path = FOLDER) -> list[Item]:
    """The items of every part, in their order.

    Raises
    ------
    InputError
        If the folder has no parts.
    """
    paths = sorted(folder.glob("part_*.yaml"))
    if not paths:
        raise InputError(f"{folder.name}: holds no part_*.yaml; restore the folder with git")
    return [item for path in paths for item in yaml.safe_load(path.read_text(encoding="utf-8"))]


def part_of(item: Item) -> str:
    """What an item is for, by the letter of its part and its number.

    Returns
    -------
    str
        `HELD_OUT`, a third of the parts a to k: for reporting alone. `WEIGHTS`, the rest of a to c: the weights of the
        coder were fitted on it, and constants chosen. `NETWORK`, all else: for a tone network to learn from.

    Raises
    ------
    InputError
        For an id that is not a letter and a number.

    Examples
    --------
    >>> [part_of({"id": name}) for name in ("a01", "a02", "d01", "d02", "l02")]
    ['weights', 'held out', 'network', 'held out', 'network']
    """
    found = re.fullmatch(r"([a-z])(\d+)", item["id"])
    if found is None:
        raise InputError(f"running news: '{item['id']}' is no id; write the letter of the part and a number, as a01")
    letter, number = found[1], int(found[2])
    if letter not in WITHOUT_HELD_OUT and number % EVERY == EVERY - 1:
        return HELD_OUT
    return WEIGHTS if letter in FOR_WEIGHTS else NETWORK


def make_codebook(item: Item) -> Codebook:
    """A codebook of the actors of one item."""
    actors = {}
    for name, actor in item["actors"].items():
        wording = Wording(tuple(actor.get("names") or ()), tuple(actor.get("nominals") or ()))
        label = {item["language"]: name}
        actors[name] = Actor(name, label, actor["type"], wording={item["language"]: wording})
    return Codebook(item["id"], actors)


def make_articles(items: Sequence[Item]) -> pd.DataFrame:
    """Table ``articles`` of items, the headline their first paragraph."""
    texts = [f"{item['headline']}\n\n{item['text'].strip()}" for item in items]
    rows = [
        {"article_id": item["id"], "language": item["language"], "text": text}
        for item, text in zip(items, texts, strict=True)
    ]
    return make_table("articles", make_gold_articles(rows).assign(headline=[item["headline"] for item in items]))


def code_items(items: Sequence[Item]) -> Iterator[Coded]:
    """Read each item and find its actors and quotes, by a codebook of its own."""
    for item in items:
        reading = read_articles(make_articles([item]))
        mentions = find_mentions(reading, make_codebook(item))
        quotes = find_quotes(reading, mentions)
        mentions = resolve_speakers(reading, mentions, quotes)
        yield Coded(item, reading, mentions, quotes, place_judgements(item, reading))


def place_judgements(item: Item, reading: Reading) -> dict[tuple[int, str], list[Item]]:
    """The judgements of an item by sentence and actor judged."""
    text = reading.articles["text"].iloc[0]
    starts = [(row.start, row.sentence_id) for row in rows_of(reading.sentences)]
    found: dict[tuple[int, str], list[Item]] = {}
    for row in item["judgements"]:
        places = [match.start() for match in re.finditer(re.escape(row["sentence"]), text)]
        place = next((one for one in places if any(abs(start - one) <= 1 for start, _ in starts)), places[0])
        sentence_id = max((start, number) for start, number in starts if start <= place)[1]
        found.setdefault((int(sentence_id), row["target"]), []).append(row)
    return found


def label_of(coded: Coded, sentence_id: int, actor_id: str) -> int | None:
    """The code of an actor in a sentence: -1, 0 or 1; None for who is no actor of the item, or judged both ways."""
    signs = {SIGNS[row["polarity"]] for row in coded.gold.get((sentence_id, actor_id), [])}
    if actor_id not in coded.item["actors"] or len(signs) > 1:
        return None
    return next(iter(signs), 0)


def mark_mentions(coded: Coded) -> Iterator[dict[str, Any]]:
    """Every mention of an item's actors in its sentence, as the network reads it, with its code.

    Yields
    ------
    dict
        ``id, part, language, text``; ``start, end`` of the mention in the text; ``label``, -1, 0 or 1, which is that of
        the actor in the sentence; ``is_clear``, false where readers could differ. An actor whom a sentence judges in
        both directions has no row there.
    """
    for place in find_places(coded.reading, coded.mentions, coded.quotes, languages=("nl", "en"), captions=True):
        for target in place.targets:
            label = label_of(coded, place.sentence_id, target.actor_id)
            if label is None:
                continue
            rows = coded.gold.get((place.sentence_id, target.actor_id), [])
            marked = mark(place, target)
            start, end = marked.target or (0, 0)
            about = {"id": coded.item["id"], "part": part_of(coded.item), "language": place.language}
            yield about | {
                "text": marked.text,
                "start": start,
                "end": end,
                "label": label,
                "is_clear": not rows or any(row.get("clear", True) for row in rows),
            }


def compare(coded: Coded, evaluations: pd.DataFrame) -> pd.DataFrame:
    """What coder and gold say of every actor of the item in every sentence that either has.

    Parameters
    ----------
    coded : Coded
        The item.
    evaluations : DataFrame
        Table ``evaluations`` of it, one method.

    Returns
    -------
    DataFrame
        ``article_id, sentence_id, actor_id``; ``gold``, the signs that gold has (a frozenset), ``is_clear``, whether
        one of them is clear; ``found``, the sign of the coder's strongest evaluation if that is clear, else 0.
    """
    judged = evaluations[evaluations["target_id"].isin(list(coded.item["actors"]))]
    strongest: dict[tuple[int, str], float] = {}
    for row in rows_of(judged):
        key = (int(row.sentence_id), str(row.target_id))
        strongest[key] = max(strongest.get(key, 0.0), row.polarity, key=abs)
    rows = []
    for key in sorted({*strongest, *coded.gold}):
        gold, polarity = coded.gold.get(key, []), strongest.get(key, 0.0)
        rows.append(
            {
                "article_id": coded.item["id"],
                "sentence_id": key[0],
                "actor_id": key[1],
                "gold": frozenset(SIGNS[row["polarity"]] for row in gold),
                "is_clear": any(row.get("clear", True) for row in gold),
                "found": int(np.sign(polarity)) if abs(polarity) >= CLEAR else 0,
            }
        )
    return pd.DataFrame(rows)


def score(units: pd.DataFrame) -> dict[str, float]:
    """Precision over what is found, against any judgement of gold; recall of gold's clear ones, and of all.

    Examples
    --------
    >>> units = pd.DataFrame({"gold": [frozenset({-1}), frozenset()], "is_clear": [True, False], "found": [-1, 1]})
    >>> score(units)
    {'n': 2, 'precision': 0.5, 'recall': 1.0, 'f1': 0.667, 'recall_all': 1.0}
    """
    right = np.array([row.found in row.gold for row in rows_of(units)])
    found = (units["found"] != 0).to_numpy()
    has = units["gold"].map(bool).to_numpy()
    clear = has & units["is_clear"].to_numpy()
    precision, recall = (right & found).sum() / max(found.sum(), 1), (right & clear).sum() / max(clear.sum(), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    values = {"precision": precision, "recall": recall, "f1": f1, "recall_all": (right & has).sum() / max(has.sum(), 1)}
    return {"n": len(units), **{name: round(float(value), 3) for name, value in values.items()}}


def compare_tone(coded: Coded, evaluations: pd.DataFrame) -> pd.DataFrame:
    """The light on every actor of an item, by the coder and by gold.

    Returns
    -------
    DataFrame
        ``article_id, actor_id``; ``gold``, -1, 0 or 1; ``tone`` and ``side`` of
        `analysis.measures.article_tone.tone_in_articles`, 0 where nothing judges the actor; ``mean``, of its
        evaluations, 0 where there is none; ``marked``, the positive judgements that gold marks less the negative.
    """
    names = list(coded.item["actors"])
    light = tone_in_articles(evaluations, coded.reading.sentences).set_index("actor_id").reindex(names)
    means = evaluations.groupby("target_id")["polarity"].mean().reindex(names)
    return pd.DataFrame(
        {
            "article_id": coded.item["id"],
            "actor_id": names,
            "gold": [coded.item["tone"][name] for name in names],
            "tone": light["tone"].fillna(0.0).to_numpy(),
            "side": light["side"].fillna(0).astype(int).to_numpy(),
            "mean": means.fillna(0.0).to_numpy(),
            "marked": [sum(SIGNS[r["polarity"]] for r in coded.item["judgements"] if r["target"] == n) for n in names],
        }
    )


def main() -> int:
    """Print the scores of what is not for the network to learn from, and the correlation of tone with gold."""
    from analysis.coding.evaluations import code_evaluations  # noqa: PLC0415  loads the model's runtime

    tables: dict[str, list[pd.DataFrame]] = {}
    tones: dict[str, list[pd.DataFrame]] = {}
    for coded in code_items([item for item in read_items() if part_of(item) in (HELD_OUT, WEIGHTS)]):
        part = part_of(coded.item)
        judged = code_evaluations(coded.reading, coded.mentions, coded.quotes)
        likeliest = judged[["p_negative", "p_neutral", "p_positive"]].to_numpy().argmax(axis=1) - 1
        tables.setdefault(f"{part}, coder", []).append(compare(coded, judged))
        tables.setdefault(f"{part}, network", []).append(
            compare(coded, judged.assign(polarity=likeliest.astype(float)))
        )
        tones.setdefault(part, []).append(compare_tone(coded, judged))
    for name, parts in sorted(tables.items()):
        print(name, score(pd.concat(parts)))
    for name, parts in sorted(tones.items()):
        units = pd.concat(parts)
        print(name, len(units), units[["tone", "side", "mean", "marked"]].corrwith(units["gold"]).round(3).to_dict())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
