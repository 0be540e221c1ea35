"""Links from the labels of a chart to the evidence browser: what a label asks for, and where its page lies.

Reads ids of actors, sources and outlets; sets the address of a chart's texts. A chart says what a label asks for
(`refer`), as a permanent link of the browser without its page; `link_labels` puts the page before it, when the chart is
written. Only SVG carries such addresses. Ids come from texts and codebooks: they are percent-encoded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode, urlsplit

from analysis.contracts.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

Asks = Mapping[str, str]
"""What a link asks for: the parts of a filter of the browser (`analysis.display.browser.Filter`), and ``article``."""
PAGE = "evidence.html"
"""The page beside a chart that its labels open, as `framewijs browse DIR --to evidence.html` writes it."""
JUDGED = "judgement,neutral"
"""Kinds of findings that evaluate an actor, clear or not."""
COLUMNS = {"actor_id": "actor", "patient_id": "actor", "source_id": "source", "outlet": "outlet"}
"""Columns whose values the browser filters by."""


def make_address(asks: Asks) -> str:
    """The permanent link of the browser to sentences or, where one is named, to an article.

    Examples
    --------
    >>> make_address({"actor": "iran", "kind": "deed"}), make_address({"actor": "unlisted:a&b"}), make_address({})
    ('#actor=iran&kind=deed&view=sentences', '#actor=unlisted%3Aa%26b&view=sentences', '#')
    """
    chosen = {key: value for key, value in asks.items() if value}
    if chosen and "article" not in chosen:
        chosen["view"] = "sentences"
    return f"#{urlencode(chosen)}"


def ask_for(
    ids: Sequence[str], column: str = "actor_id", *, kind: str = "", but: Collection[str] = ()
) -> list[dict[str, str]]:
    """What the labels of ids ask for: nothing where the browser does not filter by their column.

    Parameters
    ----------
    ids : sequence of str
    column : str, default "actor_id"
        Where they come from: of ``source_id`` the link shows what a source says, not what is said of it.
    kind : str, optional
        A kind of finding, where the chart is of one.
    but : collection of str
        Rows of the chart that are no actor.

    Examples
    --------
    >>> ask_for(["iran", "nobody"], "source_id", kind="quote", but=["nobody"])
    [{'source': 'iran', 'kind': 'quote'}, {}]
    """
    key = COLUMNS.get(column, "")
    return [{key: one} | ({"kind": kind} if kind else {}) if key and one not in but else {} for one in ids]


def refer(text: Text, asks: Asks) -> None:
    """Say what a text of a chart asks for."""
    if asks:
        text.set_url(make_address(asks))


def refer_ticks(axis: Axis, asks: Sequence[Asks]) -> None:
    """Say what the labels of an axis ask for, in the order in which its ticks were set."""
    for tick, one in zip(axis.get_major_ticks(len(asks)), asks, strict=True):
        refer(tick.label1, one)
        refer(tick.label2, one)


def link_labels(figure: Figure, page: str | None) -> None:
    """Make the labels of a chart open a page of the browser; without a page none is a link.

    Parameters
    ----------
    figure : Figure
    page : str or None
        As `check_page` returns it.
    """
    from matplotlib.text import Text  # noqa: PLC0415  who only makes addresses waits for no chart library

    for text in cast("list[Text]", figure.findobj(Text)):
        if (address := text.get_url()) and address.startswith("#"):
            text.set_url(None if page is None else page + address)


def check_page(page: str | None, verb: str) -> str | None:
    """The address of a page, encoded for a link.

    Raises
    ------
    UsageError
        When it is no address of a page: empty, with a fragment, or of another kind than a file beside the chart or
        http.

    Examples
    --------
    >>> check_page("my evidence.html", "show_figure"), check_page("https://example.org/e.html", "show_figure")
    ('my%20evidence.html', 'https://example.org/e.html')
    """
    if page is None:
        return None
    try:
        parts = urlsplit(page)
    except ValueError:
        parts = None
    if parts is None or not page.strip() or "#" in page or parts.scheme not in ("", "http", "https"):
        raise UsageError(
            f"{verb}: links_to='{page}' is no address of a page; give a path from the chart, such as {PAGE}, "
            "an address that begins with https://, or None for no links"
        )
    return quote(page.replace("\\", "/"), safe="/:?=&%~+,;@!$()*[]")
