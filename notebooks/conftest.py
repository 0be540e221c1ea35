"""Settings of the strict notebook run (nbval): the kernels get the same environment as in `framewijs study`.

Only loaded when pytest is pointed at this folder.
"""

import os

import pytest

from analysis.display.study import kernel_environment

collect_ignore_glob = ["*/exercises/*", "*/solutions/*"]
"""Not executed as stored: tests/test_display_exercises.py runs them, solved and unsolved."""
OUTPUT_SECONDS = 60
"""nbval waits five seconds for each message after a cell has ended, which a busy machine exceeds."""


def pytest_configure() -> None:
    """Give kernels, which inherit the environment of this process, that of the study."""
    wanted = kernel_environment(os.environ)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let nbval wait longer for the outputs of a cell."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = OUTPUT_SECONDS
