"""Sentences of an article with their actors and quotes: who a claim is by, whom it is about, and its row.

Reads a `Reading` and the tables of it; yields the sentences of each article that was read with trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from spacy.tokens import Doc, Token

from analysis.coding.claims.match import find_claims
from analysis.coding.claims.places import follow_place
from analysis.coding.claims.words import Claim, load_claim_words
from analysis.coding.syntax.modality import find_modality
from analysis.coding.syntax.participants import ActorIndex, PlacedActor, place_actors
from analysis.coding.syntax.trees import clause_of, find_tokens, has_tree, obliques
from analysis.contracts.schema import UNNAMED
from analysis.contracts.tables import group_rows
from analysis.contracts.words import list_languages, load_both
from analysis.reading import Reading

_ACCORDING = load_both("claims", "according_to")
_SPEAKER = load_both("claims", "speaker_pronouns")
"""Pronouns that stand for who speaks, where no mention says so."""
_ACTING = ("demands", "treatment_recommendation")
"""Labels whose target must act itself: whose it is does not count."""


@dataclass(frozen=True)
class SentenceInArticle:
    """A sentence, its actors, and the quotes of its article."""

    doc: Doc
    first: int
    last: int
    where: dict[str, Any]
    index: ActorIndex
    quotes: Sequence[Any]

    def claims(self, file: str) -> Iterator[Claim]:
        """Claims by the words of a file."""
        return find_claims(self.doc, self.first, self.last, load_claim_words(file, self.doc.lang_))

    def find_source(self, claim: Claim, *, nobody: str) -> str:
        """Who says so: who the words name, else who speaks, else whose words the sentence gives, else `nobody`."""
        named = [actor for token in claim.sources if (actor := self.index.find(token)) is not None]
        if named:
            return named[0].actor_id
        if any(token.lower_ not in _SPEAKER for token in claim.sources):
            return UNNAMED
        place = self.doc[claim.tokens[0]].idx
        around = [quote for quote in self.quotes if quote.start <= place < quote.end]
        if around:
            source = min(around, key=lambda quote: quote.end - quote.start).source_id
            return str(source) if isinstance(source, str) and source else UNNAMED
        given = [one.token for one in obliques(clause_of(claim.head)) if one.preposition in _ACCORDING]
        return next((actor.actor_id for one in given if (actor := self.index.find(one)) is not None), nobody)

    def find_actors(self, claim: Claim) -> list[str]:
        """The actors among the targets; of what is no actor, whose it is (`het beleid van de regering`)."""
        return [actor.actor_id for token in claim.targets if (actor := self._actor(token, claim)) is not None]

    def _actor(self, token: Token, claim: Claim) -> PlacedActor | None:
        tokens = [token, *(() if claim.word.label in _ACTING else follow_place("owner", token))]
        return next((actor for one in tokens if (actor := self.index.find(one)) is not None), None)

    def row(self, claim: Claim) -> dict[str, Any]:
        """Columns that all tables of claims share."""
        modality = find_modality(claim.head)
        first, last = self.doc[claim.tokens[0]], self.doc[claim.tokens[-1]]
        return self.where | {
            "event": self.doc[claim.event[0].i : claim.event[-1].i + 1].text if claim.event else None,
            "negated": modality.negated or modality.denied,
            "hedged": modality.hedged,
            "start": first.idx,
            "end": last.idx + len(last),
            "rule": f"{claim.word.pos}:{claim.word.term}",
        }


def read_sentences(
    reading: Reading, mentions: pd.DataFrame, quotes: pd.DataFrame, *, captions: bool
) -> Iterator[tuple[str, list[SentenceInArticle]]]:
    """Sentences by article, of articles with trees in a language that is coded."""
    mentions_of = group_rows(mentions, "article_id", "sentence_id")
    quotes_of = group_rows(quotes, "article_id")
    for article_id, sentences in group_rows(reading.sentences, "article_id").items():
        doc = reading.docs[article_id]
        if doc.lang_ not in list_languages() or not has_tree(doc):
            continue
        kept = [sentence for sentence in sentences if captions or sentence.part != "caption"]
        yield (
            article_id,
            [
                SentenceInArticle(
                    doc,
                    *find_tokens(doc, sentence.start, sentence.end),
                    {"article_id": article_id, "sentence_id": sentence.sentence_id},
                    ActorIndex(place_actors(doc, mentions_of.get((article_id, sentence.sentence_id), []))),
                    quotes_of.get(article_id, []),
                )
                for sentence in kept
            ],
        )
