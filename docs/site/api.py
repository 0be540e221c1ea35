"""API pages: the names that `analysis` and its rooms call public, each from its docstring.

Reads ``__all__`` and the list of further verbs in the docstring of `analysis`; writes ``api/<room>.rst`` and
``api/index.rst``. A name is on the page of the room where it is defined.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import analysis
from analysis import display

ROOMS = {
    "study": "The study", "codebook": "Codebooks", "corpus": "Corpus", "reading": "Reading", "coding": "Coding",
    "measures": "Measures", "display": "Display", "hand_coding": "Coding by hand", "runs": "Runs",
    "validation": "Validation", "training": "Training",
}  # fmt: skip
FURTHER = re.compile(r"`((?:\w+\.)+\w+)`")


def find_further(told: str) -> list[str]:
    """The verbs that stand in modules of their own, as ``module:name``, from the docstring of `analysis`."""
    text = told.split("Further verbs stand in their modules", 1)[1].split("\n\nThe docstrings", 1)[0]
    return [":".join(_find_home(name).rsplit(".", 1)) for name in FURTHER.findall(text)]


def _find_home(name: str) -> str:
    """A dotted name as the docstring of `analysis` shortens it, in full."""
    for start in ("", *(f"analysis.{room}." for room in ROOMS)):
        module, _, verb = f"{start}{name}".rpartition(".")
        try:
            if hasattr(import_module(module), verb):
                return f"{module}.{verb}"
        except ModuleNotFoundError:
            continue
    raise SystemExit(f"docs/site: the docstring of analysis names `{name}`, which no room has; correct it there")


def list_public() -> dict[str, list[str]]:
    """Public functions and classes by room, in full, in the order of the alphabet."""
    named = [(package, name) for package in (analysis, display) for name in package.__all__]
    found = [getattr(package, name) for package, name in named]
    found += [getattr(import_module(module), name) for module, _, name in
              (verb.partition(":") for verb in find_further(analysis.__doc__ or ""))]  # fmt: skip
    by_room = defaultdict(set)
    for one in found:
        if not inspect.ismodule(one):
            by_room[one.__module__.split(".")[1]].add(f"{one.__module__}.{one.__qualname__}")
    return {room: sorted(by_room[room], key=lambda name: name.rpartition(".")[2].lower()) for room in ROOMS}


def write(source: Path) -> None:
    """Write a page for each room, and the page that lists them."""
    folder = source / "api"
    folder.mkdir()
    public = {room: names for room, names in list_public().items() if names}
    for room, names in public.items():
        lines = [_head(ROOMS[room])]
        lines += [f".. autoclass:: {name}\n   :members:\n" if name.rpartition(".")[2][0].isupper()
                  else f".. autofunction:: {name}\n" for name in names]  # fmt: skip
        (folder / f"{room}.rst").write_text("\n".join(lines), encoding="utf-8")
    table = [f"* - :doc:`{ROOMS[room]} <{room}>`\n     - {', '.join(f':py:obj:`~{name}`' for name in names)}"
             for room, names in public.items()]  # fmt: skip
    pages = "\n".join(f"   {room}" for room in public)
    index = [
        _head("Python"),
        "What the package and its rooms call public. Its rooms, in the order of the data's way:\n",
        ".. list-table::\n   :widths: 1 3\n\n   " + "\n   ".join(table) + "\n",
        f".. toctree::\n   :hidden:\n\n{pages}\n",
    ]
    (folder / "index.rst").write_text("\n".join(index), encoding="utf-8")


def _head(title: str) -> str:
    return f"{title}\n{'=' * len(title)}\n"
