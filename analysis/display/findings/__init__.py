"""Findings: what a chart shows, as a sentence, computed from the rows that are drawn.

One module per family of charts: `charts` (actors, tone, agency), `relations`, `roles`, `frames`, `microframes`,
`comparison`, `validity`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = ("charts", "comparison", "frames", "microframes", "relations", "roles", "validity")


def __getattr__(name: str) -> Any:
    """Import a finding from its module when it is first asked for."""
    if not name.startswith("_"):
        for module in _MODULES:
            found = getattr(import_module(f"{__name__}.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
