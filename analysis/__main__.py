"""The command line, `framewijs` or `python -m analysis`: thin, over the package's verbs.

Reads arguments; prints results to stdout and one line per error to stderr, or per mistake of a codebook. Exit codes: 0
done, 1 the work failed, 2 wrong usage. Heavy imports stay inside the commands, so that ``--help`` is fast.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from analysis import commands
from analysis.contracts.errors import CodebookError, StudyError, UsageError

INTERRUPTED = 130
"""What typer makes of Ctrl-C."""


class _OneLineErrors(TyperGroup):
    """Turns whatever goes wrong into one line and an exit code; no traceback reaches a user."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002  errors are always answered here
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and exit; see `typer.core.TyperGroup.main`."""
        given = list(sys.argv[1:] if args is None else args) or ["--help"]
        try:
            code = super().main(given, prog_name or "framewijs", complete_var, False, windows_expand_args, **extra)
            if code == INTERRUPTED:
                raise KeyboardInterrupt
        except (KeyboardInterrupt, typer.Abort):
            code = _say("Stopped. Run the same command again to go on; finished work is kept.", 1)
        except UsageError as error:
            code = _say(error, 2)
        except CodebookError as error:  # a line for each mistake
            code = [_say(line, 1) for line in str(error).split("\n")][-1]
        except StudyError as error:
            code = _say(error, 1)
        except BrokenPipeError:
            code = 1  # whoever read our output has gone, as in `framewijs ... | head`
        except MemoryError:
            fewer = ", or use fewer --workers" if "--workers" in given else ""
            code = _say(f"Out of memory. Use fewer articles at a time{fewer}.", 1)
        except Exception as error:
            code = _answer(error, given)
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    cls=_OneLineErrors,
    name="framewijs",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"framewijs {version('framewijs')}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """How news frames its actors: who is in it, who speaks, who acts on whom, who judges whom, in which frames."""


@app.command()
def study(
    only: Annotated[
        list[str] | None, typer.Option(help="Run only this notebook, such as 01_articles; may be given more than once.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Run only the notebooks in this language: en or nl; both by default.")
    ] = None,
    translate: Annotated[
        bool,
        typer.Option("--translate", help="First write notebooks/nl anew, from notebooks/en and data/translations."),
    ] = False,
) -> None:
    """Run the notebooks of both languages in order and write figures/.

    Example: framewijs study --only 04_tone --language nl
    """
    from analysis.contracts.errors import UsageError
    from analysis.contracts.paths import NOTEBOOKS
    from analysis.display.study import run_notebooks
    from analysis.display.translation import SOURCE, TRANSLATED, translate_folder

    asked = language or [SOURCE, TRANSLATED]
    if unknown := set(asked) - {SOURCE, TRANSLATED}:
        raise UsageError(f"there are no notebooks in '{min(unknown)}'; there are en and nl")
    if translate:
        gaps = translate_folder(NOTEBOOKS / SOURCE, NOTEBOOKS / TRANSLATED, only=only or None)
        for line in (f"{name}.yaml: {gap}" for name, found in gaps.items() for gap in found):
            _say(f"data/translations/notebooks/{line}", 0)
    n_done = 0
    for name in (name for name in (SOURCE, TRANSLATED) if name in asked):
        with commands.Bar(f"Notebooks, {name}") as bar:
            n_done += len(run_notebooks(NOTEBOOKS / name, only=only or None, progress=bar.describe))
    typer.echo(f"{n_done} notebooks run; the charts are in figures/")


@app.command()
def code(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders: texts, pages, tables, exports (docs/articles.md).")
    ],
    codebook: Annotated[Path, typer.Option(help="Codebook (YAML): the actors and frames to look for.")],
    out: Annotated[Path, typer.Option(help="Folder to write the tables and manifest.json to.")],
    format: Annotated[str, typer.Option(help="Tables as parquet, csv, or csv-guarded (for Excel).")] = "parquet",  # noqa: A002
    columns: Annotated[
        str | None, typer.Option(help="Which column of a table holds what, such as text=body,published=date.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that name none.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of articles that name none, such as nl or en; else detected.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="What stands first in a date such as 1/3/2026: dmy or mdy.")
    ] = None,
    max_characters: Annotated[int, typer.Option(min=1, help="Articles that are longer are refused.")] = 1_000_000,
    reading: Annotated[
        str, typer.Option(help="How text is read: model, rules, or an installed spaCy pipeline.")
    ] = "model",
    methods: Annotated[
        str,
        typer.Option(help="Methods that judge, the best first: model, lexicon, vader. Features rest on the first."),
    ] = "model,lexicon",
    frames: Annotated[
        str,
        typer.Option(help="Methods of frames, the one that counts first: auto (the best), model, patterns, zero_shot."),
    ] = "auto,patterns",
    captions: Annotated[
        bool,
        typer.Option(
            "--captions",
            help="Also judge, and find deeds and frames, in photo captions. Actors in them always count.",
        ),
    ] = False,
    no_metonyms: Annotated[
        bool, typer.Option("--no-metonyms", help="Do not read a capital that acts or speaks as its government.")
    ] = False,
    fast: Annotated[
        bool, typer.Option("--fast", help="Judge in 8-bit arithmetic: faster, numbers may differ between computers.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Also write each article as HTML with its evidence.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that code at the same time.")] = 1,
    chunk_size: Annotated[
        int, typer.Option(min=1, help="Articles per step: what is kept of a run broken off, and what workers share.")
    ] = 20,
) -> None:
    """Code articles: every table and a manifest out.

    Example: framewijs code seeds --codebook data/codebooks/seed.yaml --out build/seed
    """
    from analysis.runs.run import CodingOptions, code_corpus

    options = CodingOptions(
        reading=reading, methods=tuple(commands.split_names(methods)),
        frames=tuple(commands.split_names(frames)), metonyms=not no_metonyms, captions=captions,
        precision="fast" if fast else "exact",
    )  # fmt: skip
    with commands.Bar("Coding") as bar:
        manifest = code_corpus(
            paths,
            codebook,
            out,
            format=format,
            columns=_read_columns(columns),
            outlet=outlet,
            language=language,
            date_order=date_order,
            max_characters=max_characters,
            coding=options,
            workers=workers,
            evidence=evidence,
            chunk_size=chunk_size,
            on_progress=bar.count,
            tell=lambda line: typer.echo(line, err=True),
        )
    refused = [notice for notice in manifest["notices"] if notice["notice"] == "refused"]
    for notice in refused[:20]:
        row = f", row {notice['row']}" if notice["row"] else ""
        _say(f"Refused: {notice['source_file']}{row}: {notice['reason']}. {notice['remedy']}.", 0)
    if len(refused) > 20:
        _say(f"... and {len(refused) - 20} more; see {out / 'manifest.json'}", 0)
    others = Counter(notice["notice"] for notice in manifest["notices"] if notice["notice"] != "refused")
    if ranked := sorted(others.items(), key=lambda item: (-item[1], item[0])):
        kinds = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in ranked)
        _say(f"{kinds}: see manifest.json", 0)
    counts = ", ".join(f"{name} {n}" for name, n in manifest["counts"].items())
    typer.echo(f"{counts}; written to {out}")


@app.command()
def validate(
    task: Annotated[
        str, typer.Argument(help="syntax, ner, target, directed, tone, quotes, actors, phenomena, frames or roles.")
    ],
    gold: Annotated[
        Path,
        typer.Argument(
            help="Gold file (JSON Lines; CoNLL-U for syntax, CoNLL-2002 for ner, YAML for phenomena), or its path in "
            "the reference data."
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    method: Annotated[str | None, typer.Option(help="Method of the coder; its default when left out.")] = None,
    codebook: Annotated[Path | None, typer.Option(help="Codebook for the tasks quotes, actors, frames, roles.")] = None,
    sentences: Annotated[int | None, typer.Option(help="For actors: score the first sentences only.")] = None,
    places: Annotated[bool, typer.Option("--places", help="For actors: let plain places count.")] = False,
    no_pronouns: Annotated[bool, typer.Option("--no-pronouns", help="For actors: look for no pronouns.")] = False,
    types: Annotated[str | None, typer.Option(help="For actors: types to score, such as PER,ORG.")] = None,
    all_types: Annotated[bool, typer.Option("--all-types", help="For actors: products and sums too.")] = False,
    sample: Annotated[
        int | None, typer.Option(help="Score so many rows of the file, drawn at random, always the same ones.")
    ] = None,
    half: Annotated[
        str | None, typer.Option(help="For phenomena: dev, held or all: the half of the file to score.")
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="For phenomena: list what is missed.")] = False,
) -> None:
    """Score the coder against gold codes, next to baselines.

    Example: framewijs validate target target/opener_nl.dev.jsonl --json
    """
    from analysis.validation.validate import validate as run

    report = run(
        task,
        gold,
        method=method,
        codebook=codebook,
        sentences=sentences,
        places=places,
        no_pronouns=no_pronouns,
        types=types,
        all_types=all_types,
        sample=sample,
        half=half,
        misses=misses,
    )
    if json:
        from json import dumps

        typer.echo(dumps(report.to_dict()))
        return
    from rich.console import Console

    console = Console()
    # A pipe or a file has no width of its own; tables must not be cut to fit 80 columns.
    (console if console.is_terminal else Console(width=200)).print(report.to_rich())


@app.command()
def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `framewijs code` wrote.")],
    row_id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An actor's label or id, a row by its id (000_0791884832e1369e:q00001), an ARTICLE, "
            "ARTICLE/SENTENCE, ARTICLE/ACTOR, ARTICLE/FRAME or ARTICLE/SENTENCE/FRAME, or an estimate: "
            "MEASURE:COLUMN=VALUE,COLUMN=VALUE.",
        ),
    ],
    html: Annotated[Path | None, typer.Option(help="Write the explanation as HTML to this file instead.")] = None,
    codebook: Annotated[Path | None, typer.Option(help="Codebook, for the labels of actors and frames.")] = None,
    language: Annotated[str, typer.Option(help="Language of labels and reasons: en or nl.")] = "en",
) -> None:
    """Show any row or estimate as its sentences, with the evidence marked.

    Measures: tone, frame, any column of features, and roles such as victim.

    Columns: actor_id, source_id, voice, frame_id, paragraph, article_id, outlet, published, method.

    Example: framewijs explain build/seed 000_0791884832e1369e:q00001

    Example: framewijs explain build/seed Iran --codebook data/codebooks/seed.yaml --language nl

    Example: framewijs explain build/seed tone:actor_id=trump,voice=quoted
    """
    from html import escape

    from analysis.codebook.load import load_codebook
    from analysis.corpus import read_tables
    from analysis.corpus.storage import read_model_version, replace_file
    from analysis.display import explain as run

    found = run(
        read_tables(folder),
        row_id,
        codebook=load_codebook(codebook) if codebook else None,
        language=language,
        model_version=read_model_version(folder),
    )
    if html is None:
        typer.echo(found.to_text())
        return
    if html.is_dir():
        raise UsageError(f"--html {html}: is a folder; name a file, such as {html / 'explanation.html'}")
    head = f"<meta charset='utf-8'>\n<title>{escape(row_id)}</title>"
    page = f"<!doctype html>\n<html>\n<head>\n{head}\n</head>\n<body>\n{found._repr_html_()}\n</body>\n</html>\n"
    replace_file(html, page.encode())
    typer.echo(f"Written to {html}")


def _read_columns(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    pairs = [pair.partition("=") for pair in text.split(",")]
    if wrong := [f"{key}{sign}{name}" for key, sign, name in pairs if not (key.strip() and name.strip())]:
        raise UsageError(f"--columns: '{wrong[0]}' is not understood; write pairs such as text=body,published=date")
    return {key.strip(): name.strip() for key, _, name in pairs}


def _say(message: object, code: int) -> int:
    """Print one line to stderr and give the exit code back."""
    typer.echo(" ".join(str(message).split()), err=True)
    return code


def _answer(error: Exception, given: Sequence[str]) -> int:
    """One line for an error that is not ours: a wrong command line, the machine, or a fault of the program."""
    shown = getattr(error, "format_message", None)  # only typer's complaints about a command line have it
    if shown is not None:
        what = shown() if shown().endswith((".", "?")) else f"{shown()}."
        return _say(f"{what} See: framewijs {_command(given)}--help", 2)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        if "--debug" in given:
            _keep_traceback(given)
        return _say(f"{where}{error.strerror}. Check the path, your rights and the room on the disk.", 1)
    log = _keep_traceback(given)
    return _say(f"Unexpected {type(error).__name__}: {error}. Please report this error with its traceback ({log}).", 1)


def _command(given: Sequence[str]) -> str:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    return next((f"{word} " for word in given if word in names), "")


def _keep_traceback(given: Sequence[str]) -> str:
    """Show the traceback with ``--debug``; otherwise keep it in a file of its own and return its name."""
    import tempfile
    import traceback

    if "--debug" in given:
        traceback.print_exc()
        return "shown above"
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="framewijs-", suffix=".log", delete=False) as log:
        log.write(traceback.format_exc())
    return log.name


for verb in (
    commands.browse, commands.suggest, commands.sample, commands.agreement, commands.adjudicate, commands.exercises,
):  # fmt: skip
    app.command()(verb)


def main() -> None:
    """Entry point of the command `framewijs`."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library warns its callers of is no news to a user
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old console that cannot show a letter must not stop us
    app()


if __name__ == "__main__":
    main()
