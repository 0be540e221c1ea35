"""The gallery: every chart with the lines that draw it.

Reads the README's example, the charts of a `Study`, and the notebooks, whose code, captions and pictures are taken as
they are stored; writes ``gallery.md``. Nothing is drawn anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.display.charts.facade import CHARTS, Charts

SLUGS = {"functions": "functions_by_source"}
"""Charts whose file is not named after their method."""
BY_HAND = "by-hand"


@dataclass(frozen=True)
class Chart:
    """A chart as a notebook stores it."""

    slug: str
    alt: str
    code: str
    notebook: str
    title: str
    cell: str

    @property
    def picture(self) -> str:
        """Its file, from the root of the project."""
        return f"figures/en/{self.slug}.png"

    @property
    def link(self) -> str:
        """To the notebook."""
        return f"[{self.title}](notebooks/en/{self.notebook}.ipynb)"


def read_charts() -> dict[str, Chart]:
    """The charts of the English notebooks, by the name of their file, in order."""
    found = {}
    for path in sorted((paths.NOTEBOOKS / "en").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        title = "".join(cells[0]["source"]).split("\n", 1)[0].removeprefix("# ")
        for cell in cells:
            for told in _told(cell):
                if shown := re.match(r"figure (\S+): (.+)", told):
                    code = "".join(cell["source"])
                    found[shown[1]] = Chart(shown[1], shown[2], code, path.stem, title, cell["id"])
    return found


def _told(cell: dict) -> Iterator[str]:
    for output in cell.get("outputs", []):
        yield "".join(output.get("data", {}).get("text/plain", ""))


def list_facade(charts: dict[str, Chart]) -> dict[str, Chart]:
    """The charts of ``study.plot`` by method, as the notebook named in the method's docstring stores them."""
    found = {}
    for name in CHARTS:
        number = re.search(r"notebook (\d\d)", getattr(Charts, name).__doc__ or "")
        if number is None or (slug := f"{number[1]}_{SLUGS.get(name, name)}") not in charts:
            raise SystemExit(f"docs/site: no notebook stores the chart '{name}'; name its notebook in its docstring")
        found[name] = charts[slug]
    return found


def first_lines() -> str:
    """The README's lines that make a study."""
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(r"```python\n(.+?\nstudy = Study\(.+?\)\n)", readme, re.DOTALL)[1]


def write(source: Path) -> None:
    """Write ``gallery.md``, and copy nothing: pictures are links."""
    charts = read_charts()
    facade = list_facade(charts)
    alone = {slug: chart for slug, chart in charts.items() if chart not in facade.values()}
    drawn = [(_about(name), chart, f"study.plot.{name}()") for name, chart in facade.items()]
    rest = [(_title(slug), chart, chart.code) for slug, chart in alone.items() if BY_HAND not in chart.cell]
    own = [(_title(slug), chart, chart.code) for slug, chart in alone.items() if BY_HAND in chart.cell]
    text = [
        (Path(__file__).parent / "gallery.txt").read_text(encoding="utf-8"),
        f"## From a study\n\n```python\n{first_lines()}```\n", *_show(drawn),
        "## From a notebook\n\nThese need the cells above them: open the notebook and change it.\n", *_show(rest),
        "## By hand\n\nThe same kind of chart in pandas and seaborn, on the tables, for whoever wants to change it.\n",
        *_show(own),
    ]  # fmt: skip
    (source / "gallery.md").write_text("\n".join(text), encoding="utf-8")


def _about(name: str) -> str:
    return (getattr(Charts, name).__doc__ or "").partition(" (notebook")[0]


def _title(slug: str) -> str:
    number, _, name = slug.partition("_")
    return f"Notebook {int(number)}: {name.replace('_', ' ')}"


def _show(entries: list[tuple[str, Chart, str]]) -> Iterator[str]:
    """A wall of small pictures that lead to the entries below it."""
    small = [f"[![{title}]({chart.picture})](#chart-{chart.slug.replace('_', '-')})" for title, chart, *_ in entries]
    yield "::::{container} wall\n" + "\n\n".join(small) + "\n::::\n"
    for title, chart, code in entries:
        yield f"(chart-{chart.slug.replace('_', '-')})=\n### {title}\n"
        yield f"![{_plain(chart.alt)}]({chart.picture})\n\n```python\n{code}\n```\n\n{chart.link}\n"


def _plain(text: str) -> str:
    """Without what Markdown would take for marks."""
    return re.sub(r"([\[\]*_`\\<])", r"\\\1", text)
