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


MOST_MODULES, MOST_LINES = 11, 1_500
"""Of a sub-package of the coding room, its ``__init__`` counted."""
STILL_LONG = {"quotes": 1_796, "mentions": 1_722, "syntax": 1_854}
"""Sub-packages that are longer: by how much they may be, so that they only shrink."""


@pytest.mark.parametrize("layer", LAYERS)
def test_a_sub_package_of_the_coding_room_stays_small(layer):
    """Ten modules and 1,500 lines; the whole room under 12,700."""
    modules = sorted((CODING / layer).glob("*.py"))
    assert len(modules) <= MOST_MODULES
    assert sum(map(_count_lines, modules)) <= STILL_LONG.get(layer, MOST_LINES)
    assert sum(map(_count_lines, CODING.rglob("*.py"))) <= 12_700


def _count_lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


RELATIONS = frozenset(
    [
        "acl",
        "acl:relcl",
        "advcl",
        "advmod",
        "amod",
        "appos",
        "aux",
        "aux:pass",
        "auxpass",
        "case",
        "cc",
        "ccomp",
        "compound",
        "compound:prt",
        "conj",
        "cop",
        "csubj",
        "csubj:pass",
        "dep",
        "det",
        "dobj",
        "expl",
        "fixed",
        "flat",
        "flat:name",
        "iobj",
        "mark",
        "nmod",
        "nmod:poss",
        "nsubj",
        "nsubj:pass",
        "nummod",
        "obj",
        "obl",
        "obl:agent",
        "obl:arg",
        "parataxis",
        "pobj",
        "prep",
        "ROOT",
        "xcomp",
    ]
)
"""Labels of dependency trees, which are no words of a language."""
LONGEST_LIST = 8
CODES = {"claims/words.py": ["verb", "phrase", "noun", "adjective", "state", "modal", "case", "mark", "words", "harm"]}
"""Lists of codes of the project's own files."""


@pytest.mark.parametrize(
    "path", sorted(p for p in CODING.glob("*/*.py") if p.parent.name != "language"), ids=lambda p: f"{p.parent.name}/{p.name}"
)  # fmt: skip
def test_words_and_languages_are_data(path):
    """No list of words in a coder, and no language by its code: words lie in data/languages, with traits beside them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            is_code = words == CODES.get(f"{path.parent.name}/{path.name}")
            assert is_code or len([word for word in words if word not in RELATIONS]) <= LONGEST_LIST, words
        compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        compared += [node.slice] if isinstance(node, ast.Subscript) else []
        compared += list(node.keys) if isinstance(node, ast.Dict) else []
        for one in compared:
            parts = one.elts if isinstance(one, ast.Tuple | ast.List | ast.Set) else [one]
            assert not {part.value for part in parts if isinstance(part, ast.Constant)} & {"nl", "en"}, ast.dump(node)
