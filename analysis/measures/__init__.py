"""The room of measures: features per article and actor, estimates with intervals, agreement.

Reads coded tables and returns tables of numbers; nothing here looks at text.
"""

from analysis.measures.estimates import estimate, frame_units, tone_units
from analysis.measures.features import build_features

__all__ = ["build_features", "estimate", "frame_units", "tone_units"]
