"""The page of the browser: a shell that asks a server, or a file that holds all it shows.

Reads the page's parts beside this module (HTML, CSS, JavaScript, words), and answers of `Queries`; returns HTML.
Nothing that comes from a corpus is written into the page but as JSON, in which no markup can begin; the page makes text
of it. Its policy allows the page's own script and style, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from analysis.contracts.errors import InputError, UsageError
from analysis.display.browser.full_text import LETTERS, MOST_LETTERS, MOST_TERMS
from analysis.display.browser.queries import MOST_NAMES, Queries
from analysis.display.words import LANGUAGES

FOLDER = Path(__file__).parent
SCRIPTS = ("answers.js", "marks.js", "actors.js", "page.js")
"""Parts of the page's script; together they are one."""
MOST_ARTICLES = 200
"""Articles that a file may hold: it is read whole by whoever opens it."""
POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; connect-src {connect}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
SERVED_POLICY = POLICY.format(script="'self'", style="'self'", connect="'self'") + "; frame-ancestors 'none'"
"""What the page of the server may load: its own script, style and answers."""


@lru_cache
def read_words() -> dict[str, dict[str, str]]:
    """The words of the page: key, language, text.

    Raises
    ------
    InputError
        When a word lacks a language.
    """
    words: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    for key, texts in words.items():
        if set(texts) != set(LANGUAGES):
            raise InputError(f"words.yaml: {key}: give it in {' and '.join(LANGUAGES)}")
    return words


def read_script() -> str:
    """The script of the page: its parts in one scope, which is not that of the window."""
    parts = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def make_shell(language: str = "nl") -> str:
    """The page that a server sends: it holds no article, and asks for what it shows.

    Parameters
    ----------
    language : {"nl", "en"}
        In which the page opens.

    Returns
    -------
    str
        HTML.
    """
    return _fill(
        language,
        policy="",
        style='<link rel="stylesheet" href="page.css">',
        script='<script src="page.js"></script>',
        data="null",
    )


def make_file(queries: Queries, language: str = "nl", *, progress: Callable[[int, int], None] | None = None) -> str:
    """The page as one file that needs no server.

    Parameters
    ----------
    queries : Queries
        Of a corpus of at most `MOST_ARTICLES` articles.
    language : {"nl", "en"}
        In which the page opens.
    progress : callable, optional
        Is told how many articles are done, of how many.

    Returns
    -------
    str
        HTML, with script, style and data inside.

    Raises
    ------
    InputError
        When there are too many articles.
    """
    n = len(queries.corpus.article_ids)
    if n > MOST_ARTICLES:
        raise InputError(
            f"{queries.corpus.name}: {n} articles are too many for one file, which holds {MOST_ARTICLES}; "
            "browse them without --to, or code a part of them into a folder of its own"
        )
    script, style = f"\n{read_script()}", f"\n{(FOLDER / 'page.css').read_text(encoding='utf-8')}"
    policy = POLICY.format(script=_checksum(script), style=_checksum(style), connect="'none'")
    return _fill(
        language,
        policy=f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        style=f"<style>{style}</style>",
        script=f"<script>{script}</script>",
        data=_to_json(_collect(queries, progress)),
    )


def _collect(queries: Queries, progress: Callable[[int, int], None] | None) -> dict[str, Any]:
    """All that the page can ask for: articles in the order of reading; names and reasons in both languages."""
    articles: list[dict[str, Any]] = []
    reasons: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}
    ids: dict[str, None] = {}
    order = [int(number) for number in queries.findings.order]
    for done, number in enumerate(order, start=1):
        shown = queries.shown(number)
        articles.append(shown)
        ids |= dict.fromkeys(name for name in (shown["article"]["outlet"],) if name)
        for card in (card for sentence in shown["sentences"] for card in sentence["cards"]):
            ids |= dict.fromkeys(card["names"])
            for language, known in reasons.items():
                if card["id"] not in known:
                    known[card["id"]] = queries.reasons(shown["article"]["id"], card["id"], language)["reasons"]
        if progress is not None:
            progress(done, len(order))
    overview = queries.overview(LANGUAGES[0])
    ids |= dict.fromkeys(source for source, _ in overview["sources"])
    return {
        "overview": {key: value for key, value in overview.items() if key != "names"},
        "sizes": overview["sizes"],
        "search": {
            "letters": LETTERS,
            "most_terms": MOST_TERMS,
            "most_letters": MOST_LETTERS,
            "most_names": MOST_NAMES,
        },
        "actors": queries.findings.actors,
        "articles": articles,
        "reasons": reasons,
        "names": {language: queries.names([*ids, *queries.findings.actors], language) for language in LANGUAGES},
    }


def _fill(language: str, **parts: str) -> str:
    if language not in LANGUAGES:
        raise UsageError(f"--language: the page speaks {' and '.join(LANGUAGES)}, not '{language}'")
    words = read_words()
    shell = (FOLDER / "page.html").read_text(encoding="utf-8")
    return shell.format(
        language=language,
        title=html.escape(words["title"][language]),
        no_script=html.escape(words["no_script"][language]),
        words=_to_json(words),
        **parts,
    )


def _to_json(value: Any) -> str:
    """JSON in which no markup can begin or end, whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _checksum(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
