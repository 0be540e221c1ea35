"""The first room: articles in.

Way of the data: `files` (which files) -> `readers` (one per format) -> `cleaning` (encodings), `pages` (what a web page
says of itself) and `page_text` (its story) -> `dates` (date line or column) -> `layout` (paragraphs, captions,
headline) -> `language` -> `duplicates`; `loading` joins these into the tables `articles` and `notices`. `storage` keeps
tables on disk, for every room.

Verbs: `load_articles`, `load_corpus`, `read_tables`, `write_tables`.
"""

from analysis.corpus.loading import Corpus, load_articles, load_corpus
from analysis.corpus.storage import read_tables, write_tables

__all__ = ["Corpus", "load_articles", "load_corpus", "read_tables", "write_tables"]
