"""What the network and the grounds say together: probabilities of a mention's evaluation, and what mood does to them.

Reads the network's tone and how a mention stands in its sentence; returns one polarity. The weights are a small
multinomial logistic regression, in ``data/models/grounds-nl-en.csv``: a row for each feature, a column for each label,
to be read and argued with. ``python -m analysis.validation.grounds_fitting`` makes them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from analysis.coding.evaluations_grounds import ROLES, WORD, Ground
from analysis.coding.evaluations_standing import RELATIONS, Standing
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
NEUTRAL_ODDS = 1.2
"""How much likelier neutral is in running news than among the sentences that taught the weights, where sentences picked
because somebody is judged stand beside running news. Chosen by cross-validation among 0.5 to 2.2: more costs picked
sentences more than it gains in the news."""
SHARPNESS = 3
"""Power of the probabilities: brings the bound of a clear evaluation (0.25) to where neutral ceases to be likeliest."""
STRONG, OPPOSED = 0.6, 0.5
"""A ground at least so strong holds, unless the network's polarity is at least so far to the other side."""
SETTLED = 0.5
"""Share of a ground's polarity that is left where the network does not see it."""
LEAST = 1e-4
"""Probability below which the network's are not told apart."""


def describe(tone: Tone, standing: Standing, words: Mapping[int, float]) -> dict[str, float]:
    """The features of one mention, by name.

    Parameters
    ----------
    tone : Tone
        The network's.
    standing : Standing
        What bears on the mention, and how it stands in its sentence.
    words : mapping of int to float
        Every judging word and deed of the sentence, with its polarity.

    Returns
    -------
    dict of str to float
        ``network_negative`` and ``network_positive`` are log odds against neutral; ``ground_*`` the strongest ground
        of that sign and whether there is one; ``other_*`` what words of that sign bear on somebody else, at most 1;
        ``another_*`` how much worse or better the network finds another actor of the sentence; the rest 0 or 1.
    """
    odds = [math.log(max(value, LEAST) / max(tone.neutral, LEAST)) for value in (tone.negative, tone.positive)]
    negative = max((-ground.polarity for ground in standing.grounds), default=0.0)
    positive = max((ground.polarity for ground in standing.grounds), default=0.0)
    own = {ground.token for ground in standing.grounds}
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
        "another_worse": standing.worse,
        "another_better": standing.better,
        "is_pronoun": float(standing.is_pronoun),
        "is_quoted": float(standing.is_quoted),
        "is_speaker": float(standing.is_speaker),
        "is_own": float(standing.is_own),
        **{f"role_{name}": float(standing.role == name) for name in ROLES},
        **{f"relation_{name}": float(standing.relation == name) for name in RELATIONS},
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
    >>> to_polarity([0.1, 0.8, 0.1]), to_polarity([0.7, 0.2, 0.1])
    (0.0, -0.9558)
    """
    raised = [(p * more) ** SHARPNESS for p, more in zip(probabilities, (1.0, NEUTRAL_ODDS, 1.0), strict=True)]
    return round((raised[2] - raised[0]) / sum(raised), DECIMALS)


def settle(polarity: float, tone: Tone, grounds: Sequence[Ground]) -> float:
    """The polarity of both together, unless a ground is so plain that the network is overruled.

    Parameters
    ----------
    polarity : float
        From `to_polarity`.
    tone : Tone
        The network's.
    grounds : sequence of Ground
        Those that bear on the mention.

    Returns
    -------
    float
        A plain ground (see `Ground`) holds whatever the network says; another strong one where the network does not
        clearly say the opposite. Then polarity is at least `SETTLED` of the ground's. Opposite grounds settle nothing.
    """
    strongest = max(grounds, key=lambda ground: abs(ground.polarity), default=None)
    if strongest is None or any(ground.polarity * strongest.polarity < 0 for ground in grounds):
        return polarity
    sign = 1 if strongest.polarity > 0 else -1
    is_strong = abs(strongest.polarity) >= STRONG and tone.polarity * sign > -OPPOSED
    if strongest.is_plain or is_strong:
        return sign * max(polarity * sign, SETTLED * abs(strongest.polarity))
    return polarity


def bend(polarity: float, modality: Modality, turned: Ground | None, *, is_subject: bool = True) -> float:
    """What negation, denial, question and condition leave of a polarity.

    Parameters
    ----------
    polarity : float
        Of network and grounds together.
    modality : Modality
        Of the word that carries it.
    turned : Ground, optional
        The strongest ground that is negated, with its polarity turned.
    is_subject : bool, default True
        Whether the actor is the subject of the clause, of whom the negated is said.

    Returns
    -------
    float
        A denied judgement is a tenth of itself; one that is asked or conditional seven tenths. A negated praise is a
        fault; a negated fault is no praise, and a deed that is not done says little. A negation that bears on no ground
        and is not said of the actor is the network's to understand (`zonder haar had niemand
        het ontdekt`). A hedge changes no number: it is a column of its own.
    """
    if turned is not None and turned.kind == WORD and turned.polarity < 0:
        polarity = min(polarity, turned.polarity)
    elif turned is not None or (is_subject and modality.negated and polarity > 0):
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
