"""In what light an article puts an actor: its judgements added up as a coder of whole articles adds them up.

Reads evaluations and sentences; returns a row per article and actor. A mean over all mentions says little of an
article, since most mentions judge nobody: here sentences are counted that judge, those of headline and lead double.
"""

from __future__ import annotations

import pandas as pd

from analysis.coding.evaluations.methods import CLEAR

WEIGHT_FIRST = 2
"""Of a judgement in headline or lead, which stand for what the article is about."""
LEAST = 2
"""Weight below which there is no light on the actor: one judgement in passing."""
MAJORITY = 2 / 3
"""Share of the judgements, by weight, that decides between bad and good light."""
DAMPING = 4
"""Weight at which a one-sided article reaches half of -1 or 1; chosen on two thirds of the running news."""
FIRST = ("headline", "lead")


def tone_in_articles(evaluations: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Light on each actor in each article.

    Parameters
    ----------
    evaluations : DataFrame
        Table ``evaluations``, one method.
    sentences : DataFrame
        Table ``sentences`` of the same articles.

    Returns
    -------
    DataFrame
        By article and actor, those with an evaluation: ``article_id``, ``actor_id``; ``good``, ``bad``, the weight of
        the sentences that clearly judge the actor: the strongest evaluation of a sentence, whoever judges, of which
        equally strong ones in both directions cancel out; 2 in headline and lead, otherwise 1. ``tone`` [-1, 1], their
        difference by strength, damped where there are few; ``side``, -1, 0 or 1: the side with two thirds of a weight
        of at least 2.

    Notes
    -----
    The rules of section 1 of data/teaching/codebook.md, for coders. How well it agrees with them stands in
    docs/validation.md.

    Examples
    --------
    >>> evaluations = pd.DataFrame({
    ...     "article_id": "a", "sentence_id": [0, 1, 2], "target_id": "mayor", "polarity": [-0.8, -0.6, 0.1]})
    >>> sentences = pd.DataFrame({"article_id": "a", "sentence_id": [0, 1, 2], "part": ["headline", "lead", "body"]})
    >>> tone_in_articles(evaluations, sentences).round(2).to_dict("records")
    [{'article_id': 'a', 'actor_id': 'mayor', 'good': 0.0, 'bad': 4.0, 'tone': -0.41, 'side': -1}]
    """
    judged = evaluations[["article_id", "sentence_id", "target_id", "polarity"]]
    strength = judged["polarity"].abs()
    order = judged.assign(strength=strength).sort_values(
        ["article_id", "target_id", "sentence_id", "strength", "polarity"], kind="stable"
    )
    keys = ["article_id", "target_id", "sentence_id"]
    strongest = order.drop_duplicates(keys, keep="last")
    top = order.merge(strongest[[*keys, "strength"]], on=[*keys, "strength"])
    strongest = top.groupby(keys, as_index=False).agg(
        polarity=("polarity", "mean"), strength=("polarity", lambda values: abs(values.mean()))
    )
    parts = sentences[["article_id", "sentence_id", "part"]]
    rows = strongest.merge(parts, on=["article_id", "sentence_id"], how="left", validate="many_to_one")
    weight = rows["part"].isin(FIRST).map({True: float(WEIGHT_FIRST), False: 1.0})
    weight = weight.where(rows["strength"] >= CLEAR, 0.0)
    rows = rows.assign(
        good=weight.where(rows["polarity"] > 0, 0.0),
        bad=weight.where(rows["polarity"] < 0, 0.0),
        light=weight * rows["polarity"],
        strength=weight * rows["strength"],
    )
    sums = rows.groupby(["article_id", "target_id"], as_index=False)[["good", "bad", "light", "strength"]].sum()
    total = sums["good"] + sums["bad"]
    has_light = total >= LEAST
    side = (has_light & (sums["good"] >= MAJORITY * total)).astype(int) - (
        has_light & (sums["bad"] >= MAJORITY * total)
    ).astype(int)
    found = sums.assign(tone=sums["light"] / (sums["strength"] + DAMPING), side=side)
    found = found.rename(columns={"target_id": "actor_id"})
    return found[["article_id", "actor_id", "good", "bad", "tone", "side"]]
