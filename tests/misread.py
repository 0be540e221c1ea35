"""A mark for gold sentences that the shipped reader hangs otherwise than their test needs.

The code under test is right where the tree is; a reader that gets such a sentence right makes its test fail, so that
the mark goes.
"""

import pytest

MISREAD = pytest.mark.xfail(strict=True, reason="the reader of version 2.0 hangs this sentence otherwise")
