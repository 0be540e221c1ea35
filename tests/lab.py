"""JupyterLab in a Chromium without a window: notebooks are run, and what they show is clicked, typed in and pictured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat

from analysis import paths
from tests.chromium import Page

DESK = ".jp-OutputArea-output .widget-vbox"
"""Where a desk is on the page."""
KEYS = f"{DESK} textarea[placeholder^=click]"
"""Its field for keys."""
PATIENCE = 120.0
"""Seconds to wait for a page: JupyterLab and a kernel have to start."""
OPTIONS = (
    "--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
    "--LabApp.expose_app_in_browser=True",
)  # fmt: skip


@contextmanager
def serve_lab(folder: Path) -> Iterator[str]:
    """JupyterLab on a folder, for this computer alone; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "IPYTHONDIR",
    )
    places = {name: str(folder / ".lab" / name.lower()) for name in own}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    settings = folder / ".lab" / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    with (folder / ".lab" / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={folder}"],
            env={**os.environ, **places, "PYTHONPATH": str(paths.ROOT)},
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def write_cell(path: Path, lines: Sequence[str]) -> None:
    """A notebook of one cell."""
    cell, kernel = nbformat.v4.new_code_cell("\n".join(lines)), {"name": "python3", "display_name": "Python 3"}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), path)


def run_notebook(page: Page, address: str, name: str) -> None:
    """Open a notebook by itself, run its cells and wait until a desk is there."""
    page.until_served(f"{address}/doc/tree/{name}")
    page.until("document.querySelector('.jp-Toolbar-kernelName')?.innerText.includes('Python 3')")
    page.until("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'")
    page.do("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.until(f"document.querySelector('{DESK}')")
