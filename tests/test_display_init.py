"""The room's map: every public name is there, and `explain` does not wait for the charts' libraries."""

import subprocess
import sys

import pytest

from analysis import display


@pytest.mark.parametrize("name", display.__all__)
def test_every_public_name_is_there(name):
    """A name is a verb or record with a docstring."""
    assert getattr(display, name).__doc__
    assert name in dir(display)


def test_an_unknown_name_is_an_attribute_error():
    """No silent None."""
    with pytest.raises(AttributeError, match="plot_pie"):
        display.plot_pie  # noqa: B018


def test_explain_and_evidence_load_no_chart_library():
    """A command line that explains a row starts fast."""
    code = "import sys; from analysis.display import explain, write_evidence; print({'matplotlib', 'seaborn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
