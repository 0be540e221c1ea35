"""The room of display: charts, tables, the evidence view, and `explain`.

Reads tables; returns figures, HTML and text. Nothing here computes a statistic: estimates come from measures.

- `plot_mentions`, `plot_voices` (actors), `plot_tone` (tone): one row per actor
- `plot_who_on_whom`, `plot_pairs`, `plot_actions` (relations): pairs of actors
- `plot_agency`, `plot_left_out` (agency): who acts, who undergoes, who is left out
- `plot_groups`, `plot_over_time` (comparing): a measure per outlet, period or voice, and over time
- `plot_differences` (differences): which group departs from the others
- `plot_methods`, `plot_errors`, `plot_reliability`, `plot_gaps`, `plot_coverage` (validity): how far to trust the rest
- `plot_frames_by_paragraph`, `plot_frames_by_actor` (frames)
- `plot_roles`, `plot_functions` (roles): who is cast as what; who defines, blames, judges, demands
- `plot_microframes`, `plot_profiles` (microframes): actors between opposite meanings
- `show_table`, `show_figure` (show): the only ways to show or save
- `show_evidence`, `write_evidence` (evidence): an article with what was found in it
- `Charts` (facade): the charts of notebooks 02 to 09, a line each; `analysis.Study` holds them as ``study.plot``
- `explain` (explaining): any row or estimate, as the sentences it came from
- `style`, `words`: palettes, type, chart words

A name is imported when it is first used, so that `explain` does not wait for the charts' libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.display.actors import plot_mentions, plot_voices
    from analysis.display.agency import plot_agency, plot_left_out
    from analysis.display.comparing import plot_groups, plot_over_time
    from analysis.display.differences import plot_differences
    from analysis.display.evidence import show_evidence, write_evidence
    from analysis.display.explaining import explain
    from analysis.display.explanation import Explanation
    from analysis.display.facade import Charts
    from analysis.display.frames import plot_frames_by_actor, plot_frames_by_paragraph
    from analysis.display.microframes import plot_microframes, plot_profiles
    from analysis.display.relations import plot_actions, plot_pairs, plot_who_on_whom
    from analysis.display.roles import plot_functions, plot_roles
    from analysis.display.show import show_figure, show_table
    from analysis.display.tone import plot_tone
    from analysis.display.validity import plot_coverage, plot_errors, plot_gaps, plot_methods, plot_reliability

_HOMES = {
    "plot_mentions": "actors",
    "plot_tone": "tone",
    "plot_voices": "actors",
    "plot_who_on_whom": "relations",
    "plot_pairs": "relations",
    "plot_actions": "relations",
    "plot_agency": "agency",
    "plot_left_out": "agency",
    "plot_groups": "comparing",
    "plot_differences": "differences",
    "plot_over_time": "comparing",
    "plot_frames_by_paragraph": "frames",
    "plot_frames_by_actor": "frames",
    "plot_methods": "validity",
    "plot_errors": "validity",
    "plot_reliability": "validity",
    "plot_gaps": "validity",
    "plot_coverage": "validity",
    "plot_functions": "roles",
    "plot_roles": "roles",
    "plot_microframes": "microframes",
    "plot_profiles": "microframes",
    "show_table": "show",
    "show_figure": "show",
    "show_evidence": "evidence",
    "write_evidence": "evidence",
    "explain": "explaining",
    "Explanation": "explanation",
    "Charts": "facade",
}

__all__ = [
    "Charts",
    "Explanation",
    "explain",
    "plot_actions",
    "plot_agency",
    "plot_coverage",
    "plot_differences",
    "plot_errors",
    "plot_frames_by_actor",
    "plot_frames_by_paragraph",
    "plot_functions",
    "plot_gaps",
    "plot_groups",
    "plot_left_out",
    "plot_mentions",
    "plot_methods",
    "plot_microframes",
    "plot_over_time",
    "plot_pairs",
    "plot_profiles",
    "plot_reliability",
    "plot_roles",
    "plot_tone",
    "plot_voices",
    "plot_who_on_whom",
    "show_evidence",
    "show_figure",
    "show_table",
    "write_evidence",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.display' has no attribute '{name}'")
    return getattr(import_module(f"analysis.display.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
