"""The only ways to show or save: `show_table` and `show_figure`.

Reads a DataFrame or a Figure; returns an object that a notebook displays, and writes files only for figures.

What a strict notebook run compares decides what is shown. It compares text/html and text/plain byte by byte and never
an image, its alt text or its metadata. A table is therefore rounded and printed here, not by pandas. A figure is
shown as an HTML ``figure``: the image with its alt text, and the finding as a caption that everybody sees. Exporters
keep it, whereas they drop an alt text that stands in metadata alone. Beside it stand image/png, for what shows no HTML
(its bytes may differ between builds of a font library; the strict run leaves them out, also in the HTML:
notebooks/nbval_sanitize.cfg), and the text ``figure <slug>: <alt text>``, which is compared, so that an alt text cannot
change unseen. What a chart is made of is compared through its files in figures/: the CSV and the SVG.
"""

from __future__ import annotations

import base64
import hashlib
import html
import math
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from analysis.contracts.errors import UsageError
from analysis.contracts.paths import FIGURES
from analysis.display.charts import style
from analysis.display.links import PAGE, check_page, link_labels
from analysis.display.words import MISSING, word
from analysis.display.words_tables import column_label, localise

DPI = 150
NARROWEST = 490
"""Pixels of a chart on a page: 9 points of its type are 7 there. On a narrower page, as on a phone, it scrolls."""
LONG = 40
"""Characters from which a cell is a text: wide enough to read, and broken anywhere."""
SHORTEST_ALT = 40
"""Characters; an alt text names chart type, axes and finding, which cannot be said in less."""
_SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class TableView:
    """A table as it is shown: texts only, so that it prints alike everywhere."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]
    caption: str | None = None
    n_left_out: int = 0
    keys: tuple[str, ...] = ()
    """Names of the columns in the data, where `columns` are translated."""
    language: str = "en"

    def __repr__(self) -> str:
        widths = [max(len(cell) for cell in column) for column in zip(self.columns, *self.rows, strict=True)]
        lines = [self.caption] if self.caption else []
        for cells in (self.columns, *self.rows):
            padded = [
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(cells, widths, self.is_number, strict=True)
            ]
            lines.append("  ".join(padded).rstrip())
        return "\n".join([*lines, *self._rest()])

    def _repr_html_(self) -> str:
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        head = "".join(
            f'<th scope="col"{_title(key, column)}>{html.escape(column)}</th>'
            for key, column in zip(self.keys or self.columns, self.columns, strict=True)
        )
        body = "".join(f"<tr>{self._html_cells(row)}</tr>\n" for row in self.rows)
        rest = "".join(f"<p>{html.escape(line)}</p>\n" for line in self._rest())
        return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{rest}"

    def _html_cells(self, row: tuple[str, ...]) -> str:
        th = 'th scope="row"'
        return "".join(
            f'<{"td" if place else th} style="text-align: {"right" if right else "left"}{_widen(cell)}">'
            f"{html.escape(cell)}</{'td' if place else 'th'}>"
            for place, (cell, right) in enumerate(zip(row, self.is_number, strict=True))
        )

    def _rest(self) -> list[str]:
        return [f"... {word('more_rows', self.language, n=self.n_left_out)}"] if self.n_left_out else []


def _widen(cell: str) -> str:
    return "; min-width: 16em; overflow-wrap: anywhere" if len(cell) > LONG else ""


def _title(key: str, column: str) -> str:
    return "" if key == column else f' title="{html.escape(key)}"'


def show_table(
    df: pd.DataFrame, *, decimals: int = 2, n: int | None = None, caption: str | None = None, language: str = "en"
) -> TableView:
    """Show a table, rounded, in the order given.

    Parameters
    ----------
    df : DataFrame
        Any table. An index with a name is shown as first columns, an unnamed one is not shown.
    decimals : int, default 2
        Decimals of floats; -0.0 is shown as 0.0, a missing value as an en dash.
    n : int, optional
        Show the first `n` rows only, and say how many are left out.
    caption : str, optional
        Line above the table.
    language : {"en", "nl"}, default "en"
        In Dutch, names of columns and codes in cells are translated (data/translations/tables.yaml), and numbers have
        a decimal comma; in English they stand as in the data.

    Returns
    -------
    TableView
        Displays as HTML in a notebook and as aligned text elsewhere. Text in cells is escaped.

    Raises
    ------
    UsageError
        When `decimals` or `n` is negative.

    Examples
    --------
    >>> show_table(pd.DataFrame({"actor_id": ["trump", "iran"], "tone": [-0.004, None]}))
    actor_id  tone
    trump     0.00
    iran         –
    """
    if decimals < 0 or (n is not None and n < 0):
        raise UsageError(f"show_table: decimals and n are 0 or more, not {decimals} and {n}")
    shown = df.reset_index() if any(name is not None for name in df.index.names) else df
    part = shown if n is None else shown.head(n)
    keys = tuple(_name(name) for name in part.columns)
    columns = tuple(column_label(key, language) for key in keys)
    cells = [
        [
            localise(_cell(value, decimals), key, language, is_text=isinstance(value, str))
            for value in part.iloc[:, place]
        ]
        for place, key in enumerate(keys)
    ]
    numeric = tuple(
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype) for dtype in part.dtypes
    )
    rows = tuple(zip(*cells, strict=True)) if columns else ()
    return TableView(columns, rows, numeric, caption, len(shown) - len(part), keys, language)


def _name(column: Any) -> str:
    return " ".join(map(str, column)) if isinstance(column, tuple) else str(column)


def _cell(value: Any, decimals: int) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return MISSING
    if isinstance(value, float) or (hasattr(value, "dtype") and str(value.dtype).startswith("float")):
        number = float(value)
        if math.isinf(number):
            return str(number)
        return f"{round(number, decimals) + 0.0:.{decimals}f}"
    return " ".join(str(value).split())


@dataclass(frozen=True)
class FigureView:
    """A figure as it is shown: its PNG, and in words."""

    slug: str
    alt: str
    """What a reader who does not see the chart must know; ends with the finding."""
    finding: str
    png: bytes
    checksum: str = ""
    """First twelve digits of the SHA-256 of the CSV, so that a strict notebook run compares the data too."""

    def __repr__(self) -> str:
        return f"figure {self.slug}: {self.alt}" + (f"\ndata {self.checksum}" if self.checksum else "")

    def _repr_html_(self) -> str:
        """The image with its alt text, and the finding below it; what texts hold is escaped."""
        source = f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"
        return (
            f'<figure id="figure-{html.escape(self.slug)}" style="margin: 0; max-width: 46em; overflow-x: auto">'
            f'<img src="{source}" alt="{html.escape(self.alt)}" style="max-width: 100%; min-width: {NARROWEST}px" />'
            f"<figcaption>{html.escape(self.finding)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """What IPython asks for; it names formats to include or leave out, but a figure is always shown whole."""
        shown = {"text/html": self._repr_html_(), "image/png": self.png, "text/plain": repr(self)}
        return shown, {"image/png": {"alt": self.alt}}


@style.styled
def show_figure(
    fig: Figure,
    slug: str,
    *,
    alt: str,
    finding: str,
    data: pd.DataFrame,
    folder: str | Path | None = None,
    links_to: str | None = PAGE,
) -> FigureView:
    """Save a chart with the data behind it, close it, and show it.

    Parameters
    ----------
    fig : Figure
        The chart; it is closed.
    slug : str
        Name of the files: lower-case letters, digits and underscores, such as ``04_tone``.
    alt : str
        The chart for a reader who does not see it: its type and axes. The finding is put behind it.
    finding : str
        What the chart shows, as a sentence made from the rows that are drawn (`display.findings` and its
        neighbours): the caption below the image. Together with `alt` at least 40 characters.
    data : DataFrame
        The table the chart was drawn from.
    folder : path, optional
        Where to write; by default figures/ of the project.
    links_to : str, optional
        Page of the evidence browser that labels in the SVG open, each at the sentences of its actor, source or outlet:
        a path from where the SVG lies, or an http address. By default the file beside it that ``framewijs browse DIR
        --to evidence.html`` writes; None for no links.

    Returns
    -------
    FigureView
        Shows the PNG with its alt text and its finding; put it on the last line of a cell. Written are
        ``<slug>.png`` (150 dpi), ``<slug>.svg`` and ``<slug>.csv`` (UTF-8, floats to six decimals), the same bytes on
        every run.

    Raises
    ------
    UsageError
        When the alt text says too little, the slug cannot be a file name, or `links_to` is no address of a page.
    """
    page = check_page(links_to, f"show_figure {slug}")
    if not _SLUG.match(slug):
        raise UsageError(
            f"show_figure: the slug '{slug}' cannot name a file; use lower-case letters, digits and _, as in 04_tone"
        )
    alt, finding = " ".join(f"{alt} {finding}".split()), " ".join(finding.split())
    if not finding:
        raise UsageError(
            f"show_figure {slug}: the finding is empty; say what the chart shows, or that it shows nothing"
        )
    if len(alt) < SHORTEST_ALT or len(alt.split()) < 6:
        raise UsageError(
            f"show_figure {slug}: the alt text '{alt}' says too little; name chart type, axes and finding "
            f"in at least {SHORTEST_ALT} characters"
        )
    target = Path(FIGURES if folder is None else folder)
    target.mkdir(parents=True, exist_ok=True)
    png, svg = BytesIO(), BytesIO()
    fig.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    link_labels(fig, page)
    fig.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, "Title": slug, "Description": alt})
    pyplot.close(fig)
    fig.clear()
    (target / f"{slug}.png").write_bytes(png.getvalue())
    (target / f"{slug}.svg").write_bytes(b"\n".join(line.rstrip() for line in svg.getvalue().splitlines()) + b"\n")
    csv = _csv(data).encode()
    (target / f"{slug}.csv").write_bytes(csv)
    return FigureView(slug, alt, finding, png.getvalue(), hashlib.sha256(csv).hexdigest()[:12])


def _csv(data: pd.DataFrame) -> str:
    table = data.reset_index() if any(name is not None for name in data.index.names) else data
    floats = list(table.select_dtypes("float").columns)
    rounded = table.assign(**{str(column): table[column].round(6) + 0.0 for column in floats})
    return rounded.to_csv(index=False, lineterminator="\n")
