"""The evidence browser: articles, actors and findings of a coded corpus on one page, each number with its sentences.

Reads the folder that `framewijs code` wrote; serves a page on this computer, or writes one file that needs no server.

- `reading`: the tables as Arrow, Parquet or CSV
- `corpus`: `open_corpus`, which rows are an article's, what an id is called
- `findings`: every row that was found as numbers, to be counted and filtered
- `parts`: who is part of whom
- `filters`: `Filter`, what a reader asks for
- `sentences`: an article as numbered sentences with cards
- `full_text`: words in texts, whatever their capitals and accents
- `searching`: `Search`, words in the sentences of a corpus and the names of its actors
- `queries`: `Queries`, who, which articles, which sentences, and why; knows of no page
- `pages`: the page itself, and the file (HTML, CSS, JavaScript and words.yaml beside it)
- `server`: `make_server`
"""

from analysis.display.browser.corpus import Corpus, open_corpus
from analysis.display.browser.filters import Filter
from analysis.display.browser.pages import make_file, make_shell
from analysis.display.browser.queries import Queries
from analysis.display.browser.server import make_server

__all__ = ["Corpus", "Filter", "Queries", "make_file", "make_server", "make_shell", "open_corpus"]
