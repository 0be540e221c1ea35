"""The rooms stand in a row: each imports only from rooms to its left, and no module outgrows its reader."""

import ast
from pathlib import Path

import pytest

from analysis import paths

ROOMS = ["corpus", "reading", "coding", "measures", "display"]
COMMON = {"contracts", "codebook"}
HALL = {"runs", "validation", "hand_coding", "commands", "study", "__main__", "__init__"}
"""Modules beside the rooms that may use all of them."""
ABOVE = {"codebook/suggest.py", "contracts/dictionary.py"}
"""Modules of the common rooms that stand above the others: they describe or need what those make."""
#: The layers of the coding room: a sub-package imports from those of lower rank, and from itself.
LAYERS = {
    "language": 0, "syntax": 1, "mentions": 2, "coreference": 3, "quotes": 4, "evaluations": 5, "actions": 5,
    "claims": 6, "frames": 6, "roles": 7, "microframes": 7,
}  # fmt: skip
CODING = paths.ROOT / "analysis" / "coding"
MODULES = sorted((paths.ROOT / "analysis").rglob("*.py"))


def imported_parts(path: Path) -> set[str]:
    """First names below ``analysis`` that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path.name}: relative import"
            names |= {
                f"{node.module}.{alias.name}" if node.module == "analysis" else node.module for alias in node.names
            }
    return {name.split(".")[1] for name in names if name.startswith("analysis.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_a_module_imports_only_from_rooms_to_its_left(path):
    """The data's way runs one way."""
    inside = path.relative_to(paths.ROOT / "analysis").parts
    room = inside[0].removesuffix(".py")
    imported = imported_parts(path)
    if room in ROOMS:
        allowed = {*ROOMS[: ROOMS.index(room) + 1], *COMMON}
    elif room == "training":
        # It learns from what the coder finds, and says what it is worth on what it has not seen.
        allowed = {"training", *COMMON, "reading", "coding", "measures", "validation"}
    elif room in COMMON and "/".join(inside) not in ABOVE:
        allowed = COMMON
    else:
        assert room in HALL | COMMON, f"analysis/{room} is no room of DESIGN.md"
        allowed = {*ROOMS, *COMMON, *HALL}
        if room == "validation":
            allowed |= {"training"}  # what is scored by folds is fitted on the others
    assert imported <= allowed, f"{path.name} imports {imported - allowed}"


@pytest.mark.parametrize("path", sorted(CODING.glob("*/*.py")), ids=lambda path: str(path.relative_to(CODING)))
def test_a_coder_imports_only_from_lower_layers(path):
    """Of two layers of the same rank neither knows the other."""
    here = path.parent.name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis.coding."):
            layer = node.module.split(".")[2]
            assert layer == here or LAYERS[layer] < LAYERS[here], f"{here} imports {node.module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_a_module_opens_with_its_contract_and_fits_in_a_sitting(path):
    """Every module has a docstring and at most 400 lines."""
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), path
    assert source.count("\n") <= 400, f"{path.name} is too long: split it by concept"


def test_nothing_unsafe_is_used():
    """No pickle, no eval, no YAML without a safe loader: articles and codebooks are untrusted."""
    for path in MODULES:
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                assert not names & {"pickle", "joblib", "shelve", "marshal"}, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
