"""What the network and the grounds say together: probabilities of a mention's evaluation, and what mood does to them.

Reads the network's tone, the grounds that bear on a mention and its part in what happens; returns one polarity. The
weights are a small multinomial logistic regression, in ``data/models/grounds-nl-en.csv``: a row for each feature, a
column for each label, to be read and argued with. `evaluations_fitting` makes them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from analysis.coding.evaluations_grounds import ROLES, Ground
from analysis.coding.modality import Modality
from analysis.errors import InputError
from analysis.paths import MODELS
from analysis.reading.occlusion import DECIMALS, Tone

FILE = "grounds-nl-en.csv"
LABELS = ("negative", "neutral", "positive")
DENIED = 0.1
"""What a denial leaves of a polarity: who denies does not say it (chosen on tests/gold/modality_pairs_nl.yaml)."""
ASKED = 0.7
"""What a question or a condition leaves: it is not said, and yet a reader keeps it."""
NEGATED = 0.2
"""What remains positive of a negated fault: `niet corrupt` is no praise."""
NEUTRAL_ODDS = 2.7
"""How much likelier neutral is in running news than in the sentences that taught the weights, three in ten of them."""
SHARPNESS = 3
"""Power of the probabilities: brings the bound of a clear evaluation (0.25) to where neutral ceases to be likeliest."""
LEAST = 1e-4
"""Probability below which the network's are not told apart."""


def describe(tone: Tone, grounds: Sequence[Ground], role: str, words: Mapping[int, float]) -> dict[str, float]:
    """The features of one mention, by name.

    Parameters
    ----------
    tone : Tone
        The network's.
    grounds : sequence of Ground
        Those that bear on the mention.
    role : str
        One of `ROLES`.
    words : mapping of int to float
        Every judging word and deed of the sentence, with its polarity.

    Returns
    -------
    dict of str to float
        ``network_negative`` and ``network_positive`` are log odds against neutral; ``ground_*`` the strongest ground
        of that sign and whether there is one; ``other_*`` what words of that sign bear on somebody else, at most 1;
        ``role_*`` 0 or 1.
    """
    odds = [math.log(max(value, LEAST) / max(tone.neutral, LEAST)) for value in (tone.negative, tone.positive)]
    negative = max((-ground.polarity for ground in grounds), default=0.0)
    positive = max((ground.polarity for ground in grounds), default=0.0)
    own = {ground.token for ground in grounds}
    others = [value for token, value in words.items() if token not in own]
    return {
        "network_negative": odds[0],
        "network_positive": odds[1],
        "ground_negative": max(negative, 0.0),
        "ground_positive": max(positive, 0.0),
        "has_negative": float(negative > 0),
        "has_positive": float(positive > 0),
        "other_negative": min(1.0, -sum(value for value in others if value < 0)),
        "other_positive": min(1.0, sum(value for value in others if value > 0)),
        **{f"role_{name}": float(role == name) for name in ROLES},
    }


def combine(features: Mapping[str, float]) -> tuple[float, float, float]:
    """Probabilities of negative, neutral and positive, of the features of a mention."""
    weights = load_weights()
    scores = [
        weights["intercept"][place] + sum(value * weights[name][place] for name, value in features.items())
        for place in range(len(LABELS))
    ]
    raised = [math.exp(score - max(scores)) for score in scores]
    return raised[0] / sum(raised), raised[1] / sum(raised), raised[2] / sum(raised)


def to_polarity(probabilities: Sequence[float]) -> float:
    """Positive minus negative, after neutral gets its share in the news and the likeliest label is brought out.

    Examples
    --------
    >>> to_polarity([0.1, 0.8, 0.1]), to_polarity([0.6, 0.3, 0.1]), to_polarity([0.45, 0.2, 0.35])
    (0.0, -0.4084, -0.3155)
    """
    raised = [(p * more) ** SHARPNESS for p, more in zip(probabilities, (1.0, NEUTRAL_ODDS, 1.0), strict=True)]
    return round((raised[2] - raised[0]) / sum(raised), DECIMALS)


def bend(polarity: float, modality: Modality, ground: float | None) -> float:
    """What negation, denial, question and condition leave of a polarity.

    Parameters
    ----------
    polarity : float
        Of network and grounds together.
    modality : Modality
        Of the word that carries it.
    ground : float, optional
        Polarity of the strongest ground, turned where it is negated; None where there is none.

    Returns
    -------
    float
        A denied judgement is a tenth of itself; one that is asked or conditional seven tenths. A negated fault is no
        praise, and a negated praise is a fault. A hedge changes no number: it is a column of its own.
    """
    if modality.negated:
        if ground is not None and ground < 0:
            polarity = min(polarity, ground)
        elif polarity > 0 or ground is not None:
            polarity *= NEGATED
    if modality.denied:
        polarity *= DENIED
    if modality.question or modality.conditional:
        polarity *= ASKED
    return round(polarity, DECIMALS)


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, tuple[float, float, float]]:
    """The weights by feature, one for each of `LABELS`; ``intercept`` among them.

    Raises
    ------
    InputError
        When the file is missing or a row is not a name and three numbers.
    """
    path = MODELS / FILE
    if not path.is_file():
        raise InputError(f"{path.name} is missing from {path.parent.name}; restore it from the repository")
    weights: dict[str, tuple[float, float, float]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            try:
                weights[row["feature"]] = (float(row["negative"]), float(row["neutral"]), float(row["positive"]))
            except (KeyError, TypeError, ValueError) as error:
                raise InputError(f"{path.name}, row {number}: needs a feature and three numbers") from error
    return weights
