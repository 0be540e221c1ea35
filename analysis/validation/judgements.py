"""Task judgements: who judges whom, and how, against gold in which every judgement is coded.

Reads texts with all their judgements: whole items (YAML, see ``data/annotations/running_news/CODEBOOK.md``) or
``opinions`` of the reference data (JSON Lines); returns precision, recall and F1 of source, target and sign together,
of target and sign, the source given these, and the correlation of tone per actor and article. Items are coded as a
study would, with a codebook of their own actors; opinions without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

from analysis.codebook.load import EMPTY
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.evaluations.code import code_evaluations, judge_articles
from analysis.coding.evaluations.methods import keep_clear
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import InputError
from analysis.contracts.schema import AUTHOR, UNLISTED, UNNAMED
from analysis.contracts.tables import group_rows, rows_of
from analysis.measures.article_tone import tone_in_articles
from analysis.reading import read_articles
from analysis.validation.gold import Row, make_gold_articles, read_gold
from analysis.validation.report import Interval, Result
from analysis.validation.running_news import SIGNS, Coded, code_items, find_words, read_items, read_part

METHODS = ("model", "lexicon")
BATCH = 200
COUNTS = ("found", "right", "right_source", "gold", "recalled", "recalled_source", "shown", "said", "meant")
"""Per text: rows found; right by target and sign, and by source too; gold rows that count for recall; those found, and
with their source; characters that the words shown share with gold's, that are shown, and that gold has."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judgement:
    """A judgement of gold or program, as far as it is compared.

    `place` tells sentences of a text apart where gold does; `target` and `source` are whatever says who is meant;
    `counts` is false for gold that only one coding has, or about which readers could differ: it costs no recall.
    `words` are characters.
    """

    place: int
    target: Any
    source: Any
    sign: int
    counts: bool = True
    ground: str = ""
    words: tuple[int, int] | None = None


@dataclass(frozen=True)
class Compared:
    """A text with what gold and one method say of it.

    `tones` are pairs of gold's and the method's, an actor each; `speakers` likewise, a direct quotation each: who gold
    says, and who is found (None where no quotation is found there).
    """

    text_id: str
    language: str
    register: str
    gold: Sequence[Judgement]
    found: Sequence[Judgement]
    tones: Sequence[tuple[float, float]] = ()
    speakers: Sequence[tuple[str, str | None]] = ()


def read_judgements(path: str | Path) -> Sequence[Row]:
    """Read gold: a YAML file of items or a folder of them, or JSON Lines of opinions.

    Raises
    ------
    InputError
        When the file is missing or is neither.
    """
    given = Path(path)
    if given.is_dir():
        return [dict(item) for item in read_items(given)]
    if given.suffix in (".yaml", ".yml"):
        try:
            items = [dict(item) for item in read_part(given)]
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"{given.name}: is no file of items ({reason}); see the README of running_news") from error
        if not items:
            raise InputError(f"{given.name}: holds no items; see the README of running_news for their format")
        return items
    return read_gold(path, "opinions")


def score_judgements(rows: Sequence[Row], *, method: str, seed: int, n_draws: int) -> list[Result]:
    """Score who judges whom.

    Parameters
    ----------
    rows : sequence of dict
        From `read_judgements`.
    method : {"model", "lexicon"}
        Scored first, the lexicon next to it.
    seed, n_draws : int
        Of the bootstrap over texts.

    Returns
    -------
    list of Result
        ``precision, recall, f1`` of source, target and sign together; ``target_and_sign`` likewise without the source;
        ``source``, of the rows right in target and sign the share with the right source; ``words``, F1 of the
        characters shown of right rows; for items ``r``, Pearson's, of tone per actor and article. `per_class` has the
        two F1 by language, register and ground.

    Notes
    -----
    A row found is right if gold has such a row, whoever coded it; gold's rows that count are those that both codings
    have, or where there is one those that are clear. Of opinions, actors are the same where a mention of the one
    touches the words of the other; a text is one place.
    """
    methods = list(dict.fromkeys([method, "lexicon"]))
    texts = list(compare_items(rows, methods) if "judgements" in rows[0] else compare_opinions(rows, methods))
    return [
        make_result(name, [found[place] for found in texts], seed=seed, n_draws=n_draws)
        for place, name in enumerate(methods)
    ]


def compare_items(items: Sequence[Any], methods: Sequence[str]) -> Iterator[list[Compared]]:
    """Items with what each method says of them."""
    for coded in code_items(items):
        names = list(coded.item["actors"])
        yield [_compare_item(coded, *_judge_item(coded, method), names) for method in methods]


def _judge_item(coded: Coded, method: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Evaluations and quotes."""
    if method == "model":
        return judge_articles(coded.reading, coded.mentions, coded.quotes)
    return code_evaluations(coded.reading, coded.mentions, coded.quotes, method=method), coded.quotes


def _compare_item(coded: Coded, judged: pd.DataFrame, quotes: pd.DataFrame, names: list[str]) -> Compared:
    item, speakers = coded.item, tuple(compare_speakers(coded, quotes, names))
    light = tone_in_articles(judged, coded.reading.sentences).set_index("actor_id")["tone"].reindex(names)
    tones = zip((item["tone"][name] for name in names), light.fillna(0.0), strict=True)
    register = str(item.get("genre") or item.get("domain") or "")
    gold, found = list(list_gold(coded)), list_found(judged, names)
    return Compared(item["id"], item["language"], register, gold, found, tuple(tones), speakers)


def list_gold(coded: Coded) -> Iterator[Judgement]:
    """The judgements of an item."""
    for (sentence_id, target), rows in coded.gold.items():
        for row in rows:
            counts = bool(row.get("both", row.get("clear", True)))
            sign, words = SIGNS[row["polarity"]], find_words(coded, row)
            yield Judgement(sentence_id, target, row["source"], sign, counts, row["ground"], words)


def compare_speakers(coded: Coded, found: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Who says each direct quotation of gold, and whom the longest quote found there is given to."""
    text = str(coded.reading.articles["text"].iloc[0])
    quotes = sorted(rows_of(found), key=lambda quote: quote.start - quote.end)
    for row in coded.item.get("speakers", []):
        start = text.find(row["quote"])
        if start < 0:
            raise InputError(
                f"item {coded.item['id']}, speakers: {row['quote']!r} does not stand in headline or text; "
                "copy the quotation's first words letter for letter"
            )
        end = start + len(row["quote"])
        quote = next((quote for quote in quotes if quote.start < end and start < quote.end), None)
        source = None if quote is None else quote.source_id if quote.source_id in names else "other"
        yield row["speaker"], source


def list_found(judged: pd.DataFrame, names: Sequence[str]) -> list[Judgement]:
    """The clear evaluations of an item's actors, each once a sentence; a source that is none of them is ``other``."""
    found: dict[tuple[int, str, str, int], Judgement] = {}
    for row in rows_of(keep_clear(judged)):
        if row.target_id in names:
            source = row.source_id if row.source_id in {AUTHOR, *names} else "other"
            key = (int(row.sentence_id), str(row.target_id), source, 1 if row.polarity > 0 else -1)
            found.setdefault(key, Judgement(*key, words=_cue(row)))
    return list(found.values())


def compare_opinions(rows: Sequence[Row], methods: Sequence[str]) -> Iterator[list[Compared]]:
    """Texts coded in full, read without a codebook, with what each method says of them."""
    for start in range(0, len(rows), BATCH):
        chunk = rows[start : start + BATCH]
        reading = read_articles(make_gold_articles(chunk))
        mentions = find_all_mentions(reading, EMPTY)
        quotes = find_quotes(reading, mentions)
        mentions = resolve_speakers(reading, mentions, quotes)
        places, judged = group_rows(mentions, "article_id"), []
        for method in methods:
            said = keep_clear(code_evaluations(reading, mentions, quotes, method=method, captions=True))
            judged.append(group_rows(said, "article_id"))
        for row in chunk:
            spans: dict[str, list[tuple[int, int]]] = {}
            for mention in places.get(row["article_id"], []):
                spans.setdefault(mention.actor_id, []).append((int(mention.start), int(mention.end)))
            gold = list(_opinions_of(row))
            found = [_once(_find_opinions(of_article.get(row["article_id"], []), spans)) for of_article in judged]
            yield [Compared(row["id"], row["language"], "", gold, one) for one in found]


def _opinions_of(row: Row) -> Iterator[Judgement]:
    for one in row["opinions"]:
        source = one["source"] if isinstance(one["source"], str) else [tuple(one["source"])]
        yield Judgement(0, [tuple(one["target"])], source, one["label"], bool(one.get("both", True)))


def _find_opinions(rows: Sequence[Any], spans: Mapping[str, list[tuple[int, int]]]) -> list[Judgement]:
    """Clear evaluations of a text, actors by where they are mentioned."""
    return [
        Judgement(0, spans.get(one.target_id, []), _source_spans(one.source_id, spans), 1 if one.polarity > 0 else -1)
        for one in rows
    ]


def _once(found: Sequence[Judgement]) -> list[Judgement]:
    """The same source, target and sign in several sentences is one judgement of a text."""
    seen: list[Judgement] = []
    for one in found:
        if not any((one.target, one.source, one.sign) == (other.target, other.source, other.sign) for other in seen):
            seen.append(one)
    return seen


def _source_spans(source_id: str, spans: Mapping[str, list[tuple[int, int]]]) -> Any:
    return source_id if source_id in (AUTHOR, UNNAMED) else spans.get(source_id, source_id.removeprefix(UNLISTED))


def _cue(row: Any) -> tuple[int, int] | None:
    return None if pd.isna(row.cue_start) else (int(row.cue_start), int(row.cue_end))


def is_same(one: Any, other: Any) -> bool:
    """Whether two names, or two lists of spans, mean the same.

    Examples
    --------
    >>> is_same("author", "author"), is_same([(0, 5)], [(4, 9), (20, 22)]), is_same([(0, 5)], "author")
    (True, True, False)
    """
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return any(a < d and c < b for a, b in one for c, d in other)


def count_text(text: Compared, *, ground: str | None = None) -> Numbers:
    """Counts of one text, in the order of `COUNTS`; of one ground only gold's rows are counted.

    Examples
    --------
    >>> gold = [Judgement(0, "bakker", "author", -1), Judgement(1, "bakker", "raad", 1)]
    >>> found = [Judgement(0, "bakker", "raad", -1), Judgement(2, "bakker", "author", -1)]
    >>> count_text(Compared("a", "nl", "", gold, found)).astype(int).tolist()
    [2, 1, 0, 2, 1, 0, 0, 0, 0]
    """
    counts: Counter[str] = Counter()
    for one in text.found if ground is None else ():
        alike = [gold for gold in text.gold if _is_alike(one, gold)]
        full = [gold for gold in alike if is_same(one.source, gold.source)]
        counts.update({"found": 1, "right": bool(alike), "right_source": bool(full)})
        if one.words is not None and (meant := next((gold.words for gold in [*full, *alike] if gold.words), None)):
            shared = max(0, min(one.words[1], meant[1]) - max(one.words[0], meant[0]))
            counts.update({"shown": shared, "said": one.words[1] - one.words[0], "meant": meant[1] - meant[0]})
    for gold in text.gold:
        if gold.counts and ground in (None, gold.ground):
            alike = [one for one in text.found if _is_alike(one, gold)]
            full = [one for one in alike if is_same(one.source, gold.source)]
            counts.update({"gold": 1, "recalled": bool(alike), "recalled_source": bool(full)})
    return np.array([float(counts[name]) for name in COUNTS])


def _is_alike(one: Judgement, other: Judgement) -> bool:
    return one.place == other.place and one.sign == other.sign and is_same(one.target, other.target)


def summarise(counts: Numbers) -> dict[str, Any]:
    """Scores from summed counts; NaN where nothing is found or asked."""
    found, right, right_source, gold, recalled, recalled_source, shown, said, meant = counts
    return {
        **_scores(right_source, recalled_source, found, gold),
        "target_and_sign": _scores(right, recalled, found, gold),
        "source": _divide(right_source, right),
        "words": _divide(2 * shown, said + meant),
    }


def _scores(right: float, recalled: float, found: float, gold: float) -> dict[str, float]:
    precision, recall = _divide(right, found), _divide(recalled, gold)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _divide(one: float, other: float) -> float:
    return float(one / other) if other else float("nan")


def make_result(method: str, texts: Sequence[Compared], *, seed: int, n_draws: int) -> Result:
    """Scores of one method over texts, with intervals of the two F1 and r by a bootstrap over texts."""
    counts = np.array([count_text(text) for text in texts])
    scores = summarise(counts.sum(0))
    tones = [np.array(text.tones, float).reshape(-1, 2) for text in texts]
    if any(len(pairs) for pairs in tones):
        scores["r"] = correlate(np.concatenate(tones))
    if said := [pair for text in texts for pair in text.speakers]:
        heard = [pair for pair in said if pair[1] is not None]
        right = sum(gold == source for gold, source in heard)
        scores["speakers"] = {"found": _divide(len(heard), len(said)), "right": _divide(right, len(heard))}
    generator = np.random.default_rng(seed)
    draws: dict[str, list[float]] = {}
    for _ in range(n_draws):
        drawn = generator.integers(len(texts), size=len(texts))
        found = flatten(summarise(counts[drawn].sum(0)))
        if "r" in scores:
            found["r"] = correlate(np.concatenate([tones[place] for place in drawn]))
        for name, value in found.items():
            draws.setdefault(name, []).append(value)
    intervals: dict[str, Interval] = {name: _interval(values) for name, values in draws.items()}
    n_gold = int(sum(len(text.gold) for text in texts))
    notes = {
        "texts": len(texts),
        "actors": sum(map(len, tones)),
        "gold rows": n_gold,
        "gold rows that count": int(counts[:, COUNTS.index("gold")].sum()),
    }
    return Result(method, n_gold, scores, intervals, _by_class(texts), notes=notes)


def flatten(scores: Mapping[str, Any]) -> dict[str, float]:
    """Scores by one name each, as a report names them."""
    flat = {name: value for name, value in scores.items() if not isinstance(value, dict)}
    nested = {name: value for name, value in scores.items() if isinstance(value, dict)}
    return flat | {f"{name} {inner}": number for name, values in nested.items() for inner, number in values.items()}


def _interval(values: Sequence[float]) -> Interval:
    """95 % of the draws that gave a number."""
    known = [value for value in values if not np.isnan(value)]
    if not known:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def correlate(pairs: Numbers) -> float:
    """Pearson's r of two columns; NaN where one does not vary."""
    if len(pairs) < 3 or not pairs.std(0).all():
        return float("nan")
    return float(np.asarray(np.corrcoef(pairs.T))[0, 1])


def _by_class(texts: Sequence[Compared]) -> pd.DataFrame:
    """F1 with and without the source by language and register; recall by ground."""
    rows: dict[str, dict[str, float]] = {}
    for name, values in (("language", [t.language for t in texts]), ("register", [t.register for t in texts])):
        for value in sorted(set(values)):
            if value:
                rows[f"{name} {value}"] = _row(
                    count_text(t) for t, one in zip(texts, values, strict=True) if one == value
                )
    for ground in sorted({one.ground for text in texts for one in text.gold if one.ground}):
        row = _row(count_text(text, ground=ground) for text in texts)
        rows[f"ground {ground}"] = {name: row[name] for name in ("n", "recall", "recall_target_and_sign")}
    columns = ["n", "precision", "recall", "f1", "f1_target_and_sign", "recall_target_and_sign", "source"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _row(counts: Iterable[Numbers]) -> dict[str, float]:
    total = np.sum(list(counts), axis=0)
    found = summarise(total)
    return {
        "n": float(total[COUNTS.index("gold")]),
        "precision": found["precision"],
        "recall": found["recall"],
        "f1": found["f1"],
        "f1_target_and_sign": found["target_and_sign"]["f1"],
        "recall_target_and_sign": found["target_and_sign"]["recall"],
        "source": found["source"],
    }
