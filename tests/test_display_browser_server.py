"""Page and server: nothing hostile becomes markup, nobody else is answered, and a wrong question is told."""

import http.client
import json
import re
import threading
from contextlib import contextmanager

import pytest

from analysis.contracts.errors import InputError, UsageError
from analysis.display.browser import Queries, make_file, make_server, make_shell, open_corpus, pages
from analysis.display.browser.pages import FOLDER, read_script, read_words
from tests.browser_corpus import BAD, CODEBOOK, write_corpus


@pytest.fixture(scope="module")
def queries(tmp_path_factory):
    """Questions to the corpus of three articles."""
    return Queries(open_corpus(write_corpus(tmp_path_factory.mktemp("coded")), codebook=CODEBOOK))


@contextmanager
def serving(queries):
    """A server that runs; gives a function that asks it."""
    server = make_server(queries, port=0, language="en")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def ask(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
        connection.request(headers.pop("method", "GET"), path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    try:
        yield ask
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_it_answers_page_files_and_questions(queries):
    """HTML, script, style and JSON, each with its policy; only on this computer."""
    with serving(queries) as ask:
        for path, kind in (("/", "text/html"), ("/page.js", "text/javascript"), ("/page.css", "text/css"),
                           ("/api/overview?lang=en", "application/json")):  # fmt: skip
            answer, body = ask(path)
            assert answer.status == 200 and answer.getheader("Content-Type").startswith(kind) and body
            policy = answer.getheader("Content-Security-Policy")
            assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
            assert answer.getheader("X-Content-Type-Options") == "nosniff"
        _, body = ask("/api/sentences?lang=en&outlet=krant&sign=negative")
        assert json.loads(body)["rows"][0]["hits"] == ["a1:e1.model"]
        _, body = ask("/api/search?lang=en&outlet=krant&search=LAF")
        assert json.loads(body)["rows"][0]["sentences"][0]["n"] == 1
        _, body = ask("/api/actor?lang=en&actor=piet")
        assert json.loads(body)["rows"] == [["piet", 0, 6, 0, 3, 3, 0, 6]]
        _, body = ask("/api/article?lang=en&id=b%2F2%3F")
        assert json.loads(body)["article"]["outlet"] == "blad <i>"
        _, body = ask("/api/reasons?lang=en&id=a1&row=a1%3Ae1.model")
        assert len(json.loads(body)["reasons"]) > 3


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/articles?lang=de", 404, "lang: 'de'"),
        ("/api/articles?sign=bad", 404, "sign: 'bad'"),
        ("/api/articles?offset=-1", 404, "offset: '-1'"),
        ("/api/articles?actor=jan&parts=yes", 404, "parts: 'yes'"),
        ("/api/search?search=a+b+c+d+e+f+g+h+i+j+k+l+m", 404, "at most 12 words"),
        ("/api/article?id=zz", 404, "no article 'zz'"),
        ("/api/nothing", 404, "there is no answer 'nothing'"),
        ("/../pyproject.toml", 404, "nothing here"),
        ("/words.yaml", 404, "nothing here"),
    ],
)
def test_a_wrong_question_is_told(queries, path, status, words):
    """As JSON, in one line, without a traceback."""
    with serving(queries) as ask:
        answer, body = ask(path)
    assert answer.status == status and words in json.loads(body)["error"]


def test_it_answers_to_its_own_name_only(queries):
    """A page elsewhere that points a name of its own at this computer gets nothing; nothing can be posted."""
    with serving(queries) as ask:
        assert ask("/api/overview", Host="evil.example")[0].status == 403
        assert ask("/api/overview", Host="localhost:1")[0].status == 200
        assert ask("/api/overview", method="POST")[0].status == 501


def test_a_port_that_is_taken_is_told(queries):
    """With what to do."""
    with make_server(queries, port=0) as server, pytest.raises(UsageError, match="--port 0"):
        make_server(queries, port=server.server_address[1])


def test_the_file_holds_all_and_no_markup_from_outside(queries):
    """Text is JSON in which no element can begin; the policy names the script and style by checksum."""
    done = []
    page = make_file(queries, "nl", progress=lambda *at: done.append(at))
    assert done == [(1, 3), (2, 3), (3, 3)]
    assert BAD not in page and "<i>" not in page and page.count("<script") == 3 and page.count("</script>") == 3
    assert re.search(r"script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'none'", page)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["articles"]) == 3
    assert [len(data["reasons"][language]) for language in ("nl", "en")] == [36, 36]
    assert "beoordeeld met −0,60" in data["reasons"]["nl"]["a1:e1.model"][0]
    assert "judged at -0.60" in data["reasons"]["en"]["a1:e1.model"][0]
    assert data["names"]["en"]["jan"] == "John & co" and data["articles"][0]["article"]["headline"] == f"Kop {BAD}."
    assert make_file(queries, "nl") == page


def test_a_file_of_too_many_articles_is_refused(queries, monkeypatch):
    """With what to do instead."""
    monkeypatch.setattr(pages, "MOST_ARTICLES", 2)
    with pytest.raises(InputError, match="3 articles are too many for one file, which holds 2; browse them without"):
        make_file(queries)


def test_the_page_speaks_dutch_and_english():
    """Every word in both, none of them unused, none missing; another language is refused."""
    words = read_words()
    source = read_script() + (FOLDER / "page.html").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:word\(|data-word=)"(\w+)"', source))
    assert used <= set(words)
    families = ("kind_", "card_", "form_", "flag_", "stance_", "function_", "part_", "key_", "one_", "n_", "legend_")
    named = re.compile(r"""["'`](\w+)["'`]""")
    spoken = set(named.findall(source)) | used
    values = {
        "direct",
        "indirect",
        "partial",
        "hero",
        "villain",
        "victim",
        "title",
        "no_script",
        "outlet",
        "since",
        "until",
    }
    assert not [key for key in words if key not in spoken | values and not key.startswith(families)]
    for texts in words.values():
        assert set(re.findall(r"\{\w+\}", texts["nl"])) == set(re.findall(r"\{\w+\}", texts["en"]))
    assert 'lang="en"' in make_shell("en")
    with pytest.raises(UsageError, match="not 'fr'"):
        make_shell("fr")


def test_the_page_writes_no_markup_and_loads_nothing():
    """The script makes elements and text nodes only."""
    script = read_script()
    for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert unsafe not in script
    assert "url(" not in (FOLDER / "page.css").read_text(encoding="utf-8")
