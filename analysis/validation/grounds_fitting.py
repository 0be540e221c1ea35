"""The weights of network and grounds made anew: ``python -m analysis.validation.grounds_fitting``.

Reads the running news that is set apart for it, the sentences of target_nl and NewsMTSC that the network has not learnt
from, and the project's own sentences in ``tests/gold``; writes ``data/models/grounds-nl-en.csv``. The shares of
negative, neutral and positive that a study meets come from running news, where all mentions are coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import yaml

from analysis.coding.evaluations_combine import FILE, describe
from analysis.coding.evaluations_fitting import fit_weights
from analysis.coding.evaluations_grounds import find_grounds
from analysis.coding.evaluations_model import mark
from analysis.coding.evaluations_speech import find_places
from analysis.coding.evaluations_standing import find_standing
from analysis.coding.quotes import find_quotes
from analysis.paths import MODELS, ROOT, reference_data
from analysis.reading import Reading, load_reading_model, read_articles
from analysis.reading.occlusion import ToneModel, read_tone
from analysis.tables import make_table
from analysis.validation.gold import Row, make_gold_articles, read_gold
from analysis.validation.own_gold import number_rows, read_targets, take_held_out
from analysis.validation.polarity import find_sentences, mark_target
from analysis.validation.running_news import WEIGHTS, Coded, code_items, label_of, part_of, read_items

NEWS, NEWS_SHARE = "target/newsmtsc_en.train.jsonl", 0.06
"""English sentences, and the share of their texts that was left out when the network learnt its tone."""
OWN = ("grounds_nl", "grounds_en")
MARK = re.compile(r"\{([^|{}]*)\|(-?\d)\}")


class Example(NamedTuple):
    """Features of a mention, and its code."""

    features: Mapping[str, float]
    label: int


def describe_mentions(
    model: ToneModel, reading: Reading, mentions: pd.DataFrame, quotes: pd.DataFrame
) -> Iterator[tuple[str, int, str, Mapping[str, float]]]:
    """Mention, sentence, actor and features of every mention, as a study reads it."""
    for place in find_places(reading, mentions, quotes, languages=("nl", "en"), captions=True):
        found = find_grounds(place.doc, place.first, place.last, place.language)
        tones = read_tone(model, [mark(place, target) for target in place.targets])
        for target, tone in zip(place.targets, tones, strict=True):
            standing = find_standing(place, target, tones, found)
            if standing is not None:
                yield target.mention_id, place.sentence_id, target.actor_id, describe(tone, standing, found.words)


def take_running(model: ToneModel, coded: Coded) -> Iterator[Example]:
    """Mentions of the actors of an item; those that gold judges in both directions in one sentence are left out."""
    for _, sentence_id, actor_id, features in describe_mentions(model, coded.reading, coded.mentions, coded.quotes):
        label = label_of(coded, sentence_id, actor_id)
        if label is not None:
            yield Example(features, label)


def take_targets(model: ToneModel, rows: Sequence[Row]) -> Iterator[Example]:
    """The marked actors of gold rows of the task target."""
    reading = read_articles(make_gold_articles(rows))
    places = zip(rows, find_sentences(rows, reading), strict=True)
    mentions = make_table("mentions", [mark_target(row, sentence) for row, sentence in places])
    labels = {f"{row['article_id']}:m00001": int(row["label"]) for row in rows}
    for mention_id, _, _, features in describe_mentions(model, reading, mentions, find_quotes(reading, mentions)):
        yield Example(features, labels[mention_id])


def read_own(name: str) -> list[Row]:
    """The marked actors of the project's own sentences, a row each."""
    rows: list[Row] = []
    for item in yaml.safe_load((ROOT / "tests" / "gold" / f"{name}.yaml").read_text(encoding="utf-8")):
        text, place = "", 0
        spans = []
        for found in MARK.finditer(item["text"]):
            text += item["text"][place : found.start()]
            spans.append((len(text), len(text) + len(found[1]), int(found[2])))
            text, place = text + found[1], found.end()
        text += item["text"][place:]
        about = {"language": name[-2:], "text": text}
        rows += [about | {"start": start, "end": end, "label": code} for start, end, code in spans]
    return number_rows(rows)


def gather_examples(model: ToneModel) -> list[Example]:
    """Every example that the shipped weights were fitted on."""
    examples: list[Example] = []
    for coded in code_items([item for item in read_items() if part_of(item) == WEIGHTS]):
        examples += take_running(model, coded)
    news = take_held_out(list(read_gold(reference_data() / NEWS, "target")), NEWS_SHARE)
    for rows in (take_held_out(read_targets()), news, *map(read_own, OWN)):
        examples += take_targets(model, rows)
    return examples


def main() -> int:
    """Fit and write the weights."""
    examples = gather_examples(load_reading_model())
    weights = fit_weights([one.features for one in examples], [one.label for one in examples])
    weights.to_csv(MODELS / FILE, index=False, lineterminator="\n")
    print(weights.to_string(index=False), f"\n{len(examples)} mentions; {FILE} is written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
