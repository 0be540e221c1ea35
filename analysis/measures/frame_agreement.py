"""How far the frame model can be believed: its calibration and its agreement with coders, on texts left out.

Reads the two tables that training leaves beside the shipped model; returns tables and numbers. Nothing is fitted here.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.coding.frames.model import AGREEMENT, RELIABILITY
from analysis.contracts.errors import InputError


def read_agreement(path: Path = AGREEMENT) -> pd.DataFrame:
    """Agreement of the shipped heads with coders, and of coders with each other.

    Returns
    -------
    DataFrame
        As `analysis.training.frames.shipped.describe_agreement` describes it.

    Raises
    ------
    InputError
        When the file is missing.
    """
    return _read(path)


def read_reliability(path: Path = RELIABILITY) -> pd.DataFrame:
    """Stated probabilities and answers of coders in bins, as `describe_reliability` of training describes them.

    Raises
    ------
    InputError
        When the file is missing.
    """
    return _read(path)


def join_bins(bins: pd.DataFrame) -> pd.DataFrame:
    """Bins of several frames taken together: ``bin_start``, ``n``, ``n_yes``, ``probability``, ``share_yes``.

    Examples
    --------
    >>> bins = pd.DataFrame({"bin_start": [0.0, 0.0], "n": [3, 1], "n_yes": [0, 1], "probability": [0.1, 0.5]})
    >>> join_bins(bins)[["n", "probability", "share_yes"]].to_numpy().round(2).tolist()
    [[4.0, 0.2, 0.25]]
    """
    weighed = bins.assign(said=bins["probability"] * bins["n"])
    table = weighed.groupby("bin_start", as_index=False)[["n", "n_yes", "said"]].sum()
    table = table.assign(probability=table["said"] / table["n"], share_yes=table["n_yes"] / table["n"])
    return table[["bin_start", "n", "n_yes", "probability", "share_yes"]]


def measure_bins(curve: pd.DataFrame) -> float:
    """Expected calibration error: mean distance of stated probability and share of yes, over answers.

    References
    ----------
    Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On calibration of modern neural networks. ICML.

    Examples
    --------
    >>> measure_bins(pd.DataFrame({"n": [1, 3], "n_yes": [1, 0], "probability": [0.8, 0.2]})).__round__(2)
    0.2
    """
    distance = (curve["n_yes"] / curve["n"] - curve["probability"]).abs()
    return float((distance * curve["n"]).sum() / curve["n"].sum())


def calibration_by_frame(bins: pd.DataFrame) -> pd.DataFrame:
    """Expected calibration error: columns ``unit``, ``frame_id``, ``n``, ``n_yes``, ``calibration_error``."""
    rows = [
        (unit, frame_id, int(part["n"].sum()), int(part["n_yes"].sum()), measure_bins(part))
        for (unit, frame_id), part in bins.groupby(["unit", "frame_id"], sort=False)
    ]
    return pd.DataFrame(rows, columns=["unit", "frame_id", "n", "n_yes", "calibration_error"])


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(f"{path.name}: missing; restore it, or make it with python -m analysis.training.frames")
    return pd.read_csv(path)
