"""A small server for one reader: the page, and answers about one corpus.

Reads requests, which may come from anywhere on this computer; answers GET only, with files of this package and JSON of
`Queries`, never with a file that a request names. It listens on 127.0.0.1 unless told otherwise, and answers only to
its own name, so that a page of somebody else's cannot read a corpus through the reader's browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.display.browser.filters import read_filter
from analysis.display.browser.pages import FOLDER, SERVED_POLICY, make_shell, read_script
from analysis.display.browser.queries import Queries
from analysis.display.words import LANGUAGES

HOST, PORT = "127.0.0.1", 8760
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FILES = {"/page.js": "text/javascript", "/page.css": "text/css"}
HEADERS = {
    "Content-Security-Policy": SERVED_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Words = dict[str, str]


def answer(queries: Queries, what: str, words: Words) -> dict[str, Any]:
    """What the page asks for.

    Parameters
    ----------
    queries : Queries
    what : {"overview", "actors", "actor", "articles", "sentences", "search", "article", "reasons"}
    words : dict of str to str
        Of the address: ``lang``, the parts of a filter, ``find``, ``search``, ``offset``, ``id``, ``row``.

    Returns
    -------
    dict
        Ready for JSON.

    Raises
    ------
    InputError
        When something is asked for that is not there.
    """
    language = words.get("lang", "nl")
    if language not in LANGUAGES:
        raise InputError(f"lang: '{language}' is unknown; use {' or '.join(LANGUAGES)}")
    offset = _read_offset(words.get("offset", "0"))
    find, search = words.get("find", ""), words.get("search", "")
    asks: dict[str, Callable[[], dict[str, Any]]] = {
        "overview": lambda: queries.overview(language),
        "actors": lambda: queries.actors(read_filter(words), language, find=find, offset=offset),
        "actor": lambda: queries.actor(read_filter(words), language),
        "articles": lambda: queries.articles(read_filter(words), language, find=find, offset=offset),
        "sentences": lambda: queries.sentences(read_filter(words), language, offset=offset),
        "search": lambda: queries.search(read_filter(words), language, words=search, offset=offset),
        "article": lambda: queries.article(words.get("id", ""), language, words=search),
        "reasons": lambda: queries.reasons(words.get("id", ""), words.get("row", ""), language),
    }
    if what not in asks:
        raise InputError(f"there is no answer '{what}'; ask for {', '.join(asks)}")
    return asks[what]()


def make_server(queries: Queries, *, host: str = HOST, port: int = PORT, language: str = "nl") -> ThreadingHTTPServer:
    """A server that is ready to run; its address is in ``server_address``.

    Parameters
    ----------
    queries : Queries
    host : str
        Where to listen. Another than 127.0.0.1 lets others on the network read the corpus.
    port : int
        0 takes any that is free.
    language : {"nl", "en"}
        In which the page opens.

    Returns
    -------
    http.server.ThreadingHTTPServer

    Raises
    ------
    UsageError
        When the port is taken or the host is not this computer's.
    """
    shell = make_shell(language).encode()
    files = {"/page.js": read_script().encode(), "/page.css": (FOLDER / "page.css").read_bytes()}

    # One answer at a time, in one thread: none is made twice, and memory is taken and given back in one place.
    worker = ThreadPoolExecutor(1, "answers")

    class Handler(BaseHTTPRequestHandler):
        server_version = "framewijs"
        sys_version = ""
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if not self._is_meant():
                self._send_json({"error": "this server answers to its own address only"}, HTTPStatus.FORBIDDEN)
            elif address.path in ("/", "/index.html"):
                self._send(shell, "text/html; charset=utf-8")
            elif address.path in files:
                self._send(files[address.path], f"{FILES[address.path]}; charset=utf-8")
            elif address.path.startswith("/api/"):
                self._answer(address.path.removeprefix("/api/"), dict(parse_qsl(address.query)))
            else:
                self._send_json({"error": "there is nothing here"}, HTTPStatus.NOT_FOUND)

        def _is_meant(self) -> bool:
            name = urlsplit(f"//{self.headers.get('Host', '')}").hostname
            return host not in LOOPBACK or name in LOOPBACK

        def _answer(self, what: str, words: Words) -> None:
            try:
                self._send_json(worker.submit(answer, queries, what, words).result())
            except StudyError as error:
                self._send_json({"error": " ".join(str(error).split())}, HTTPStatus.NOT_FOUND)

        def _send_json(self, value: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
            body = json.dumps(value, ensure_ascii=False).encode()
            self._send(body, "application/json; charset=utf-8", status)

        def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
            self.send_response(status)
            for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """A reader needs no log."""

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({getattr(error, 'strerror', None) or error}); "
            "choose another --port, or --port 0 for any that is free"
        ) from error
    server.daemon_threads = True  # a request that hangs does not keep the program
    return server


def _read_offset(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise InputError(f"offset: '{text}' is no number from 0")
    return int(text)
