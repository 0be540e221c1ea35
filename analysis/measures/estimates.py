"""Estimates: means per group with a bootstrap interval over articles.

Reads units (rows with an article, grouping columns and a value); returns the table ``estimates``. Articles are
resampled, not rows: sentences of one article are not independent; nor are articles that repeat one text, which are
drawn together. With one article the sentence is resampled instead, and the column ``unit`` says so: such an estimate
describes that article only.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.coding.evaluations.methods import is_clear, select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.schema import AUTHOR
from analysis.contracts.tables import Tables, make_estimates
from analysis.corpus.duplicates import find_stories
from analysis.measures.scales import is_enough

STORY = "story_id"
"""The first article with a text, of every article that repeats it."""


def estimate(
    units: pd.DataFrame,
    measure: str,
    *,
    by: Sequence[str] = ("actor_id",),
    rng: np.random.Generator,
    n_draws: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Mean of `measure` per group, with a percentile bootstrap interval.

    Parameters
    ----------
    units : DataFrame
        One row per unit: ``article_id``, the columns `by`, the numeric column `measure`, and
        ``sentence_id`` where there is one (needed when several units come from one article alone), and ``story_id``
        where articles may repeat each other (see `tone_units`). Rows where `measure` is empty are no evidence and are
        left out.
    measure : str
        The column to average.
    by : sequence of str, default ("actor_id",)
        Grouping columns; empty for one estimate over all.
    rng : numpy.random.Generator
        Source of randomness; the same seed gives the same interval in whatever order rows come.
    n_draws : int, default 1000
        Bootstrap draws.
    level : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    DataFrame
        Table ``estimates``, sorted by the grouping columns. A group with fewer than ten units, or units of fewer than
        five of what is drawn again, has an estimate and no interval (`analysis.measures.scales`).

    Raises
    ------
    InputError
        When a column is missing, or there is one article with several units in a group and no ``sentence_id``.
    UsageError
        When `n_draws` or `level` is out of range.

    Notes
    -----
    All groups are resampled in the same draws of articles, so that groups of one table are comparable. A text that
    three outlets printed counts three times in the mean, as often as it was read, and once in the draws: it adds one
    observation, not three.
    The interval is about sampling of articles; it does not know the coder's errors, and with few articles it is
    too narrow.

    References
    ----------
    Cameron, A. C., Gelbach, J. B., & Miller, D. L. (2008). Bootstrap-based improvements for inference with
    clustered errors. Review of Economics and Statistics, 90(3), 414-427.

    Examples
    --------
    >>> units = pd.DataFrame({"article_id": ["a", "a", "b"], "actor_id": ["x", "x", "x"], "polarity": [1.0, 0.0, -1.0]})
    >>> estimate(units, "polarity", rng=np.random.default_rng(1))[["actor_id", "estimate", "n_articles", "unit"]]
      actor_id  estimate  n_articles     unit
    0        x       0.0           2  article
    """
    if n_draws < 1 or not 0 < level < 1:
        raise UsageError(f"estimate: n_draws must be at least 1 and level between 0 and 1, not {n_draws} and {level}")
    needed = ["article_id", *by, measure]
    if missing := [column for column in needed if column not in units.columns]:
        raise InputError(f"estimate: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}")
    known = units[units[measure].notna()]
    unit, keys = "article", [STORY] if STORY in known.columns else ["article_id"]
    if len(set(known["article_id"])) == 1:
        if "sentence_id" in known.columns:
            unit, keys = "sentence", ["article_id", "sentence_id"]
        elif known.duplicated(list(by)).any() if by else len(known) > 1:
            raise InputError(
                "estimate: one article only, and no column sentence_id to resample; pass units by sentence"
            )
    fixed = ["measure", "estimate", "ci_low", "ci_high", "n_articles", "n_units", "unit", "method"]
    if known.empty:
        return make_estimates(by, pd.DataFrame({column: [] for column in [*by, *fixed]}))
    known = known.sort_values([*dict.fromkeys([*keys, "article_id"]), *by, measure], kind="stable")
    together = " (the same text as one)" if len(set(known["article_id"])) > known.groupby(keys).ngroups else ""
    cluster, names = pd.factorize(pd.MultiIndex.from_frame(known[keys]), sort=True)
    weights = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=n_draws).astype(float)
    groups = known.groupby(list(by), sort=True, dropna=False) if by else [((), known)]
    rows = []
    tail = (1 - level) / 2 * 100
    for key, group in groups:
        places = cluster[known.index.get_indexer_for(group.index)] if known.index.is_unique else None
        if places is None:
            raise InputError("estimate: the table's index has doubles; call reset_index(drop=True) first")
        values = group[measure].to_numpy(float)
        sums = np.bincount(places, values, minlength=len(names))
        counts = np.bincount(places, minlength=len(names)).astype(float)
        low = high = float("nan")
        if is_enough(len(group), int(np.count_nonzero(counts))):
            drawn = weights @ counts
            means = (weights @ sums)[drawn > 0] / drawn[drawn > 0]
            low, high = np.percentile(means, [tail, 100 - tail])
        # Charts name the method that judged from these words (`analysis.display.charts.style.JUDGED_BY`).
        judged = f" of evaluations by {' and '.join(sorted(set(group['method'])))}" if "method" in group else ""
        rows.append(
            dict(zip(by, key, strict=True))
            | {
                "measure": measure,
                "estimate": float(values.mean()),
                "ci_low": float(low),
                "ci_high": float(high),
                "n_articles": group["article_id"].nunique(),
                "n_units": len(group),
                "unit": unit,
                "method": f"mean{judged}, percentile bootstrap over {unit}s{together}, {n_draws} draws",
            }
        )
    return make_estimates(by, pd.DataFrame(rows))


def add_sides(table: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Add how many of the evaluations behind each mean are negative, neutral and positive.

    Parameters
    ----------
    table : DataFrame
        Table ``estimates`` of ``polarity``, as `estimate` made it of `units`.
    units : DataFrame
        As `tone_units` gives them.

    Returns
    -------
    DataFrame
        `table` with ``n_negative``, ``n_neutral`` (nearer to zero than a clear evaluation) and ``n_positive``, which
        add up to ``n_units``.

    Notes
    -----
    Polarities of the model crowd at the ends of their scale, so a mean tells little of what there is: -0.5 is as often
    half of all evaluations as the strength of any. For charts take the shares, for regression the mean.

    Examples
    --------
    >>> units = pd.DataFrame({"article_id": "a", "sentence_id": [0, 1, 2], "actor_id": "x", "polarity": [-1, 0.1, 0.9]})
    >>> table = add_sides(estimate(units, "polarity", rng=np.random.default_rng(1)), units)
    >>> table[["actor_id", "n_units", "n_negative", "n_neutral", "n_positive"]].to_numpy().tolist()
    [['x', 3, 1, 1, 1]]
    """
    by = list(table.columns[: list(table.columns).index("measure")])
    counts = ["n_negative", "n_neutral", "n_positive"]
    if table.empty:
        return table.assign(**{column: pd.Series(dtype="int64") for column in counts})
    known = units[units["polarity"].notna()]
    clear = is_clear(known)
    sides = known[by].assign(
        n_negative=clear & (known["polarity"] < 0), n_neutral=~clear, n_positive=clear & (known["polarity"] > 0)
    )
    if not by:
        return table.assign(**{column: int(sides[column].sum()) for column in counts})
    summed = sides.groupby(by, dropna=False, as_index=False)[counts].sum()
    return table.merge(summed, on=by, how="left")


def tone_units(tables: Tables, *, method: str | None = None) -> pd.DataFrame:
    """Evaluations of one method as units for `estimate`, with the voice they were made in.

    Parameters
    ----------
    tables : Tables
        All tables of a coded corpus.
    method : str, optional
        Whose evaluations; by default as `analysis.coding.evaluations.methods.select_evaluations` chooses.

    Returns
    -------
    DataFrame
        ``article_id``, ``sentence_id``, ``actor_id`` (who is judged), ``voice`` (``own voice`` or
        ``quoted``), ``source_id``, ``method``, ``outlet``, ``published``, ``story_id`` (the first article with the same
        text), ``polarity``.
    """
    judged = select_evaluations(tables.evaluations, method)
    units = judged[["article_id", "sentence_id", "target_id", "source_id", "method", "polarity"]].rename(
        columns={"target_id": "actor_id"}
    )
    units["voice"] = units["source_id"].eq(AUTHOR).map({True: "own voice", False: "quoted"}).astype("str")
    return units.merge(_about(tables.articles), on="article_id", how="left")


def frame_units(
    tables: Tables, *, frame_ids: Sequence[str], captions: bool = False, method: str | None = None
) -> pd.DataFrame:
    """Every sentence and frame as a unit for `estimate`: is the frame present (1.0) or not (0.0).

    Parameters
    ----------
    tables : Tables
        A coded corpus.
    frame_ids : sequence of str
        The frames.
    captions : bool, default False
        Also photo captions.
    method : str, optional
        Whose answers; by default those that count, see `analysis.coding.frames.methods.select_frames`.

    Returns
    -------
    DataFrame
        ``article_id``, ``sentence_id``, ``paragraph``, ``frame_id``, ``present``, ``outlet``, ``published``,
        ``story_id``.
    """
    sentences = tables.sentences if captions else tables.sentences[tables.sentences["part"] != "caption"]
    grid = sentences[["article_id", "sentence_id", "paragraph"]].merge(
        pd.DataFrame({"frame_id": pd.Series(list(frame_ids), dtype="str")}), how="cross"
    )
    answered = select_frames(tables.frames, method)
    present = answered[["article_id", "sentence_id", "frame_id"]].drop_duplicates().assign(present=1.0)
    units = grid.merge(present, how="left").fillna({"present": 0.0})
    return units.merge(_about(tables.articles), on="article_id", how="left")


def _about(articles: pd.DataFrame) -> pd.DataFrame:
    """Outlet, day and story of every article."""
    about = articles[["article_id", "outlet", "published"]]
    return about.assign(**{STORY: find_stories(articles)})
