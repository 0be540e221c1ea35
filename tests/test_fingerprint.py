"""Names of coded tables: whatever could change a row changes the name, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import analysis
from analysis import paths
from analysis.codebook.load import EMPTY, Frame
from analysis.contracts.errors import UsageError
from analysis.runs import identity as fingerprint_module
from analysis.runs.identity import checksum_of_coder, find_source, fingerprint, is_coder_as_imported

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
OPTIONS = {"reading": "model", "methods": ("model", "lexicon"), "captions": False}


def test_a_fingerprint_depends_on_articles_codebook_options_and_coder(make_articles):
    """Anything that could change a row changes the name; a copy has the same name."""
    articles = make_articles("De bond zweeg.", "Jansen sprak.")
    frame = Frame(id="f", label={"nl": "f"}, definition="", source="")
    names = {
        fingerprint(articles, EMPTY, OPTIONS, "1"),
        fingerprint(articles.head(1), EMPTY, OPTIONS, "1"),
        fingerprint(articles.assign(outlet="bode"), EMPTY, OPTIONS, "1"),
        fingerprint(articles, replace(EMPTY, checksum="other"), OPTIONS, "1"),
        fingerprint(articles, replace(EMPTY, frames={"f": frame}), OPTIONS, "1"),
        fingerprint(articles, EMPTY, OPTIONS | {"captions": True}, "1"),
        fingerprint(articles, EMPTY, OPTIONS | {"methods": ("model",)}, "1"),
        fingerprint(articles, EMPTY, OPTIONS, "2"),
    }
    assert len(names) == 8
    assert fingerprint(articles.copy(), EMPTY, dict(reversed(OPTIONS.items())), "1") in names


def test_an_option_that_holds_an_object_has_no_name(make_articles):
    """Its printed form may be cut short, or be an address that another object gets later."""
    with pytest.raises(UsageError, match="the option frame_model holds an object"):
        fingerprint(make_articles("De bond zweeg."), EMPTY, OPTIONS | {"frame_model": object()}, "1")


def test_another_model_is_another_coder(monkeypatch, tmp_path):
    """What one model coded is not taken for the work of another."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    first = checksum_of_coder()
    assert checksum_of_coder() == first
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(tmp_path / "nowhere.npz"))
    assert checksum_of_coder() != first


def test_other_source_word_lists_and_frame_models_are_another_coder(monkeypatch, tmp_path):
    """Each kind of file that coding reads counts."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    source = tmp_path / "rule.py"
    books, words, models = tmp_path / "codebooks", tmp_path / "languages", tmp_path / "models"
    patterns = tmp_path / "patterns"
    for folder in (books, words / "nl", models, patterns):
        folder.mkdir(parents=True)
    monkeypatch.setattr(fingerprint_module, "ROOT", tmp_path)
    monkeypatch.setattr(fingerprint_module, "CODEBOOKS", books)
    monkeypatch.setattr(fingerprint_module, "WORD_LISTS", words)
    monkeypatch.setattr(fingerprint_module, "MODELS", models)
    monkeypatch.setattr(fingerprint_module, "PATTERNS", patterns)
    monkeypatch.setattr(fingerprint_module, "find_source", lambda _: [source])
    checksums = set()
    lists = (books / "world.csv", words / "nl" / "lexicon.csv", words / "nl" / "verbs.yaml", patterns / "quotes.yaml")
    for path in (source, *lists, models / "grounds.csv", models / "frames.npz"):
        path.write_text("1", encoding="utf-8")
        if source.exists():
            checksums.add(checksum_of_coder())
        path.write_text("2", encoding="utf-8")
        checksums.add(checksum_of_coder())
    assert len(checksums) == 14
    (models / "README.md").write_text("words about models", encoding="utf-8")
    (words / "README.md").write_text("words about words", encoding="utf-8")
    assert checksum_of_coder() in checksums


def test_the_source_of_the_coder_is_all_that_it_imports_and_nothing_more():
    """Every rule of the coding room counts; a chart, a notebook or the training does not."""
    names = {path.relative_to(paths.ROOT / "analysis").as_posix() for path in find_source("analysis.runs.chain")}
    assert {
        "__init__.py",
        "runs/chain.py",
        "contracts/schema.py",
        "coding/mentions/find.py",
        "coding/quotes/marks.py",
    } <= names
    assert {"corpus/layout.py", "reading/decode.py", "reading/model.py", "measures/features.py"} <= names
    assert not {
        name for name in names if name.startswith(("display/", "training/", "validation/", "runs/cache", "runs/run"))
    }


def test_whatever_is_loaded_to_code_is_in_the_source():
    """No module comes in by a way that the imports do not show."""
    import subprocess
    import sys

    program = (
        "import sys; from analysis.runs.chain import code_articles; from analysis.codebook.load import EMPTY\n"
        "from analysis.contracts.tables import make_table\n"
        "row = dict(article_id='a', outlet=None, published=None, published_precision=None, headline=None, "
        "text='De bond prees Jan Jansen.', language='nl', source_file='a', n_words=5, duplicate_of=None)\n"
        "code_articles(make_table('articles', [row]), EMPTY)\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'analysis'), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {Path(line) for line in done.stdout.split("\n") if line} <= set(find_source("analysis.runs.chain"))


@pytest.mark.parametrize(("moment", "expected"), [(0.0, False), (float("inf"), True)])
def test_source_that_changed_after_the_import_is_noticed(monkeypatch, moment, expected):
    """The files no longer say what runs."""
    assert analysis.IMPORTED_AT > 0
    monkeypatch.setattr(analysis, "IMPORTED_AT", moment)
    assert is_coder_as_imported() is expected
