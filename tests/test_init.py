"""The package is a map of its verbs and costs nothing to import."""

import subprocess
import sys

import pytest

import analysis


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_can_be_had(name):
    """What the map lists exists."""
    assert getattr(analysis, name) is not None
    assert name in dir(analysis)
    assert name in (analysis.__doc__ or "") or name in {"paths", "read_tables", "write_tables"}


def test_an_unknown_name_is_told_what_there_is():
    """A typo is answered with the list of verbs."""
    with pytest.raises(AttributeError, match="its verbs are Study, agreement"):
        _ = analysis.load_article


def test_importing_the_package_loads_no_heavy_library():
    """`import analysis` reads no model and imports neither pandas nor spaCy."""
    code = "import sys, analysis; print(sorted({'pandas', 'spacy', 'matplotlib', 'sklearn'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
