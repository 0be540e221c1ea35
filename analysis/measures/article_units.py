"""Units of whole articles: how an actor comes off, which frames are carried, who is quoted and who is named.

Reads the tables of a coded corpus; returns units for `estimate`, `compare` and `correct_means`: rows with
``article_id``, ``outlet``, ``published`` and a number. These are the units that coders code, so that a gold code can
stand beside the machine's (`add_gold_codes`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.evaluations.methods import select_evaluations
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import Tables
from analysis.measures.article_tone import tone_in_articles

ABOUT = ["article_id", "outlet", "published"]
NAMED = ("name", "title")
"""Forms of a mention that name somebody."""


def tone_of_articles(tables: Tables, *, codebook: Codebook) -> pd.DataFrame:
    """How each actor of the codebook comes off in each article that mentions it.

    Parameters
    ----------
    tables : Tables
        A coded corpus.
    codebook : Codebook
        Only its actors: whoever it does not list is nobody that coders were asked to code.

    Returns
    -------
    DataFrame
        ``article_id``, ``outlet``, ``published``, ``actor_id``, ``tone`` [-1, 1] of
        `analysis.measures.article_tone.tone_in_articles` (0 where the actor is mentioned and nobody judges it, as for a
        coder), ``is_toned`` (1.0 where good or bad light falls on the actor, 0.0 otherwise).
    """
    known = tables.features
    known = known[known["actor_id"].isin(list(codebook.actors)) & (known["n_mentions"] > 0)]
    light = tone_in_articles(select_evaluations(tables.evaluations, None), tables.sentences)
    units = known[[*ABOUT, "actor_id"]].merge(light, on=["article_id", "actor_id"], how="left")
    is_toned = units["side"].fillna(0).ne(0).astype(float)
    return units[[*ABOUT, "actor_id"]].assign(tone=units["tone"].fillna(0.0), is_toned=is_toned)


def frames_of_articles(tables: Tables, *, frame_ids: Sequence[str]) -> pd.DataFrame:
    """Whether each article carries each frame.

    Returns
    -------
    DataFrame
        ``article_id``, ``outlet``, ``published``, ``frame_id``, ``carried`` (1.0 or 0.0: none of the sentences that
        were asked carries it); no row where no sentence could be asked.
    """
    asked = select_frames(tables.article_frames)
    asked = asked[asked["frame_id"].isin(list(frame_ids)) & (asked["n_sentences"] > 0)]
    found = asked.groupby(["article_id", "frame_id"], as_index=False)["is_present"].max()
    units = found.assign(carried=found["is_present"].astype(float)).merge(tables.articles[ABOUT], on="article_id")
    return pd.DataFrame(units[[*ABOUT, "frame_id", "carried"]])


def quotes_of_articles(tables: Tables, *, codebook: Codebook, speakers: Sequence[str]) -> pd.DataFrame:
    """Every quote and kind of speaker: is it theirs (1.0) or not (0.0).

    Parameters
    ----------
    tables : Tables
        A coded corpus.
    codebook : Codebook
        Says who is part of whom.
    speakers : sequence of str
        Actors that others are part of, such as those in office; a quote of a part counts for the whole. Ids that the
        codebook does not have are left out.

    Returns
    -------
    DataFrame
        ``article_id``, ``outlet``, ``published``, ``sentence_id`` (where the quote begins), ``quote_id``, ``actor_id``
        (of `speakers`), ``spoken``. Speech that the text gives to nobody is left out, and so is speech within speech:
        whoever reports it is quoted.
    """
    quotes = tables.quotes[tables.quotes["outer_id"].isna() & tables.quotes["source_id"].notna()]
    lineages = {str(key): set(codebook.lineage(str(key))) for key in quotes["source_id"].unique()}
    asked = pd.DataFrame({"actor_id": pd.Series([name for name in speakers if name in codebook.actors], dtype="str")})
    sentences = tables.sentences[["article_id", "sentence_id", "start"]].rename(columns={"start": "begins"})
    quotes = pd.merge_asof(
        quotes[["article_id", "quote_id", "start", "source_id"]].sort_values("start", kind="stable"),
        sentences.sort_values("begins", kind="stable"),
        left_on="start", right_on="begins", by="article_id",
    )  # fmt: skip
    units = quotes.merge(asked, how="cross")
    spoken = [
        float(actor in lineages[str(source)])
        for source, actor in zip(units["source_id"], units["actor_id"], strict=True)
    ]
    units = units.assign(spoken=np.asarray(spoken, float)).merge(tables.articles[ABOUT], on="article_id")
    kept = units[[*ABOUT, "sentence_id", "quote_id", "actor_id", "spoken"]]
    return kept.sort_values(["article_id", "quote_id", "actor_id"], ignore_index=True)


def names_of_articles(tables: Tables, *, codebook: Codebook, actors: Sequence[str]) -> pd.DataFrame:
    """How many of these persons each article calls by their name.

    Parameters
    ----------
    tables : Tables
        A coded corpus.
    codebook : Codebook
        Ids that it does not have are left out.
    actors : sequence of str
        The persons.

    Returns
    -------
    DataFrame
        ``article_id``, ``outlet``, ``published``, ``n_named``: a row for every article, zero included; no rows when
        the codebook has none of the persons.
    """
    asked = [name for name in actors if name in codebook.actors]
    mentions = tables.mentions
    named = mentions[mentions["actor_id"].isin(asked) & mentions["form"].isin(NAMED)]
    counts = named.groupby("article_id")["actor_id"].nunique()
    units = tables.articles[ABOUT] if asked else tables.articles[ABOUT].iloc[:0]
    n_named = counts.reindex(units["article_id"], fill_value=0).astype(float).to_numpy()
    return units.assign(n_named=n_named).reset_index(drop=True)


def widest_actors(units: pd.DataFrame, *, group: str = "outlet", n: int = 4, first: Collection[str] = ()) -> list[str]:
    """Actors to compare: `first`, then those with units in most values of `group`, then in most articles."""
    known = units[units[group].notna()]
    counts = known.groupby("actor_id")[[group, "article_id"]].nunique().reset_index()
    counts["is_first"] = counts["actor_id"].isin(list(first))
    keys = ["is_first", group, "article_id", "actor_id"]
    ordered = counts.sort_values(keys, ascending=[False, False, False, True], kind="stable")
    return [str(actor_id) for actor_id in ordered["actor_id"].head(n)]


def add_gold_codes(
    units: pd.DataFrame,
    codes: pd.DataFrame,
    code: str,
    *,
    rng: np.random.Generator,
    share: float = 0.5,
    strata: str = "outlet",
    absent: float | None = None,
) -> pd.DataFrame:
    """Set the gold codes of a random sample of articles beside the machine's codes of all.

    Parameters
    ----------
    units : DataFrame
        The machine's codes, with ``article_id`` and `strata`.
    codes : DataFrame
        Codes of coders, people or language models: the column `code`, and keys that `units` has too (``article_id``,
        and ``actor_id`` or ``frame_id``).
    code : str
        The column with the code.
    rng : numpy.random.Generator
        Draws the articles; the order of rows changes nothing.
    share : float in (0, 1], default 0.5
        Share of the coded articles of each stratum that is drawn, rounded up.
    strata : str, default "outlet"
        Articles are drawn within its values.
    absent : float, optional
        The code of a drawn article's unit that the coders have no row for. By default the unit then counts as not
        coded, which is right only if that says nothing of its code.

    Returns
    -------
    DataFrame
        The units of articles that were coded, with ``coded`` (the gold code, empty where the article was not drawn)
        and ``probability`` (with which its article was drawn). No rows where no article was coded.

    Raises
    ------
    UsageError
        When `share` is out of range.
    InputError
        When a column is missing, or a unit has two gold codes.
    """
    if not 0 < share <= 1:
        raise UsageError(f"add_gold_codes: share must lie above 0 and up to 1, not {share}")
    keys = [
        column
        for column in codes.columns
        if column in units.columns and column in ("article_id", "actor_id", "frame_id")
    ]
    if missing := [column for column in ("article_id", strata) if column not in units.columns] + (
        [column for column in ("article_id", code) if column not in codes.columns]
    ):
        raise InputError(f"add_gold_codes: the table lacks {', '.join(missing)}")
    if codes.duplicated(keys).any():
        raise InputError(f"add_gold_codes: a unit has more than one {code}; keep one coder's codes")
    known = units[units["article_id"].isin(set(codes["article_id"])) & units[strata].notna()]
    articles = known[["article_id", strata]].drop_duplicates().sort_values([strata, "article_id"], ignore_index=True)
    articles["number"] = rng.random(len(articles))
    within = articles.groupby(strata)["number"]
    size = within.transform("size")
    n_drawn = np.ceil(size * share - 1e-9)
    articles["probability"] = n_drawn / size
    articles["is_drawn"] = within.rank(method="first") <= n_drawn
    merged = known.merge(articles.drop(columns=["number", strata]), on="article_id").merge(
        codes[[*keys, code]].rename(columns={code: "coded"}), on=keys, how="left"
    )
    coded = merged["coded"].astype(float)
    if absent is not None:
        coded = coded.fillna(absent)
    merged["coded"] = coded.where(merged["is_drawn"])
    return merged.drop(columns="is_drawn").reset_index(drop=True)


def with_full_coding(estimates: pd.DataFrame, units: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Add the answer where it is known: the mean of the gold codes of all articles, as the estimator ``all``.

    Parameters
    ----------
    estimates : DataFrame
        As `analysis.measures.correction.correct_means` returns it.
    units : DataFrame
        As `add_gold_codes` returns it with a share of one: every article is coded.
    by : sequence of str
        The groups of `estimates`.

    Returns
    -------
    DataFrame
        `estimates` with a row more for each group, without an interval: nothing is left to be unsure of but the coders.
    """
    if estimates.empty:
        return estimates
    known = units[units["coded"].notna()].groupby(list(by), as_index=False)
    means = known.agg(estimate=("coded", "mean"), n_units=("coded", "size"), n_articles=("article_id", "nunique"))
    means = means.assign(
        estimator="all", measure=estimates["measure"].iloc[0], ci_low=np.nan, ci_high=np.nan, unit="article",
        method="gold codes of all articles",
    )  # fmt: skip
    means = means.assign(n_coded=means["n_units"])
    return pd.concat([estimates, means[list(estimates.columns)]], ignore_index=True)


def with_full_changes(
    estimates: pd.DataFrame, units: pd.DataFrame, term: str, *, by: Sequence[str] = ("actor_id",)
) -> pd.DataFrame:
    """Add the change by all gold codes, as the estimator ``all``: the slope of the codes on one term, in every group.

    Parameters
    ----------
    estimates : DataFrame
        As `analysis.measures.trends.correct_differences` returns it.
    units : DataFrame
        As `add_gold_codes` returns it with a share of one, with the column `term`.
    term : str
        The number that `estimates` is the slope of.
    by : sequence of str
        The groups of `estimates`.

    Returns
    -------
    DataFrame
        `estimates` with a row more for each of its groups, without an interval.
    """
    if estimates.empty:
        return estimates
    known = units[units["coded"].notna() & units[term].notna()]
    known = known.merge(estimates[list(by)].drop_duplicates(), on=list(by))
    slopes = {
        key: float(np.polyfit(part[term].to_numpy(float), part["coded"].to_numpy(float), 1)[0])
        for key, part in known.groupby(list(by), sort=True)
    }
    counts = known.groupby(list(by), as_index=False).agg(
        n_units=("coded", "size"), n_articles=("article_id", "nunique")
    )
    whole = counts.assign(
        estimate=list(slopes.values()), estimator="all", measure=estimates["measure"].iloc[0], ci_low=np.nan,
        ci_high=np.nan, unit="article", method="gold codes of all articles", n_coded=counts["n_units"],
    )  # fmt: skip
    return pd.concat([estimates, whole[list(estimates.columns)]], ignore_index=True)
