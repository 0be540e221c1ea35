"""Tables of micro-frames, part of `analysis.contracts.schema`: sentences and actors on axes of opposite meanings."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.contracts.schema_rules import Table, text


class Places(Table):
    """One row per sentence with an actor and axis of opposite meanings."""

    article_id: Series[str] = text("Key")
    sentence_id: Series[int] = pa.Field(ge=0, description="Key")
    axis_id: Series[str] = text("Key. Axis in the codebook")
    place: Series[float] = pa.Field(
        description="Where the sentence lies, names left out, in standard deviations of all sentences with an actor: 0 "
        "is their mean in its language, above it towards the pole high"
    )


class MicroFrames(Table):
    """One row per actor and axis of opposite meanings."""

    actor_id: Series[str] = text("Key")
    axis_id: Series[str] = text("Key. Axis in the codebook")
    n_sentences: Series[int] = pa.Field(ge=1, description="Sentences that mention the actor: denominator")
    n_articles: Series[int] = pa.Field(ge=1, description="Articles they stand in")
    bias: Series[float] = pa.Field(
        description="Mean place of them, in standard deviations of a sentence: above 0 they lean to the pole high, "
        "below to low; 0.3 is much"
    )
    ci_low: Series[float] = pa.Field(nullable=True, description="Lower bound; empty for fewer than three units")
    ci_high: Series[float] = pa.Field(nullable=True, description="Upper bound")
    bias_p: Series[float] = pa.Field(gt=0, le=1, description="Share of permutations with a bias as far from 0")
    bias_q: Series[float] = pa.Field(gt=0, le=1, description="The same corrected for all rows (Benjamini & Hochberg)")
    intensity: Series[float] = pa.Field(
        ge=0, description="Mean squared place: 1 is that of all sentences with an actor, more takes sides more strongly"
    )
    intensity_p: Series[float] = pa.Field(gt=0, le=1, description="Share of permutations with an intensity as high")
    intensity_q: Series[float] = pa.Field(gt=0, le=1, description="The same corrected for all rows")
    unit: Series[str] = text("What was permuted and drawn again: article, or sentence when there is one article only")
    article_id: Series[str] = text("Where the sentence stands that lies farthest in the direction of the bias")
    sentence_id: Series[int] = pa.Field(ge=0, description="That sentence")
