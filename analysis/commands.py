"""Commands around the coding of a corpus: who is missing from the codebook, and how far machine and people agree.

Each function is a command of `framewijs` (`analysis.__main__` registers them): it reads arguments, calls the package's
verbs and prints; `Bar` shows how far a long one is. Heavy imports stay inside, so that ``--help`` is fast.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Self

import typer

from analysis.contracts.errors import InputError, UsageError


def suggest(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `framewijs code` wrote.")],
    least: Annotated[int, typer.Option(help="Leave out who is mentioned fewer times.", min=1)] = 2,
    out: Annotated[Path | None, typer.Option(help="Write the entries to this file instead of the screen.")] = None,
) -> None:
    """Suggest codebook entries for the actors that no codebook lists.

    Example: framewijs suggest results --out more_actors.yaml
    """
    from analysis.codebook.suggest import suggest_actors, write_suggestions
    from analysis.corpus.storage import read_tables, replace_file

    tables = read_tables(folder)
    suggestions = suggest_actors(tables.mentions, tables.articles)
    text = write_suggestions(suggestions, least=least)
    if out is None:
        typer.echo(text, nl=False)
        return
    if out.exists():
        raise InputError(f"{out} is there already; choose another name, or remove it first")
    replace_file(out, text.encode())
    kept = suggestions[suggestions["n_mentions"] >= least]
    typer.echo(
        f"{len(kept)} of {len(suggestions)} actors that the codebook does not list are in {out}; "
        f"the type of {int((kept['type_by'] == '').sum())} is a guess, marked so in the file"
    )


def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `framewijs code` wrote.")],
    out: Annotated[Path, typer.Option(help="Folder for the sample and its coding sheets.")],
    n: Annotated[int, typer.Option("--n", help="Units to draw.", min=1)] = 200,
    unit: Annotated[str, typer.Option(help="What is coded: evaluation, sentence or article.")] = "evaluation",
    by: Annotated[
        str | None, typer.Option(help="Draw by strata, such as outlet,actor,predicted,uncertainty; else at random.")
    ] = None,
    coders: Annotated[str, typer.Option(help="Names of the coders: a sheet for each.")] = "coder1",
    codebook: Annotated[Path | None, typer.Option(help="Codebook, for labels and questions.")] = None,
    language: Annotated[str, typer.Option(help="Language of the labels: nl or en.")] = "en",
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 1,
    csv: Annotated[bool, typer.Option("--csv", help="Sheets as CSV instead of XLSX.")] = False,
    at_least: Annotated[int, typer.Option(help="Fewest units of every stratum, or all of a smaller one.", min=1)] = 5,
) -> None:
    """Draw a sample to code by hand, with known probabilities, and write a coding sheet for every coder.

    Example: framewijs sample results --out coding --n 200 --by outlet,predicted --coders anna,ben
    """
    from analysis.codebook.load import EMPTY, load_codebook
    from analysis.corpus.storage import read_tables
    from analysis.hand_coding.samples import SAMPLE, write_sample
    from analysis.hand_coding.sheets import name_sheets, write_sheet
    from analysis.measures.sampling import draw_sample

    ending = "csv" if csv else "xlsx"
    names = split_names(coders)
    if not names:
        raise UsageError("--coders: name at least one, such as --coders anna,ben")
    sheets = name_sheets(names, ending)
    tables = read_tables(folder)
    drawn = draw_sample(tables, n=n, unit=unit, by=split_names(by or ""), seed=seed, at_least=at_least)
    book = EMPTY if codebook is None else load_codebook(codebook)
    write_sample(drawn, out / SAMPLE)
    for name, sheet in zip(names, sheets, strict=True):
        write_sheet(drawn, out / sheet, book, coder=name, language=language)
    typer.echo(f"{len(drawn)} units in {out}: {', '.join(sheets)}; keep {SAMPLE}, it holds the probabilities")


def agreement(
    sheets: Annotated[list[Path], typer.Argument(help="Filled coding sheets, XLSX or CSV.")],
    sample_at: Annotated[
        Path | None, typer.Option("--sample", help="The sample.csv beside them: the machine joins as a coder.")
    ] = None,
    reference: Annotated[str | None, typer.Option(help="The coder against whom the others are scored.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write the tables to as CSV.")] = None,
) -> None:
    """Read filled coding sheets, check every cell, and report how far people and machine agree.

    Example: framewijs agreement coding/anna.xlsx coding/ben.xlsx --sample coding/sample.csv --reference anna
    """
    import pandas as pd

    from analysis.corpus.storage import replace_file
    from analysis.hand_coding.samples import read_sample
    from analysis.hand_coding.sheets import read_sheets
    from analysis.measures.agreement_report import report_agreement
    from analysis.measures.sampling import machine_codes

    drawn = None if sample_at is None else read_sample(sample_at)
    codes = read_sheets(sheets, sample=drawn)
    machines: list[str] = []
    groups = None
    if drawn is not None:
        told = machine_codes(drawn)
        machines = sorted(told.loc[told["code"].notna(), "coder"].unique())
        codes = pd.concat([codes, told], ignore_index=True)
        groups = dict(zip(drawn["unit"], drawn["article_id"], strict=True))
    report = report_agreement(codes, reference=reference, machines=machines, groups=groups)
    for name, table in report.tables().items():
        typer.echo(f"\n{name.replace('_', ' ')}")
        typer.echo(table.to_string(index=False, float_format=lambda value: f"{value:.3f}", na_rep="-"))
        if out is not None:
            replace_file(out / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode())


def adjudicate(
    sheets: Annotated[list[Path], typer.Argument(help="Filled coding sheets of two coders or more, XLSX or CSV.")],
    sample_at: Annotated[Path, typer.Option("--sample", help="The sample.csv from which the sheets were made.")],
    to: Annotated[
        Path | None,
        typer.Option(help="Write what is left to decide: a sheet (.xlsx, .csv), or a notebook with the desk (.ipynb)."),
    ] = None,
    by: Annotated[str, typer.Option(help="Who adjudicates: a name for the sheet or the desk.")] = "",
    decided: Annotated[
        list[Path] | None, typer.Option(help="Filled sheet or file of the desk with decisions; may be given again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the reference to this CSV file.")] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Also write it for `framewijs validate target` (unit evaluation).")
    ] = None,
    codebook: Annotated[Path | None, typer.Option(help="Codebook, for labels and the text of frames.")] = None,
    language: Annotated[str, typer.Option(help="Language of the labels: nl or en.")] = "en",
    singles: Annotated[bool, typer.Option("--singles", help="Decide on what one coder alone coded too.")] = False,
) -> None:
    """Show where coders differ, let somebody decide with a reason, and make the reference.

    Example: framewijs adjudicate anna.xlsx ben.xlsx --sample sample.csv --by clara --to clara.xlsx

    Example: framewijs adjudicate anna.xlsx ben.xlsx --sample sample.csv --decided clara.xlsx --out reference.csv
    """
    from collections import Counter

    from analysis.codebook.load import EMPTY, load_codebook
    from analysis.hand_coding import adjudication
    from analysis.hand_coding.questions import question_of
    from analysis.hand_coding.samples import read_sample
    from analysis.hand_coding.sheets import write_sheet

    if to is not None and not by.strip():
        raise UsageError("--by: who adjudicates? Give a name")
    drawn = read_sample(sample_at)
    book = EMPTY if codebook is None else load_codebook(codebook)
    found = adjudication.adjudicate(sheets, drawn, book, decided=decided or (), singles=singles)
    n_differ = sum(one.differs for one in found.compared)
    kinds = Counter(found.reference["how"])
    told = ", ".join(f"{kinds[how]} {how}" for how in adjudication.HOW if how in kinds)
    typer.echo(f"{len(found.compared)} units: {n_differ} on which the coders differ; {told or 'none settled'}")
    for notice in found.notices:
        typer.echo(notice, err=True)
    if to is not None and not found.open:
        why = "all is decided" if n_differ else "the coders differ on no unit"
        typer.echo(f"Nothing to adjudicate: {why}; {to} is not written")
    elif to is not None and to.suffix.lower() == ".ipynb":
        adjudication.write_notebook(to, sheets, sample_at, codebook, coder=by, language=language, singles=singles)
        typer.echo(f"{len(found.open)} units to decide: open {to} in JupyterLab and run its cell")
    elif to is not None:
        beside = adjudication.show_beside(one for one in found.compared if one.unit in found.open)
        left = drawn[drawn["unit"].isin(found.open)]
        write_sheet(left, to, book, coder=by, language=language, beside=beside)
        typer.echo(f"{len(left)} units to decide in {to}; each needs a code and a reason")
    if gold is not None:
        typer.echo(f"Gold for validate in {adjudication.write_gold(found.reference, drawn, gold)}")
    if out is not None:
        adjudication.write_reference(found.reference, out, question_of(drawn))
        still = f"; {len(found.open)} that nobody has decided are not in it" if found.open else ""
        typer.echo(f"{len(found.reference)} units in {out}{still}")


def browse(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `framewijs code` wrote.")],
    codebook: Annotated[
        Path | None, typer.Option(help="Codebook, for the labels of actors and frames and the questions of frames.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language in which the page opens: nl or en.")] = "nl",
    to: Annotated[
        Path | None, typer.Option(help="Write the page to this file, which needs no server: up to 200 articles.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Where to listen; another than 127.0.0.1 lets others on the network read along.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any that is free.")] = 8760,
    show: Annotated[bool, typer.Option("--open", help="Also open the page in your browser.")] = False,
) -> None:
    """Browse articles, actors and findings: click an actor, a bar or a row and read its sentences, with the reasons.

    Example: framewijs browse build/seed --codebook data/codebooks/seed.yaml

    Example: framewijs browse build/seed --to build/seed.html
    """
    from pyarrow import set_memory_pool, system_memory_pool

    from analysis.codebook.load import EMPTY, load_codebook
    from analysis.corpus.storage import replace_file
    from analysis.display.browser import Queries, make_file, make_server, make_shell, open_corpus

    make_shell(language)  # a language that the page does not speak is told before the tables are read
    if to is not None and to.is_dir():
        raise UsageError(f"--to {to}: is a folder; name a file, such as {to / 'evidence.html'}")
    # This pool gives memory back to the system; others keep twice what the tables take once they are read.
    set_memory_pool(system_memory_pool())
    queries = Queries(open_corpus(folder, codebook=load_codebook(codebook) if codebook else EMPTY))
    if to is not None:
        with Bar("Reasons") as bar:
            page = make_file(queries, language, progress=bar.count)
        replace_file(to, page.encode())
        typer.echo(f"Written to {to}: {len(page.encode()) / 1e6:.1f} MB; it opens in any browser, without a server")
        return
    with make_server(queries, host=host, port=port, language=language) as server:
        address = f"http://{host}:{server.server_address[1]}/"
        typer.echo(f"{len(queries.corpus.article_ids)} articles at {address} (Ctrl-C stops)")
        if show:
            import webbrowser

            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def split_names(text: str) -> list[str]:
    """Names that are parted by commas, without empty ones."""
    return [name for part in text.split(",") if (name := part.strip())]


class Bar:
    """A progress bar on stderr, shown only in a terminal, so that logs and pipes stay clean."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._progress: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task(self._title, total=None)
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def count(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        self._progress.update(self._task, completed=done, total=total)

    def describe(self, what: str, done: int, total: int) -> None:
        """Show how many steps are done, and which one is running."""
        self._progress.update(self._task, completed=done, total=total, description=f"{self._title}: {what}")
