"""The fixed texts of a freeze: the seed, the teaching corpus, the project's gold texts, and further news.

Reads ``seeds``, ``data/teaching``, ``data/annotations`` and ``tests/gold``; gives the table ``articles`` with the
codebook for it, a batch at a time. Of these only texts are read, never their codes. A freeze is there to be looked at,
so what is held out stays out of it: the last half of each file of phenomena, and the news that `part_of` holds out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import pandas as pd
import yaml

from analysis.codebook.load import EMPTY, Codebook, load_codebook
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.paths import CODEBOOKS, ROOT, SEEDS
from analysis.corpus import load_articles
from analysis.validation import functions, running_news
from analysis.validation.gold import make_gold_articles
from analysis.validation.own_gold import SEED_GOLD, TEACHING, read_frame_answers, read_targets
from analysis.validation.phenomena import take_half
from analysis.validation.phenomena_gold import read_items as read_phenomena

BATCH = 50
"""Articles at a time: more save no time, fewer cost some."""
N_NEWS = 100
LANGUAGES = ("nl", "en")
"""Of the project's own gold texts; the first is that of a text that names none."""
_SHARED: tuple[tuple[Path | None, tuple[str, ...]], ...] = (
    (
        SEED_GOLD / "mentions_codebook.yaml",
        (
            *("mentions_nl.yaml", "mentions_en.yaml", "quotes_nl.yaml", "quotes_en.yaml"),
            *("quotes_trees_nl.yaml", "quotes_trees_en.yaml", "quotes_article_nl.txt", "quotes_article_en.txt"),
        ),
    ),
    (
        None,
        (
            *("mentions_read.yaml", "mentions_coreference.yaml", "actors_nl.jsonl", "actors_en.jsonl"),
            *("grounds_running.yaml", "modality_pairs_nl.yaml"),
        ),
    ),
    (SEED_GOLD / "swapped_codebook.yaml", ("swapped.txt",)),
    (CODEBOOKS / "frames_success.yaml", ("success_nl.yaml",)),
)
"""Gold files of which all texts share a codebook, none where nobody is listed."""
_MARK = re.compile(r"\{([^{}|]+)\|[^{}|]*\}")
T = TypeVar("T")


class Batch(NamedTuple):
    """Articles and the codebook to code them by."""

    articles: pd.DataFrame
    codebook: Codebook


class Text(NamedTuple):
    """A text with its language, and an id that stays when texts are added before it."""

    id: str
    language: str
    text: str


def read_set(name: str, *, n: int = N_NEWS) -> Iterator[Batch]:
    """The texts of a set, in a fixed order.

    Parameters
    ----------
    name : str
        One of `SETS`.
    n : int, default 100
        How many items of the news, evenly drawn.

    Yields
    ------
    Batch
        At most `BATCH` articles.

    Raises
    ------
    UsageError
        For an unknown set, or fewer than one item.
    InputError
        When files of the set are missing or cannot be read.
    """
    check_set(name, n)
    yield from SETS[name](n)


def check_set(name: str, n: int) -> None:
    """Refuse an unknown set, or fewer than one item of the news.

    Raises
    ------
    UsageError
        With what to write instead.
    """
    if name not in SETS:
        raise UsageError(f"--sets {name}: unknown; use {','.join(SETS)}")
    if n < 1:
        raise UsageError(f"--n {n}: must be at least 1")


def draw_evenly(rows: Sequence[T], n: int) -> list[T]:
    """As many rows as asked, at even distances; all where there are no more.

    Examples
    --------
    >>> draw_evenly("abcdefghi", 3)
    ['a', 'd', 'g']
    """
    n = min(n, len(rows))
    return [rows[place * len(rows) // n] for place in range(n)]


def _read_seed(_n: int) -> Iterator[Batch]:
    yield from _divide(_load(SEEDS), load_codebook(CODEBOOKS / "seed.yaml"))


def _read_teaching(_n: int) -> Iterator[Batch]:
    yield from _divide(_load(TEACHING / "articles"), load_codebook(CODEBOOKS / "teaching.yaml"))


def _read_news(n: int) -> Iterator[Batch]:
    """Each item by a codebook of its own."""
    items = [item for item in running_news.read_items() if running_news.part_of(item) != running_news.HELD_OUT]
    for item in draw_evenly(items, n):
        yield Batch(running_news.make_articles([item]), running_news.make_codebook(item))


def _read_gold(_n: int) -> Iterator[Batch]:
    """Texts with actors of their own first, then those that share a codebook."""
    for path in sorted((SEED_GOLD / "phenomena_nl").glob("*.yaml")):
        for item in take_half(read_phenomena(path), "dev"):
            yield Batch(_make_articles([Text(item.id, item.language, item.text)]), item.codebook)
    for language in LANGUAGES:
        for half in functions.HALVES:  # the last half was opened: what it showed was mended
            for passage in functions.read_passages(language, half):
                text = Text(passage["id"], language, passage["text"])
                yield Batch(_make_articles([text]), running_news.make_codebook({**passage, "language": language}))
    for codebook, names in _SHARED:
        texts = [text for name in names for text in read_texts(SEED_GOLD / name)]
        yield from _divide(_make_articles(texts), EMPTY if codebook is None else load_codebook(codebook))
    targets = dict.fromkeys(row["text"] for row in read_targets())
    yield from _divide(_make_articles(_name_texts("target_nl", ((LANGUAGES[0], text) for text in targets))), EMPTY)
    answered = read_frame_answers()[0]
    texts = [Text(str(row.id), LANGUAGES[0], str(row.text)) for row in answered.itertuples()]
    yield from _divide(_make_articles(texts), load_codebook(CODEBOOKS / "frames_generic.yaml"))


def read_texts(path: Path) -> list[Text]:
    """The texts of a gold file, each once and without marks.

    Parameters
    ----------
    path : path
        A text file is one text; JSON Lines and YAML have entries with ``text``, or whose every value is one. What has
        no ``language`` is in that of the file's name.

    Returns
    -------
    list of Text
        Ids are the name of the file and a hash of the text.

    Raises
    ------
    InputError
        When the file is missing, or an entry has no text.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); restore tests/gold with git") from error
    spoken = path.stem.rsplit("_", 1)[-1]
    language = spoken if spoken in LANGUAGES else LANGUAGES[0]
    if path.suffix == ".txt":
        return _name_texts(path.stem, [(language, content.strip())])
    entries = list(map(json.loads, content.splitlines())) if path.suffix == ".jsonl" else yaml.safe_load(content)
    found = []
    for number, entry in enumerate(entries, start=1):
        texts = [entry["text"]] if "text" in entry else list(entry.values())
        if not texts or not all(isinstance(text, str) for text in texts):
            raise InputError(f"{path.name}, entry {number}: holds no text; give it the key text")
        found += [(entry.get("language", language), _MARK.sub(r"\1", text)) for text in texts]
    return _name_texts(path.stem, found)


def _name_texts(prefix: str, texts: Iterable[tuple[str, str]]) -> list[Text]:
    return [
        Text(f"{prefix}-{hashlib.sha256(f'{language} {text}'.encode()).hexdigest()[:10]}", language, text)
        for language, text in dict.fromkeys(texts)
    ]


def _make_articles(texts: Iterable[Text]) -> pd.DataFrame:
    return make_gold_articles([{"article_id": text.id, "language": text.language, "text": text.text} for text in texts])


def _load(folder: Path) -> pd.DataFrame:
    """Articles of a folder, their files named from the project on, so that the tables are the same everywhere."""
    articles = load_articles(folder)
    names = [str(name).removeprefix(f"{ROOT.as_posix()}/") for name in articles["source_file"]]
    return articles.assign(source_file=pd.Series(names, index=articles.index, dtype=articles["source_file"].dtype))


def _divide(articles: pd.DataFrame, codebook: Codebook) -> Iterator[Batch]:
    for first in range(0, len(articles), BATCH):
        yield Batch(articles.iloc[first : first + BATCH].reset_index(drop=True), codebook)


SETS: dict[str, Callable[[int], Iterator[Batch]]] = {
    "seed": _read_seed,
    "teaching": _read_teaching,
    "gold": _read_gold,
    "news": _read_news,
}
"""Sets of texts by name, and what reads them."""
