"""The docs site: ``python -m docs.site.make build/site`` (`make docs`), from the project's folder.

Reads the README, docs, notebooks, figures and docstrings; lays them out in a folder beside the site, each where it
lies in the project, so that links between them hold; and lets Sphinx make pages of them. A warning is an error.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from analysis.contracts.paths import ROOT
from docs.site import api, gallery, joins

SITE = Path(__file__).resolve().parent
PAGES = ("docs/*.md", "notebooks/*/*.ipynb", "CHANGELOG.md", "seeds/README.md", "data/teaching/README.md",
         "data/models/README.md")  # fmt: skip
"""What is shown as it is."""
TEMPLATES = ("docs/model-card.template.md",)
LINK = re.compile(r"\]\(([^)#\s]+)(#[\w-]+)?\)")
SECTION = re.compile(r"<!-- README: (.+?) -->\n")
"""Where a page takes a section of the README."""


def take_section(readme: str, heading: str) -> str:
    r"""A section of the README with its heading; ``intro`` is what stands above the first.

    Examples
    --------
    >>> take_section("# A\n\nHello.\n\n## B\n\nText.\n", "B")
    '## B\n\nText.\n'
    """
    parts = re.split(r"^(?=## )", readme, flags=re.MULTILINE)
    if heading == "intro":
        return parts[0].split("\n", 2)[2]
    found = [part for part in parts if part.startswith(f"## {heading}\n")]
    if not found:
        raise SystemExit(f"docs/site: the README has no section '{heading}'; change the page that asks for it")
    return found[0]


def fold_blocks(page: str) -> str:
    r"""Long tables as data: each code block of `page` behind a line that opens it.

    Examples
    --------
    >>> print(fold_blocks("## A\n\n```\n1\n```\n"))
    ## A
    <BLANKLINE>
    <details><summary>Figures</summary>
    <BLANKLINE>
    ```
    1
    ```
    <BLANKLINE>
    </details>
    <BLANKLINE>
    """
    return re.sub(
        r"^(```\n.*?^```)$",
        r"<details><summary>Figures</summary>\n\n\1\n\n</details>",
        page,
        flags=re.MULTILINE | re.DOTALL,
    )


def lay_out(source: Path) -> None:
    """Write all that Sphinx reads to the folder `source`."""
    for path in sorted(path for pattern in PAGES for path in ROOT.glob(pattern)):
        if path.relative_to(ROOT).as_posix() not in TEMPLATES:
            copy(path, source)
    baselines = source / "docs" / "baselines.md"
    baselines.write_text(fold_blocks(baselines.read_text(encoding="utf-8")), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    own = {path.name: path.read_text(encoding="utf-8") for path in sorted(SITE.glob("*.md"))}
    listed = "\n".join(own.values())
    rest = [f"docs/{path.stem}" for path in sorted(source.glob("docs/*.md")) if f"docs/{path.stem}\n" not in listed]
    for name, text in own.items():
        filled = SECTION.sub(lambda found: take_section(readme, found[1]), text)
        (source / name).write_text(filled.replace("<!-- the rest -->", "\n".join(rest)), encoding="utf-8")
    for part in (api, gallery, joins):
        part.write(source)
    shown = {
        f"#{title.lower().replace(' ', '-')}": name for name, text in own.items() for title in SECTION.findall(text)
    }
    settled: set[Path] = set()
    while pages := {*source.rglob("*.md"), *source.rglob("*.ipynb")} - settled:  # a page that is copied links further
        for page in sorted(pages):
            settle_links(page, source, shown)
        settled |= pages


def copy(path: Path, source: Path) -> None:
    """Put a file of the project where it lies there."""
    to = source / path.relative_to(ROOT)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, to)  # with its date, by which Sphinx knows what has not changed


def settle_links(page: Path, source: Path, shown: dict[str, str]) -> None:
    """Copy the pictures and files that a page links to; lead links to the README to the pages with its sections."""
    text = page.read_text(encoding="utf-8")
    for link in LINK.finditer(text):
        path = (ROOT / page.relative_to(source).parent / link[1]).resolve()
        if path == ROOT / "README.md":
            to = link[1].removesuffix("README.md") + shown.get(link[2] or "#intro", "index.md")
            page.write_text(page.read_text(encoding="utf-8").replace(link[0], f"]({to})"), encoding="utf-8")
        elif path.is_relative_to(ROOT) and path.is_file() and not (source / path.relative_to(ROOT)).exists():
            copy(path, source)


def build(out: Path) -> int:
    """Make the site in the folder `out`; the exit code is 0 where nothing was wrong."""
    from sphinx.cmd.build import main  # noqa: PLC0415  only the environment of the docs has it

    source = out.with_name(f"{out.name}-source")
    for former in (out, source):
        shutil.rmtree(former, ignore_errors=True)
    lay_out(source)
    doctrees = str(out.with_name(f"{out.name}-doctrees"))
    return main(["-b", "html", "-q", "-W", "--keep-going", "-c", str(SITE), "-d", doctrees, str(source), str(out)])


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]).resolve()))
