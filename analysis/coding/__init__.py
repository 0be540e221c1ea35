"""The third room: coding.

Way of the data: `mentions` (with `inflect`) -> `quotes` (with `reporting`) -> `evaluations`, `actions`, `frames` ->
`roles`. Each verb reads a `Reading` and the tables made before it, and returns one table.
"""

from analysis.coding.actions import code_actions
from analysis.coding.evaluations import code_evaluations
from analysis.coding.frames import code_frames
from analysis.coding.mentions import find_mentions
from analysis.coding.quotes import find_quotes
from analysis.coding.roles import code_roles

__all__ = ["code_actions", "code_evaluations", "code_frames", "code_roles", "find_mentions", "find_quotes"]
