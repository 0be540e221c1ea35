"""Where things lie in the project, whatever the working directory.

Reads the location of this file (an editable install); returns absolute paths. Nothing else in the
project builds paths from the working directory, so notebooks and tests run from any folder.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
DATA = ROOT / "data"
CODEBOOKS = DATA / "codebooks"
WORD_LISTS = DATA / "languages"
PATTERNS = DATA / "patterns"
FORMATS = DATA / "formats"
MODELS = DATA / "models"
TRANSLATIONS = DATA / "translations"
FIGURES = ROOT / "figures"
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "build"
"""What can be made again: ignored by git, removed by `make clean`."""


def reference_data() -> Path:
    """Folder of the public reference data, which the project scores against but does not contain.

    Returns
    -------
    pathlib.Path
        The folder named by the environment variable ``STUDY_REFERENCE_DATA``; by default
        ``../shared/data`` beside the project. It need not exist: callers check and say what to do.
    """
    return Path(os.environ.get("STUDY_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
