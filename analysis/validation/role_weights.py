"""Weighing evidence for roles by a supervised model: which of the three roles fits an actor that an article casts.

Reads the tables of coded articles; returns signals per article and actor, weights learnt from codes of human coders,
and probabilities. It is what `code_roles`, which needs no codes, is compared with.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from analysis.coding.actions.code import keep_done
from analysis.contracts.errors import InputError
from analysis.contracts.schema_roles import EVIDENCE_OF_ROLES, FUNCTIONS, ROLES
from analysis.contracts.tables import Tables, rows_of

KEYS = ["article_id", "actor_id"]
SIGNALS = (
    *(f"{origin}_{role}" for origin in EVIDENCE_OF_ROLES for role in ROLES),
    *FUNCTIONS,
    "tone",
    "n_mentions",
    "n_quotes",
    "n_agent",
    "n_patient",
)
"""What is weighed: the logarithm of one more than each sum or count, and the mean polarity."""
STRENGTH = 0.1
"""Inverse strength of the penalty on weights (scikit-learn's C): few coded actors, many signals that go together."""
N_FOLDS = 5


def gather_signals(tables: Tables) -> pd.DataFrame:
    """Signals per article and actor.

    Parameters
    ----------
    tables : Tables
        Of coded articles.

    Returns
    -------
    DataFrame
        ``article_id``, ``actor_id`` and `SIGNALS`, for every actor that is mentioned or has evidence. Evidence of an
        origin and role is the sum of the heaviest weight per sentence.
    """
    found: dict[tuple[str, str], Counter[str]] = {}
    heaviest: dict[tuple[str, str, str, int], float] = {}
    for row in rows_of(tables.role_evidence):
        key = (row.article_id, row.actor_id, f"{row.origin}_{row.role}", int(row.sentence_id))
        heaviest[key] = max(heaviest.get(key, 0.0), float(row.weight))
    for (article_id, actor_id, signal, _), weight in heaviest.items():
        found.setdefault((article_id, actor_id), Counter())[signal] += weight  # type: ignore[assignment]
    done = keep_done(tables.actions)
    for table, column, signal in (
        (tables.mentions, "actor_id", "n_mentions"),
        (tables.quotes, "source_id", "n_quotes"),
        (done, "agent_id", "n_agent"),
        (done, "patient_id", "n_patient"),
    ):
        for article_id, actor_id in zip(table["article_id"], table[column], strict=True):
            if isinstance(actor_id, str) and actor_id:
                found.setdefault((article_id, actor_id), Counter())[signal] += 1
    for row in rows_of(tables.functions):
        if isinstance(row.actor_id, str) and not row.negated:
            found.setdefault((row.article_id, row.actor_id), Counter())[row.function] += 1
    keys = sorted(found)
    table = pd.DataFrame(
        [{signal: np.log1p(found[key][signal]) for signal in SIGNALS} for key in keys],
        columns=list(SIGNALS),
        dtype=float,
    )
    named = pd.DataFrame(keys, columns=KEYS)
    tone = named.merge(
        tables.features[[*KEYS, "tone"]] if len(tables.features) else named.assign(tone=np.nan), how="left", on=KEYS
    )
    return pd.concat([named, table.assign(tone=tone["tone"].fillna(0.0).to_numpy(float))], axis=1)


def fit_role_weights(signals: pd.DataFrame, roles: pd.Series[str], *, strength: float = STRENGTH) -> pd.DataFrame:
    """Learn how much each signal speaks for each role.

    Parameters
    ----------
    signals : DataFrame
        With `SIGNALS`, a row per coded actor.
    roles : Series of str
        ``hero``, ``villain`` or ``victim``, as coded, in the order of `signals`.
    strength : float
        See `STRENGTH`.

    Returns
    -------
    DataFrame
        ``signal`` (``intercept`` last), ``mean`` and ``deviation`` by which it is standardised, and a weight for each
        role: log odds per standard deviation.

    Raises
    ------
    InputError
        When a role is not coded at all.
    """
    if missing := [role for role in ROLES if role not in set(roles)]:
        raise InputError(f"fit_role_weights: no actor is coded as {missing[0]}; every role needs some")
    values = signals[list(SIGNALS)].to_numpy(float)
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    model = LogisticRegression(C=strength, max_iter=5000, class_weight="balanced")
    model.fit((values - mean) / deviation, roles.to_numpy(str))
    order = [list(model.classes_).index(role) for role in ROLES]
    weights = pd.DataFrame(model.coef_[order].T, columns=list(ROLES))
    table = pd.concat([pd.DataFrame({"signal": SIGNALS, "mean": mean, "deviation": deviation}), weights], axis=1)
    last = {"signal": "intercept", "mean": 0.0, "deviation": 1.0}
    return pd.concat(
        [table, pd.DataFrame([last | dict(zip(ROLES, model.intercept_[order], strict=True))])], ignore_index=True
    )


def weigh_roles(signals: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Probability of each role, given that the article casts the actor in one.

    Parameters
    ----------
    signals : DataFrame
        From `gather_signals`.
    weights : DataFrame
        From `fit_role_weights`.

    Returns
    -------
    DataFrame
        The columns ``hero``, ``villain`` and ``victim``, in the order of `signals`; each row sums to one.
    """
    known = weights.set_index("signal")
    values = signals[list(SIGNALS)].to_numpy(float)
    part = known.loc[list(SIGNALS)]
    scores = (values - part["mean"].to_numpy(float)) / part["deviation"].to_numpy(float)
    scores = scores @ part[list(ROLES)].to_numpy(float) + known.loc["intercept", list(ROLES)].to_numpy(float)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return pd.DataFrame(odds / odds.sum(axis=1, keepdims=True), columns=list(ROLES), index=signals.index)


def weigh_left_out(signals: pd.DataFrame, roles: pd.Series[str], groups: pd.Series[str]) -> list[str]:
    """The likeliest role of each actor by weights learnt from other articles: `N_FOLDS` folds by `groups`.

    Raises
    ------
    InputError
        When there are fewer articles than folds.
    """
    if groups.nunique() < N_FOLDS:
        raise InputError(f"weigh_left_out: {groups.nunique()} articles are too few for {N_FOLDS} folds")
    said = np.empty(len(signals), dtype=object)
    for learn, score in GroupKFold(N_FOLDS).split(signals, roles, groups):
        weights = fit_role_weights(signals.iloc[learn], roles.iloc[learn])
        said[score] = weigh_roles(signals.iloc[score], weights).idxmax(axis=1).to_numpy(str)
    return [str(role) for role in said]
