"""``python -m analysis.training.frames``: fit the frame model that is shipped, write it, print what it is worth."""

import sys

from analysis.training.frames.shipped import main

if __name__ == "__main__":
    sys.exit(main())
