"""The three lists of dependencies agree, and no list or file betrays a machine."""

import re
import subprocess
import tomllib

import pytest
import yaml

from analysis import paths

PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")


def name_of(requirement: str) -> str:
    """Normalised name of a requirement line."""
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement).group()).lower()


LOCKED = {name_of(line) for line in LOCK.splitlines() if line and not line.startswith("#")}


@pytest.mark.parametrize("requirement", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"])
def test_every_direct_dependency_is_locked(requirement):
    """Pyproject is the one list; the lock holds all of it."""
    assert name_of(requirement) in LOCKED


def test_the_lock_holds_pins_and_nothing_else():
    """No addresses, no hashes, no options, every line a pin."""
    for line in LOCK.splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9][\w.!+]*( ; .+)?", line), line


def test_the_conda_environment_names_no_package_twice():
    """environment.yml holds python, pip, the lock and the project, and nothing else."""
    environment = yaml.safe_load((paths.ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["dependencies"] == ["python >=3.11", "pip", {"pip": ["-r requirements.lock", "-e ."]}]


def test_heavy_extras_stay_out_of_the_default_install():
    """Training and scaling libraries are for those who ask for them."""
    assert not LOCKED & {"torch", "transformers", "dask"}


def test_the_citation_and_the_package_name_the_same_version():
    """One version, three places."""
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_committed_file_holds_a_machine_path_or_is_too_large():
    """Nobody else has our folders; the repository stays small."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"/(?:root|home/\w+|Users/\w+|work)/")
    for name in filter(None, listed.stdout.split("\0")):
        path = paths.ROOT / name
        if not path.is_file():
            continue
        assert path.stat().st_size < 50_000_000, name
        if path.suffix in {".py", ".md", ".ipynb", ".toml", ".yml", ".yaml", ".cfg", ".csv", ".svg", ".lock", ".cff"}:
            found = pattern.search(path.read_text(encoding="utf-8"))
            assert not found or name == "tests/test_environment.py", f"{name}: {found}"
