"""Run one step of the recipe of the judging network."""

from analysis.training.passages.recipe import main

if __name__ == "__main__":
    raise SystemExit(main())
