"""Descriptions of actors that neither a codebook nor a name covers: ``betogers``, ``de vakbond``, ``een bewoner``.

Reads an article whose reading marks actor phrases (``doc.spans["actors"]``) and the mentions found already; returns
mentions with an ``unlisted:<noun>`` actor. Who a description means is not asked here: `coreference` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from analysis.coding.language.tokens import DETERMINERS
from analysis.coding.mentions.article import Article, Mention
from analysis.coding.mentions.naming import slug
from analysis.coding.mentions.wordings import NOMINAL
from analysis.coding.syntax.participants import ACTOR_KINDS, GROUP, ORGANISATION, kind_of
from analysis.coding.syntax.trees import children
from analysis.contracts.schema import UNLISTED
from analysis.contracts.words import load_both

ACTOR_PHRASE = "actor_phrase"
_EDGES = DETERMINERS | load_both("descriptions", "edges")
"""Words that neither begin nor end a description."""
_NOBODY = load_both("descriptions", "nobody")
"""Lemmas that describe no actor in particular."""
_BODIES = load_both("descriptions", "bodies")
"""Lemmas of bodies of people that a reading may overlook; with an article or an owner they are an actor."""
_PEOPLE = load_both("descriptions", "people")
"""Lemmas of people whom a reading may overlook; several of them are an actor."""
_FIXED = load_both("descriptions", "fixed_phrases")
"""Prepositions with a noun that is nobody in this place."""
_THINGS = tuple(sorted(load_both("descriptions", "things")))
"""Endings of nouns of things that a reading sometimes takes for somebody."""


def find_actor_phrases(article: Article, taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Descriptions among the reading's actor phrases that `taken` does not cover.

    Parameters
    ----------
    article : Article
        The article; without ``doc.spans["actors"]`` nothing is found.
    taken : sequence of tuple of int
        Half-open characters of the mentions found so far.

    Returns
    -------
    list of Mention
        The part of each phrase around its head that is not taken; the actor is the lemma of the head.
    """
    words = article.words
    free = {k for k, word in enumerate(words) if not any(s < word.end and word.start < e for s, e in taken)}
    found: list[Mention] = []
    phrases = [*article.doc.spans.get("actors", []), *_find_overlooked(article)]
    for phrase in sorted(phrases, key=lambda span: (span.start_char, -span.end_char)):
        head, span = find_head(phrase), article.find_words(phrase)
        is_noun = head.pos_ == "NOUN" if head.pos_ else head.text.islower()
        lemma = head.lemma_ or head.text
        if span is None or not is_noun or kind_of(phrase) not in ACTOR_KINDS or is_thing(lemma) or _is_no_noun(head):
            continue
        inner = next((k for k in range(span[0], span[1] + 1) if words[k].start <= head.idx < words[k].end), None)
        if inner is None or inner not in free:
            continue
        first = last = inner
        while first - 1 in free and first > span[0]:
            first -= 1
        while last + 1 in free and last < span[1]:
            last += 1
        first = next(k for k in range(first, inner + 1) if k == inner or words[k].text.lower() not in _EDGES)
        last = next(k for k in range(last, inner - 1, -1) if k == inner or words[k].text.lower() not in _EDGES)
        actor_id = UNLISTED + (slug(lemma) or slug(head.text))
        found.append(Mention(words[first].start, words[last].end, actor_id, NOMINAL, ACTOR_PHRASE, first, last))
        free -= set(range(first, last + 1))
    return found


def _find_overlooked(article: Article) -> Iterator[Span]:
    """Further phrases, of people and bodies of people that the reading did not mark as actors."""
    if "actors" not in article.doc.spans:
        return
    for token in article.doc:
        if token.pos_ == "NOUN" and token.lemma_ in _BODIES:
            if any(c.lower_ != "geen" for c in children(token, ("det", "nmod:poss"))):
                yield Span(article.doc, token.i, token.i + 1, label=ORGANISATION)
        elif token.pos_ == "NOUN" and token.lemma_ in _PEOPLE and "Plur" in token.morph.get("Number", []):
            yield Span(article.doc, token.i, token.i + 1, label=GROUP)


def is_thing(noun: str) -> bool:
    """Whether a noun names a thing, or nobody in particular.

    Examples
    --------
    >>> is_thing("vrachtvliegtuig"), is_thing("niemand"), is_thing("betoger")
    (True, True, False)
    """
    lowered = noun.lower()
    return lowered in _NOBODY or lowered.endswith(_THINGS)


def find_head(phrase: Span) -> Token:
    """The word that a phrase is about: its root, or its last word where there is no tree."""
    return phrase.root if phrase.doc.has_annotation("DEP") else phrase[-1]


def _is_no_noun(head: Token) -> bool:
    """Whether a head is an article, a part of a fixed phrase (``in staat``), or numbered (``Chapter 11``)."""
    before = head.nbor(-1).lower_ if head.i else ""
    follows = head.nbor() if head.i + 1 < len(head.doc) else head
    is_numbered = head.text[0].isupper() and follows.is_digit and follows.head.i == head.i
    return head.lower_ in _EDGES or f"{before} {head.lower_}" in _FIXED or is_numbered
