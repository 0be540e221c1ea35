"""The study: runs the notebooks and stores them as executed.

Reads a folder of notebooks; executes each in a fresh kernel of this very Python and writes it back with its
outputs and without what differs from run to run or machine to machine (times, versions, kernel names). A second
run changes no byte. A notebook that fails keeps the outputs it had.

Decisions made once, here:

- Kernels draw with ``agg``: only `show_figure` shows a chart, and nothing is shown twice.
- Whatever a cell writes to standard error is an error of the study: a reader must not find it in a notebook.
- The user's IPython profile, history and warning filters stay out; the hash seed stays as it is, since no result
  may depend on it.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from analysis.contracts.errors import StudyError, UsageError

Progress = Callable[[str, int, int], None]
"""Called after every code cell: name of the notebook, code cells done so far, code cells in all."""

CELL_TIMEOUT = 300
"""Seconds after which a cell has failed."""
NOTEBOOK_METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What a stored notebook says of its kernel: no version, which would differ between machines."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def kernel_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment variables notebooks run under, made from those of this process.

    Parameters
    ----------
    environment : mapping of str to str
        Usually ``os.environ``.

    Returns
    -------
    dict of str to str
        With matplotlib set to ``agg``, no warning filters of the caller, and a quiet debugger.

    Examples
    --------
    >>> kernel_environment({"PYTHONWARNINGS": "error", "PYTHONHASHSEED": "1"})["MPLBACKEND"]
    'agg'
    """
    kept = {key: value for key, value in environment.items() if key != "PYTHONWARNINGS"}
    return kept | {"MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def run_notebooks(
    folder: str | Path, *, only: Iterable[str] | None = None, progress: Progress | None = None, workers: int = 2
) -> list[Path]:
    """Execute the notebooks of a folder and store them with their outputs.

    Parameters
    ----------
    folder : str or Path
        Folder with ``nn_<question>.ipynb``; they run with it as their working directory.
    only : iterable of str, optional
        Beginnings of the names to run (``["04"]``, ``["04_tone"]``); by default all, in order of name.
    progress : callable, optional
        Called after every code cell with the notebook's name, the code cells done so far and their total.
        It is called from another thread.
    workers : int, default 2
        Notebooks that run at the same time. They share nothing, so the number changes no result.

    Returns
    -------
    list of Path
        The notebooks that ran, in order.

    Raises
    ------
    UsageError
        When the folder has no such notebook, or `workers` is below one.
    StudyError
        When a cell fails, takes longer than `CELL_TIMEOUT`, or writes to standard error. The message names the
        notebook, the code cell and the last line of the error. That notebook is left as it was; no further one is
        started.

    Notes
    -----
    The kernel is ``ipykernel`` of the Python that runs this function, whatever kernels are installed.
    """
    if workers < 1:
        raise UsageError(f"run_notebooks: workers must be at least 1, not {workers}")
    notebooks = find_notebooks(folder, only=only)
    loaded = {path: _read(path) for path in notebooks}
    counter = _Counter(sum(_count_code(notebook) for notebook in loaded.values()), progress)
    with ThreadPoolExecutor(max_workers=1) as pool:
        # A thread of its own: the caller may have an event loop (Jupyter has), and Ctrl-C reaches us, not a kernel.
        running = pool.submit(asyncio.run, _run_all(loaded, counter, workers))
        try:
            running.result()
        except BaseException:
            counter.stopped.set()
            raise
    return notebooks


def find_notebooks(folder: str | Path, *, only: Iterable[str] | None = None) -> list[Path]:
    """Notebooks of a folder in order of name; `only` and errors as in `run_notebooks`."""
    folder = Path(folder)
    found = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not found:
        raise UsageError(f"{folder}: holds no notebooks; name the folder with the .ipynb files")
    if only is None:
        return found
    beginnings = tuple(only)
    for beginning in beginnings:
        if not any(path.name.startswith(beginning) for path in found):
            names = ", ".join(path.stem for path in found)
            raise UsageError(f"no notebook is called '{beginning}'; there are {names}")
    return [path for path in found if path.name.startswith(beginnings)]


def strip_notebook(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy without what differs from run to run: outputs, counts, ids and tags stay, other metadata goes.

    Parameters
    ----------
    notebook : NotebookNode
        A notebook of format 4.5.

    Returns
    -------
    NotebookNode
        Of format 4.5, with `NOTEBOOK_METADATA`.
    """
    stripped = deepcopy(notebook)
    stripped.metadata = deepcopy(dict(NOTEBOOK_METADATA))
    stripped.nbformat, stripped.nbformat_minor = 4, 5
    for cell in stripped.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": tags} if tags else {}
    return stripped


def write_notebook(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Store a notebook as stable JSON, whole or not at all; a file that would not change is not touched."""
    content = (nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n").encode()  # type: ignore[no-untyped-call]
    if path.is_file() and path.read_bytes() == content:
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class _ThisPython(KernelSpecManager):
    """Knows one kernel: that of the Python we run in."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002  the name does not matter
        """The kernel, whatever name a notebook asks for."""
        return KernelSpec(resource_dir="", **get_kernel_dict())


class _StoppedError(Exception):
    """Another notebook failed."""


class _Counter:
    """Counts code cells over all notebooks and passes the count on."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.stopped = threading.Event()
        self._total, self._done, self._progress = total, 0, progress

    def add(self, name: str) -> None:
        """One more code cell is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(name, self._done, self._total)


def _read(path: Path) -> nbformat.NotebookNode:
    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StudyError(f"{path.name}: is no notebook that can be read ({reason}); restore it") from error
    return notebook


def _count_code(notebook: nbformat.NotebookNode) -> int:
    return sum(cell.cell_type == "code" for cell in notebook.cells)


async def _run_all(loaded: Mapping[Path, nbformat.NotebookNode], counter: _Counter, workers: int) -> None:
    """Run all notebooks, `workers` at a time; raise the first error in their order once all have ended."""
    gate = asyncio.Semaphore(workers)

    async def run(path: Path) -> None:
        async with gate:
            if counter.stopped.is_set():
                return
            try:
                await _run(path, loaded[path], counter)
            except BaseException:
                # What has not begun does not begin; what runs ends after its cell.
                counter.stopped.set()
                raise

    for ended in await asyncio.gather(*(run(path) for path in loaded), return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended


async def _run(path: Path, notebook: nbformat.NotebookNode, counter: _Counter) -> None:
    """Execute one notebook and store it."""
    executed = deepcopy(notebook)
    number = 0

    def start(*, cell: nbformat.NotebookNode, **_: Any) -> None:
        nonlocal number
        if counter.stopped.is_set():
            raise _StoppedError
        number += cell.cell_type == "code"

    def finish(**_: Any) -> None:
        counter.add(path.name)

    with tempfile.TemporaryDirectory() as profile:
        client = NotebookClient(
            executed,
            km=AsyncKernelManager(kernel_spec_manager=_ThisPython()),
            resources={"metadata": {"path": str(path.parent)}},
            timeout=CELL_TIMEOUT,
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
            on_cell_start=start,
            on_cell_executed=finish,
        )
        environment = kernel_environment(os.environ) | {"IPYTHONDIR": profile}
        try:
            await client.async_execute(env=environment, cleanup_kc=True)
        except _StoppedError:
            return
        except CellExecutionError as error:
            raise StudyError(_describe(path, number, f"{error.ename}: {error.evalue}")) from error
        except CellTimeoutError as error:
            raise StudyError(_describe(path, number, f"took longer than {CELL_TIMEOUT} seconds")) from error
        except DeadKernelError as error:
            raise StudyError(_describe(path, number, "the kernel died, perhaps for want of memory")) from error
    _refuse_stderr(path, executed)
    write_notebook(strip_notebook(executed), path)


def _refuse_stderr(path: Path, notebook: nbformat.NotebookNode) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        written = "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")
        if written.strip():
            raise StudyError(_describe(path, number, f"wrote to standard error: {written}"))


def _describe(path: Path, number: int, what: str) -> str:
    lines = [line.strip() for line in _COLOUR.sub("", what).splitlines() if line.strip()]
    last = lines[-1] if lines else "failed without a message"
    if len(lines) > 1 and last not in lines[0]:
        last = f"{lines[0].split(':')[0]}: {last}"
    return f"{path.name}, code cell {number}: {last[:400]}. Open the notebook in Jupyter and run it to see where."
