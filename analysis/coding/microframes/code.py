"""Micro-frames: to which of two opposite meanings the sentences about an actor lean, and how strongly they take sides.

Reads a `Reading`, the table ``mentions`` and the axes of a codebook; returns the tables ``places`` (where each sentence
lies on each axis) and ``microframes`` (one row per actor and axis, with what chance alone would give). Sentences are
placed by their vectors, so that a context counts as a whole and not by the words it happens to share with a pole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.frames.features import FloatArray, list_sentences
from analysis.coding.language.record import get_language
from analysis.coding.microframes.axes import find_directions
from analysis.coding.microframes.chance import adjust, make_blocks, permute, resample
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import group_rows, make_table
from analysis.reading import Reading, load_reading_model

NAMING = ("name", "title", "demonym", "metonym")
"""Forms of mentions that are names. Descriptions (`de relschoppers`) stay: they are framing."""
KEYS = ["article_id", "sentence_id"]


def place_sentences(
    reading: Reading, mentions: pd.DataFrame, codebook: Codebook, *, captions: bool = False
) -> pd.DataFrame:
    """Place every sentence with an actor on every axis of a codebook.

    Parameters
    ----------
    reading : Reading
        All articles of the study, read by whatever reading: the middle of an axis is that of their sentences.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    codebook : Codebook
        Its ``axes``.
    captions : bool, default False
        Also use photo captions.

    Returns
    -------
    DataFrame
        Table ``places``: 0 is the mean of all sentences with an actor in the same language, 1 one standard deviation
        towards the pole ``high``.

    Raises
    ------
    UsageError
        When the codebook has no axes, or the poles of an axis mean the same.

    Notes
    -----
    Names are replaced by a word that means nobody in particular, so that a sentence is placed by what it says of an
    actor, and renaming an actor changes nothing. Languages have a middle each, since the model's vectors of English and
    Dutch differ by up to two thirds of a standard deviation on an axis. The reading model reads every sentence once
    more, whatever read it before.

    References
    ----------
    Kwak, H., An, J., Jing, E., & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with word
    embedding. PeerJ Computer Science, 7, e644.
    """
    if not codebook.axes:
        raise UsageError("place_sentences: the codebook has no axes; include frames_axes.yaml, or write some")
    by_sentence = group_rows(mentions[mentions["actor_id"].notna()], *KEYS)
    listed = list_sentences(reading, captions=captions, vectors=False)
    sentences = [sentence for sentence in listed if (sentence.article_id, sentence.sentence_id) in by_sentence]
    if not sentences:
        return make_table("places", [])
    texts = []
    for sentence in sentences:
        named = [row for row in by_sentence[sentence.article_id, sentence.sentence_id] if row.form in NAMING]
        spans = [(row.start - sentence.start, row.end - sentence.start) for row in named]
        texts.append(hide_names(sentence.text, spans, sentence.language))
    axes = list(codebook.axes.values())
    raw = np.asarray(load_reading_model().embed(texts), np.float64) @ find_directions(axes).T
    rows = {
        "article_id": np.repeat([sentence.article_id for sentence in sentences], len(axes)),
        "sentence_id": np.repeat([sentence.sentence_id for sentence in sentences], len(axes)),
        "axis_id": np.tile([axis.id for axis in axes], len(sentences)),
        "place": standardise(raw, [sentence.language for sentence in sentences]).ravel(),
    }
    return make_table("places", pd.DataFrame(rows))


def code_microframes(
    places: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    rng: np.random.Generator,
    within_articles: bool = False,
    least: int = 3,
    n_draws: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Bias and intensity of every actor on every axis, against chance.

    Parameters
    ----------
    places : DataFrame
        Table ``places``, of `place_sentences`.
    mentions : DataFrame
        Table ``mentions`` of the same articles.
    rng : numpy.random.Generator
        Source of randomness; the same seed gives the same table.
    within_articles : bool, default False
        Count places from the mean of their article. Bias then tells an actor from the others in the same articles, and
        no longer where its articles, and so the events it has a part in, stand.
    least : int, default 3
        Least number of sentences that mention an actor; others get no row.
    n_draws : int, default 1000
        Permutations, and bootstrap draws.
    level : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    DataFrame
        Table ``microframes``. ``unit`` says what was permuted and drawn again: articles, or sentences where there is
        one article only, and then all of it describes that article.

    Raises
    ------
    UsageError
        When `least` or `n_draws` is below one, or `level` not between 0 and 1.
    InputError
        When `places` lacks a sentence on some axis.

    Notes
    -----
    Bias is the mean place of the actor's sentences: FrameAxis's bias less that of the corpus. Intensity is their mean
    squared place: 1 is that of all sentences with an actor, more is taking sides more strongly, either way. What chance
    is: `analysis.coding.microframes.chance.permute`. With few articles intervals are too narrow, and no p-value can be
    lower than one divided by the number of ways to exchange them: an actor in one of ten articles cannot be found.

    References
    ----------
    Kwak, H., An, J., Jing, E., & Ahn, Y.-Y. (2021). FrameAxis. PeerJ Computer Science, 7, e644.

    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B, 57(1), 289-300.
    """
    if least < 1 or n_draws < 1 or not 0 < level < 1:
        raise UsageError(
            f"code_microframes: least={least} and n_draws={n_draws} must be at least 1, level={level} between 0 and 1"
        )
    wide = _widen(places)
    rows_of_actors = _find_rows(wide, mentions, least)
    if not rows_of_actors:
        return make_table("microframes", [])
    if within_articles:
        wide = wide - wide.groupby(level="article_id").transform("mean")
    values = wide.to_numpy(float)
    article_ids = wide.index.get_level_values("article_id").to_numpy()
    is_one = len(set(article_ids)) == 1
    blocks = make_blocks(values, np.arange(len(values)) if is_one else article_ids, list(rows_of_actors.values()))
    bias_p, intensity_p = permute(blocks, n_draws=n_draws, rng=rng)
    low, high = resample(blocks, n_draws=n_draws, level=level, rng=rng)
    own_values = [values[own] for own in rows_of_actors.values()]
    bias = np.array([places.mean(axis=0) for places in own_values])
    intensity = np.array([(places**2).mean(axis=0) for places in own_values])
    farthest = np.array(
        [
            np.asarray(own)[np.argmax(values[own] * np.where(mean >= 0, 1, -1), axis=0)]
            for own, mean in zip(rows_of_actors.values(), bias, strict=True)
        ]
    ).ravel()
    table = pd.DataFrame(
        {
            "actor_id": list(rows_of_actors),
            "n_sentences": [len(own) for own in rows_of_actors.values()],
            "n_articles": [len(set(article_ids[own])) for own in rows_of_actors.values()],
            "unit": "sentence" if is_one else "article",
        }
    )
    table = table.loc[table.index.repeat(len(wide.columns))]
    return make_table(
        "microframes",
        table.assign(
            axis_id=np.tile(wide.columns.to_numpy(), len(rows_of_actors)),
            bias=bias.ravel(),
            ci_low=low.ravel(),
            ci_high=high.ravel(),
            bias_p=bias_p.ravel(),
            bias_q=adjust(bias_p).ravel(),
            intensity=intensity.ravel(),
            intensity_p=intensity_p.ravel(),
            intensity_q=adjust(intensity_p).ravel(),
            article_id=article_ids[farthest],
            sentence_id=wide.index.get_level_values("sentence_id").to_numpy()[farthest],
        ),
    )


def list_pulling_sentences(
    places: pd.DataFrame,
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    actor_id: str,
    axis_id: str,
    n: int = 3,
) -> pd.DataFrame:
    """The sentences about an actor that lie farthest towards either pole of an axis.

    Parameters
    ----------
    places, mentions, sentences : DataFrame
        Tables of the same articles.
    actor_id, axis_id : str
        Which number is to be led back to sentences.
    n : int, default 3
        At most so many per pole.

    Returns
    -------
    DataFrame
        ``pole`` (low, then high), ``place``, ``article_id``, ``sentence_id`` and ``sentence``, the farthest first. No
        sentence is shown for a pole on whose side of the middle the actor has none.

    Raises
    ------
    UsageError
        When the actor has no sentence on that axis.
    """
    own = mentions.loc[mentions["actor_id"] == actor_id, KEYS].drop_duplicates()
    found = places[places["axis_id"] == axis_id].merge(own, on=KEYS)
    if found.empty:
        raise UsageError(f"list_pulling_sentences: '{actor_id}' has no sentence on the axis '{axis_id}'")
    found = found.sort_values(["place", *KEYS])
    low = found[found["place"] < 0].head(n).assign(pole="low")
    high = found[found["place"] > 0].sort_values("place", ascending=False, kind="stable").head(n).assign(pole="high")
    texts = sentences[[*KEYS, "text"]].rename(columns={"text": "sentence"})
    shown = pd.concat([low, high]).merge(texts, on=KEYS, how="left", validate="many_to_one")
    return shown[["pole", "place", *KEYS, "sentence"]]


def hide_names(text: str, spans: Sequence[tuple[int, int]], language: str) -> str:
    """Put a word that means nobody in particular in the place of every name in a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    spans : sequence of (int, int)
        Half-open characters of the names in it, in any order; those that overlap count as one.
    language : str
        Of the sentence.

    Notes
    -----
    The model knows names, or thinks so: an invented name alone moves all sentences of its bearer by a quarter of a
    standard deviation.

    Examples
    --------
    >>> hide_names("Anna en Bram de Wit wonnen.", [(8, 12), (8, 19), (0, 4)], "nl")
    'Iemand en iemand wonnen.'
    """
    stand_in = "".join(get_language(language).in_order("frames", "stand_in")) or "…"
    hidden, position = "", 0
    for start, end in sorted(spans):
        if start >= position:
            hidden += text[position:start] + (stand_in if start else stand_in.capitalize())
        position = max(position, end)
    return hidden + text[position:]


def standardise(raw: FloatArray, languages: Sequence[str]) -> FloatArray:
    """Take the mean of its language from each row, and divide by the standard deviation of all."""
    places = raw - pd.DataFrame(raw).groupby(np.asarray(languages)).transform("mean").to_numpy(float)
    spread = places.std(axis=0)
    # What does not differ by more than rounding lies in the middle.
    return np.asarray(np.divide(places, spread, out=np.zeros_like(places), where=spread > 1e-9))


def _widen(places: pd.DataFrame) -> pd.DataFrame:
    """A row per sentence, a column per axis."""
    wide = places.pivot_table(index=KEYS, columns="axis_id", values="place", sort=True)
    if wide.isna().any(axis=None):
        raise InputError("code_microframes: places lacks a sentence on some axis; pass all rows of place_sentences")
    return wide


def _find_rows(wide: pd.DataFrame, mentions: pd.DataFrame, least: int) -> dict[str, list[int]]:
    """Rows of each actor that has at least `least`, actors in order."""
    named = mentions.loc[mentions["actor_id"].notna(), [*KEYS, "actor_id"]].drop_duplicates()
    named = named.assign(row=wide.index.get_indexer(pd.MultiIndex.from_frame(named[KEYS])))
    found = named[named["row"] >= 0].groupby("actor_id")["row"].agg(sorted)
    return {str(actor_id): rows for actor_id, rows in found.items() if len(rows) >= least}
