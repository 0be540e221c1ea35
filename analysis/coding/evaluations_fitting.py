"""The weights of network and grounds: fitted once, on sentences that the network has not learnt from.

Reads marked sentences with their labels; returns the table that `evaluations_combine` reads. Not used in a study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from analysis.coding.evaluations_combine import LABELS

STRENGTH = 0.2
"""Inverse of the penalty on weights; between 0.1 and 1 cross-validated F1 differs by less than its error."""
DECIMALS = 3


def fit_weights(features: Sequence[Mapping[str, float]], labels: Sequence[int]) -> pd.DataFrame:
    """Fit a multinomial logistic regression.

    Parameters
    ----------
    features : sequence of mapping
        Of each mention, as `evaluations_combine.describe` gives them.
    labels : sequence of int
        -1, 0 or 1.

    Returns
    -------
    DataFrame
        A row for each feature, and ``intercept``; columns ``feature`` and `LABELS`. Neutral is 0 throughout: what is
        left is the log odds against it.

    Notes
    -----
    What the shipped weights were fitted on is told, and gathered, by ``analysis.validation.grounds_fitting``.
    """
    names = list(features[0])
    values = np.array([[row[name] for name in names] for row in features])
    model = LogisticRegression(C=STRENGTH, max_iter=5_000).fit(values, np.array(labels))
    weights = np.column_stack([model.coef_, model.intercept_]).T
    table = pd.DataFrame((weights - weights[:, [1]]).round(DECIMALS) + 0.0, columns=list(LABELS))
    table.insert(0, "feature", [*names, "intercept"])
    return table
