"""Codebooks load with every record, and every mistake is named by file, line and key."""

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import paths
from analysis.codebook.load import Codebook, load_codebook
from analysis.codebook.patterns import compile_pattern
from analysis.contracts.errors import CodebookError, UsageError

GOOD = """\
name: Test
actors:
  - id: state
    label: {nl: Staat, en: State}
    type: country
  - id: ministry
    label: Ministerie
    type: government
    part_of: state
    nl:
      names: [Ministerie van Zaken]
      metonyms: [Den Haag]
outlets:
  - id: courant
    label: De Courant
    group: {kind: broadsheet}
frames:
  - id: conflict
    label: conflict
    definition: Emphasis on conflict.
    source: Somebody (2000)
    indicators:
      - id: quarrel
        question: Do they quarrel?
        patterns: {nl: ["ruzie*", "stelt .. verantwoordelijk"]}
        examples: {nl: ["De raad heeft ruzie."]}
"""


def test_a_good_codebook_loads_with_every_record(write_codebook):
    """Every key of the format arrives where it belongs."""
    book = load_codebook(write_codebook(GOOD))
    assert list(book.actors) == ["state", "ministry"]
    assert book.actors["ministry"].wording["nl"].metonyms == ("Den Haag",)
    assert book.lineage("ministry") == ["ministry", "state"]
    assert book.label("state", "en") == "State"
    assert book.label("ministry", "en") == "Ministerie"
    assert book.label("unlisted:jan_de_boer") == "jan de boer"
    assert book.frames["conflict"].indicators[0].patterns["nl"] == ("ruzie*", "stelt .. verantwoordelijk")
    assert book.outlets["courant"].group == {"kind": "broadsheet"}
    assert len(book.checksum) == 64


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    part_of: state", "    partof: state", "line 9, actors[ministry].partof: unknown key 'partof'; did you mean 'part_of'?"),
        ("    part_of: state", "    part_of: stat", "line 6, actors[ministry]: part_of names 'stat', which is no actor; did you mean 'state'?"),
        ("  - id: ministry", "  - id: state", "line 6, actors[state]: the id 'state' is used before, in codebook.yaml, line 3; rename one"),
        ("    type: country", "    type: country\n    part_of: ministry", "part_of runs in a circle: state -> ministry -> state"),
        ("    type: government", "    type: goverment", "line 8, actors[ministry].type: 'goverment' is not one of person, government"),
        ("    type: country", "", "line 3, actors[state]: 'type' is missing"),
        ("  - id: ministry", "  - id: Ministry of X", "line 6, actors[Ministry of X].id: 'Ministry of X' cannot be an id"),
        ("  - id: ministry", "  - id: author", "'author' cannot be an id"),
        ("names: [Ministerie van Zaken]", "names: [no]", "line 11, actors[ministry].nl.names: must be a list of texts (put quotation marks"),
        ("names: [Ministerie van Zaken]", "names: Ministerie", "must be a list of texts"),
        ('"ruzie*"', '".. ruzie"', "pattern '.. ruzie' (nl): a pattern is one or more words"),
        ("    definition: Emphasis on conflict.\n", "", "frames[conflict]: 'definition' is missing"),
        ("name: Test", "name: Test\nname: Twice", "line 2: is not valid YAML: the key 'name' is written twice"),
        ("actors:", "actors: [", "is not valid YAML"),
        ("label: De Courant", "label: !!int abc", "holds a value that its YAML tag forbids; take tags (!!) out"),
        ("{kind: broadsheet}", "{kind: [1, 2]}", "outlets[courant].kind: must be a text"),
        ("name: Test", "include: [../other.yaml]", "line 1, include: '../other.yaml' must be a file in the same folder"),
        ("name: Test", "include: [other.yaml]", "line 1, include: 'other.yaml' does not exist beside this file; put it"),
        ("name: Test", "include: [frames_generic.yaml]", "does not exist beside this file; copy it from data/codebooks"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_key(write_codebook, old, new, message):
    """Each planted mistake gives one line that says what, where and what to do."""
    assert old in GOOD
    with pytest.raises(CodebookError) as caught:
        load_codebook(write_codebook(GOOD.replace(old, new, 1)))
    assert str(caught.value).startswith("codebook.yaml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


MISTAKEN = """\
namen: Test
include: [other.yaml]
actors:
  - id: state
    labels: Staat
    type: land
    nl: {names: [no], nominal: [staat]}
  - staat
  - id: state
    label: Staat
    type: country
    part_of: nobody
outlets:
  - {id: courant, label: De Courant, group: broadsheet}
frames:
  - id: conflict
    label: conflict
    indicators:
      - {id: quarrel, patterns: {nl: ["..", "- ruzie"], fr: [dispute]}}
axes:
  - {id: safe, label: veilig, low: {nl: [veilig]}, high: []}
"""


def test_all_mistakes_are_named_in_one_message(tmp_path, write_codebook):
    """Every mistake on a line of its own, in the order of the file; those of an included file after them."""
    (tmp_path / "other.yaml").write_text("actors:\n  - {id: Other, label: a, type: person}\n", encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(write_codebook(MISTAKEN))
    first, *lines = str(caught.value).split("\n")
    assert first == f"codebook.yaml has {len(lines)} mistakes:"
    told = [
        "line 1, namen: unknown key 'namen'; did you mean 'name'?",
        "line 3, actors: entry 2 must have keys such as 'id:'",
        "line 5, actors[state].labels: unknown key 'labels'; did you mean 'label'?",
        "line 6, actors[state].type: 'land' is not one of person",
        "line 7, actors[state].nl.nominal: unknown key 'nominal'; did you mean 'nominals'?",
        "line 7, actors[state].nl.names: must be a list of texts",
        "line 9, actors[state]: the id 'state' is used before, in codebook.yaml, line 4; rename one",
        "line 14, outlets[courant].group: must have keys and values",
        "line 16, frames[conflict]: 'definition' is missing",
        "line 16, frames[conflict]: 'source' is missing",
        "line 19, frames[conflict].indicators[quarrel].patterns.fr: unknown key 'fr'",
        "line 19, frames[conflict].indicators[quarrel]: pattern '..' (nl): a pattern is one or more words",
        "line 19, frames[conflict].indicators[quarrel]: pattern '- ruzie' (nl): '-' has no letter or digit",
        "line 19, frames[conflict].indicators[quarrel]: 'question' is missing",
        "line 21, axes[safe].high: must list words per language",
    ]
    assert len(lines) == len(told) + 1
    for line, what in zip(lines, told, strict=False):
        assert line.startswith(f"- codebook.yaml, {what}")
    assert lines[-1].startswith("- other.yaml, line 2, actors[Other].id: 'Other' cannot be an id")


def test_of_very_many_mistakes_twenty_are_named_and_the_rest_is_counted(write_codebook):
    """A message stays readable."""
    text = "actors:\n" + "".join(f"  - {{id: a{n}, label: a, type: persn}}\n" for n in range(50))
    with pytest.raises(CodebookError) as caught:
        load_codebook(write_codebook(text))
    first, *lines = str(caught.value).split("\n")
    assert first == "codebook.yaml has 50 mistakes:"
    assert len(lines) == 21
    assert lines[-1] == "- and 30 more"


def test_a_mistake_brings_no_others_with_it(tmp_path, write_codebook):
    """Actors of a file that cannot be read are not missed, and a circle is told once, whoever leads into it."""
    (tmp_path / "other.yaml").write_text("actors: [\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"^other\.yaml, line 2: is not valid YAML[^\n]*$"):
        load_codebook(
            write_codebook(GOOD.replace("name: Test", "include: [other.yaml]").replace("_of: state", "_of: x"))
        )
    actors = "".join(f"  - {{id: {a}, label: a, type: person, part_of: {b}}}\n" for a, b in ("ab", "bc", "cb", "db"))
    with pytest.raises(CodebookError, match=r"^codebook\.yaml, line 2, [^\n]*circle: a -> b -> c -> b; cut[^\n]*$"):
        load_codebook(write_codebook("actors:\n" + actors))


@pytest.mark.parametrize("other", ["actors:\n", "name: Empty\n", "actors: []\n"])
def test_a_file_without_actors_hides_no_mistake(tmp_path, write_codebook, other):
    """A key without a value is no list that could not be read: what names nobody is still told."""
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    book = GOOD.replace("name: Test", "include: [other.yaml]").replace("part_of: state", "part_of: nobody")
    with pytest.raises(CodebookError, match=r"part_of names 'nobody', which is no actor$"):
        load_codebook(write_codebook(book))


@pytest.mark.parametrize(
    ("actors", "messages"),
    [
        ("{id: a, label: a, type: person}\n  - {id: a, label: a, type: person, part_of: zzz}",
         ["the id 'a' is used before", "part_of names 'zzz', which is no actor"]),
        ("{idd: city, label: a, type: person}\n  - {id: b, label: a, type: person, part_of: city}",
         ["unknown key 'idd'"]),
        ("{id: harbour, label: a, type: person, part_of: harbours}", ["part_of names 'harbours', which is no actor"]),
    ],
    ids=["twice", "misspelt", "itself"],
)  # fmt: skip
def test_what_names_nobody_is_told_and_nothing_else(write_codebook, actors, messages):
    """An id used twice has its own part_of; a misspelt key hides no actor; nobody is part of itself."""
    with pytest.raises(CodebookError) as caught:
        load_codebook(write_codebook(f"actors:\n  - {actors}\n"))
    lines = str(caught.value).split("\n")
    told = lines if len(messages) == 1 else lines[1:]
    assert len(told) == len(messages)
    assert all(message in line for message, line in zip(messages, told, strict=True))
    assert "mean 'harbour'" not in str(caught.value)


def test_yaml_cannot_run_code(write_codebook):
    """A codebook that asks Python to run something is refused."""
    with pytest.raises(CodebookError, match="is not valid YAML"):
        load_codebook(write_codebook("name: !!python/object/apply:os.getcwd []\n"))


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte_order_mark"])
def test_a_byte_that_is_not_utf_8_is_named_by_line(tmp_path, start):
    """The line of the first accent of a file in Latin-1."""
    path = tmp_path / "codebook.yaml"
    path.write_bytes(start + b"name: Test\nactors:\n  - {id: a, label: Andr\xe9, type: person}\n")
    with pytest.raises(CodebookError, match=r"^codebook\.yaml, line 3: is not UTF-8; save the file as UTF-8$"):
        load_codebook(path)


def test_numbers_and_dates_are_texts(write_codebook):
    """A year may be a name, and an impossible date is no reason to fail."""
    book = load_codebook(write_codebook(GOOD.replace("[Ministerie van Zaken]", "[2013, 2020-13-45]")))
    assert book.actors["ministry"].wording["nl"].names == ("2013", "2020-13-45")


def test_a_file_that_is_not_there_is_named(tmp_path):
    """A wrong path is told as a wrong path."""
    with pytest.raises(CodebookError, match="cannot be read"):
        load_codebook(tmp_path / "nothing.yaml")


def test_included_records_are_added(tmp_path, write_codebook):
    """Frames can be shared between codebooks."""
    (tmp_path / "frames.yaml").write_text(GOOD[GOOD.index("frames:") :], encoding="utf-8")
    text = GOOD[: GOOD.index("frames:")].replace("name: Test", "name: Test\ninclude: [frames.yaml]")
    assert list(load_codebook(write_codebook(text)).frames) == ["conflict"]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ruzie*", "Hun ruzies duren.", "ruzies"),
        ("ruzie", "Hun ruzies duren.", None),
        ("ruzie*", "De ‘ruzies’ duren.", "ruzies"),
        ("ruzie*", "De ruzie-achtige sfeer.", "ruzie-achtige"),
        ("stelt .. aansprakelijk", "Zij stelt de gemeente daarvoor aansprakelijk.", "stelt de gemeente daarvoor aansprakelijk"),
        ("stelt .. aansprakelijk", "Zij stelt zich voor. Niemand is aansprakelijk.", None),
        ("de schuld", "De  Schuld ligt bij hem.", "De  Schuld"),
        ("god", "Godin", None),
        ("a.b", "axb", None),
    ],
)  # fmt: skip
def test_patterns_match_whole_words_as_described(pattern, text, found):
    """Star, gap, space and case do what the documentation says, and nothing else is special."""
    match = compile_pattern(pattern).search(text)
    assert (match.group() if match else None) == found


def test_many_stars_and_gaps_take_no_time():
    """A word that nearly fits was once tried in every way; of gaps more than four are refused."""
    begun = time.perf_counter()
    assert compile_pattern("*".join("aaaaaaaaaaaab")).search(f"{'a' * 60}c {'a-' * 200}") is None
    assert time.perf_counter() - begun < 2
    with pytest.raises(ValueError, match="stands in it 5 times, at most 4"):
        compile_pattern(" .. ".join("aaaaaa"))


@given(st.lists(st.text("ab", max_size=2), min_size=2, max_size=4).filter(any), st.text("ab-' ", max_size=12))
def test_stars_find_what_trying_every_way_finds(parts, text):
    """The nearest place of what stands between two stars leaves most room for the rest."""
    every_way = r"(?:[\w'’-]*\w)?".join(parts)
    expected = [found.span() for found in re.finditer(rf"(?<!\w){every_way}(?!\w)", text)]
    assert [found.span() for found in compile_pattern("*".join(parts)).finditer(text)] == expected


def test_an_id_of_a_study_must_be_in_the_codebook():
    """A typo in a notebook's `actors` once gave empty charts; every notebook has them checked."""
    seed = paths.CODEBOOKS / "seed.yaml"
    load_codebook(seed, actors=["trump", "unlisted:jan_bos"])
    with pytest.raises(UsageError, match=r"no actor with the id 'trmp'; did you mean 'trump'\?"):
        load_codebook(seed, actors=["trmp"])
    with pytest.raises(UsageError, match=r"give a list such as \['trump'\]"):
        load_codebook(seed, actors="trump")
    for path in paths.NOTEBOOKS.glob("*/*.ipynb"):
        assert "load_codebook(codebook_at, actors=actors)" in path.read_text(encoding="utf-8"), path.name


@given(st.text(alphabet="ab*.( [\\", min_size=1, max_size=12))
def test_no_pattern_breaks_the_compiler(pattern):
    """A pattern either compiles or is refused with a ValueError, whatever is typed."""
    with contextlib.suppress(ValueError):
        compile_pattern(pattern).search("ab a b aab")


@pytest.mark.parametrize("path", sorted(paths.CODEBOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_codebook_loads_and_its_examples_answer_yes(path):
    """Each indicator's example sentences are matched by the indicator's own patterns."""
    book = load_codebook(path)
    assert isinstance(book, Codebook)
    for frame in book.frames.values():
        for indicator in frame.indicators:
            for language, examples in indicator.examples.items():
                for example in examples:
                    patterns = indicator.patterns.get(language, ())
                    assert any(compile_pattern(p).search(example) for p in patterns), (frame.id, indicator.id, example)
