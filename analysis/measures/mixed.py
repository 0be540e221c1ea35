"""Mixed models: differences between groups of articles, where articles and days have moods of their own.

Reads units (rows with an article, a group and a value) as `compare` does; returns a table with a row per difference and
per variance.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import pandas as pd

from analysis.contracts.errors import InputError, UsageError
from analysis.measures.comparison import FEWEST

TERMS = ("term", "estimate", "error", "ci_low", "ci_high", "p_value", "n_units", "n_articles")
"""Columns of `fit_mixed`."""
OPTIMISERS = ("bfgs", "powell")
"""Both are tried, and the likelier fit kept. Not lbfgs: near a variance of zero it stops far from the best fit and says
that it converged (a variance of 1.2 where 0.004 is 67 log units likelier; statsmodels 0.15.0)."""


def fit_mixed(
    units: pd.DataFrame,
    measure: str,
    *,
    group: str,
    within: Sequence[str] = ("article_id",),
    reference: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Mixed model: fixed differences between groups, random intercepts for what units share.

    Parameters
    ----------
    units, measure, group, reference
        As for `compare`; the first value of `group` is the reference unless another is named.
    within : sequence of str, default ("article_id",)
        Columns with a random intercept each: articles, and days (``published``) where there are several a day.

    Returns
    -------
    DataFrame
        One row per term: ``term``, ``estimate``, ``error``, ``ci_low``, ``ci_high``, ``p_value`` (normal
        approximation), ``n_units``, ``n_articles``; then one row per random intercept and the residual, whose
        estimate is a variance and which have no test. No rows where no two groups have `FEWEST` articles each; groups
        of fewer are left out. Where the model does not converge, estimates are empty.

    Raises
    ------
    InputError
        When a column is missing.
    UsageError
        For a reference that is no group, or one of too few articles.

    References
    ----------
    Pinheiro, J. C., & Bates, D. M. (2000). Mixed-effects models in S and S-PLUS. Springer.
    """
    needed = list(dict.fromkeys(["article_id", group, *within, measure]))
    if missing := [column for column in needed if column not in units.columns]:
        raise InputError(f"fit_mixed: the table lacks {', '.join(missing)}; it has {', '.join(units.columns)}")
    known = units.loc[units[needed].notna().all(axis=1), needed].sort_values(needed, kind="stable", ignore_index=True)
    n_articles = known.groupby(group)["article_id"].nunique()
    names = sorted(n_articles.index[n_articles >= FEWEST], key=str)
    if reference is not None and len(names) >= 2 and reference not in names:
        n, known_names = int(n_articles.get(reference, 0)), ", ".join(map(str, names))
        raise UsageError(
            f"fit_mixed: reference '{reference}' has {n} articles, fewer than {FEWEST}; use one of {known_names}"
        )
    if len(names) < 2:
        return pd.DataFrame(columns=TERMS)
    first = reference if reference in names else names[0]
    others = [name for name in names if name != first]
    known = known[known[group].isin(names)].reset_index(drop=True)
    fixed, errors, variances = _fit(known, measure, group, others, within)
    from scipy import stats  # noqa: PLC0415  slow to import

    reach = float(stats.norm.ppf((1 + level) / 2))
    terms = [f"{group}: {first} (intercept)", *[f"{group}: {name}" for name in others]]
    rows = pd.DataFrame({"term": terms, "estimate": fixed, "error": errors})
    rows["ci_low"], rows["ci_high"] = rows["estimate"] - reach * rows["error"], rows["estimate"] + reach * rows["error"]
    rows["p_value"] = 2 * stats.norm.sf((rows["estimate"] / rows["error"]).abs())
    rows.loc[0, "p_value"] = np.nan  # whether the first group's mean is zero is not asked
    names_of_variances = [*[f"variance of {column}" for column in within], "residual variance"]
    table = pd.concat([rows, pd.DataFrame({"term": names_of_variances, "estimate": variances})], ignore_index=True)
    table = table.assign(n_units=len(known), n_articles=known["article_id"].nunique())
    return table[list(TERMS)]


def _fit(
    known: pd.DataFrame, measure: str, group: str, others: Sequence[str], within: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    """Fixed effects, their errors, and variances, the residual last; empty where the model does not converge."""
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec  # noqa: PLC0415  slow to import
    from statsmodels.tools.sm_exceptions import ModelWarning  # noqa: PLC0415

    design = np.column_stack([np.ones(len(known)), *[(known[group] == name).to_numpy(float) for name in others]])
    parts = {column: pd.get_dummies(known[column], dtype=float).to_numpy() for column in within}
    levels = [[[str(n) for n in range(part.shape[1])]] for part in parts.values()]
    spec = VCSpec(list(parts), levels, [[part] for part in parts.values()])
    model = MixedLM(known[measure].to_numpy(float), design, groups=np.zeros(len(known)), exog_vc=spec)
    fits = []
    with warnings.catch_warnings():
        # A variance of zero is warned of as a boundary, and is an answer; whether it converged is asked below.
        warnings.simplefilter("ignore", ModelWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        for method in OPTIMISERS:
            with suppress(np.linalg.LinAlgError):
                found = model.fit(reml=True, method=method)
                if found.converged and np.isfinite(found.bse_fe).all():
                    fits.append(found)
    if fits:
        best = max(fits, key=lambda found: float(found.llf))
        return best.fe_params.tolist(), best.bse_fe.tolist(), [*best.vcomp.tolist(), float(best.scale)]
    n_terms = len(others) + 1
    return [np.nan] * n_terms, [np.nan] * n_terms, [np.nan] * (len(parts) + 1)
