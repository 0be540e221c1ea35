"""The second room: reading.

Way of the data: `segment` (where sentences begin and end) and `tokens` (spaCy Docs) -> `component` (what the reading
model says of a Doc) -> `documents`, which joins them to a `Reading` of the articles.

The reading model itself: `model_loading` (where it lies) -> `model_file` (the container) -> `model` (the networks at
work), with `model_windows` (sentences as batches), `model_output` (numbers to labels), `decode` (trees and spans),
`passives` and `lemmas` (with `strong_verbs`); `repair` (trees in the terms that coders ask for); `judging` (who is
judged in a passage, how and by whom). None of them is loaded before it is used.

Verbs: `read_articles`, `read_sentences`, `load_reading_model`.
"""

from analysis.reading.documents import Reading, read_articles, read_sentences
from analysis.reading.model_loading import load_reading_model

__all__ = ["Reading", "load_reading_model", "read_articles", "read_sentences"]
