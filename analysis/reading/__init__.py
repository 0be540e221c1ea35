"""The second room: reading.

Way of the data: `segment` (where sentences begin and end) and `tokens` (spaCy Docs) -> `documents`, which joins them
to a `Reading` of the articles. `model` and `decode` are the runtime of the trained reading model.

Verbs: `read_articles`, `read_sentences`.
"""

from analysis.reading.documents import Reading, read_articles, read_sentences

__all__ = ["Reading", "read_articles", "read_sentences"]
