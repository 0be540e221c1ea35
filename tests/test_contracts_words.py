"""Word lists are data: read safely, checked, and the same in kind in every language."""

import pytest

from analysis.contracts import words
from analysis.contracts.errors import InputError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of languages in place of the project's."""
    monkeypatch.setattr(words, "WORD_LISTS", tmp_path)
    for language in ("de", "nl"):
        (tmp_path / language).mkdir()
    words.forget()
    yield tmp_path
    words.forget()


def write(folder, text, language="nl"):
    """Write the one file of a language."""
    (folder / language / "some.yaml").write_text(text, "utf-8")


def test_a_list_is_a_set_a_tuple_or_pairs(folder):
    """Words by spaces, as a list, or with values; `no` and `on` are words."""
    write(folder, "a:\n  about: A.\n  words: no on\nb:\n  about: B.\n  words: [two words, one]\n"
                  "c:\n  about: C.\n  words: {minister: m}\n")  # fmt: skip
    assert words.load_words("some", "a", "nl") == {"no", "on"}
    assert words.load_tuple("some", "b", "nl") == ("two words", "one")
    assert words.load_pairs("some", "c", "nl") == {"minister": "m"}


def test_a_language_without_the_list_has_no_words(folder):
    """A new language begins as an empty folder; together means all that there are."""
    write(folder, "a:\n  about: A.\n  words: x\n")
    assert words.load_words("some", "a", "de") == frozenset()
    assert words.load_pairs("some", "a", "de") == {}
    assert words.load_both("some", "a") == {"x"}
    assert words.load_by_language("some", "a") == {"de": frozenset(), "nl": {"x"}}


def test_pairs_of_all_languages_agree(folder):
    """A word that two languages share has one value."""
    write(folder, "a:\n  about: A.\n  words: {x: op, y: aan}\n")
    write(folder, "a:\n  about: A.\n  words: {x: op, z: auf}\n", "de")
    assert words.load_both_pairs("some", "a") == {"x": "op", "y": "aan", "z": "auf"}
    words.forget()
    write(folder, "a:\n  about: A.\n  words: {x: auf}\n", "de")
    with pytest.raises(InputError, match=r"some\.yaml: a: x has another value in another language"):
        words.load_both_pairs("some", "a")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "a mapping of lists"),
        ("a: [x]\n", "`about` "),
        ("a:\n  about: A.\n  words: x\n  more: y\n", "nothing else"),
        ("a:\n  about: A.\n  words: x y x\n", "x stands there twice"),
        ("a:\n  about: A.\n  words: [[x]]\n", "`words` is a text"),
        ("a: [\n", "cannot be read as YAML"),
        ("b:\n  about: B.\n  words: x\n", "no list 'a', in any language"),
    ],
)
def test_a_damaged_file_or_an_unknown_list_is_named(folder, text, message):
    """The error says which file and what to do."""
    write(folder, text)
    with pytest.raises(InputError, match=message) as caught:
        words.load_words("some", "a", "nl")
    assert "some.yaml" in str(caught.value)


def test_every_language_has_the_same_files():
    """Dutch and English have the same; another language may have some of them."""
    names = {
        language: sorted(file.name for file in (words.WORD_LISTS / language).glob("*.yaml"))
        for language in words.list_languages()
    }
    assert {"nl", "en"} <= set(names)
    assert names["nl"] == names["en"]
    assert all(set(names[language]) <= set(names["nl"]) for language in names), names
    for language in names:
        for path in (words.WORD_LISTS / language).glob("*.yaml"):
            words._read(path)
