"""One article as numbered sentences, each with its findings as cards: what it is, who is in it, which words show it.

Reads a `Corpus`; returns plain dicts, ready for JSON. A card holds ids, numbers and places in the text and no prose:
the page puts it into words of its language, and `explain` tells the reason. Offsets count the characters of the
article, as in the tables; a page that counts otherwise has to convert them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from analysis.coding.evaluations.methods import CLEAR
from analysis.contracts.schema import AUTHOR
from analysis.display.browser.corpus import Corpus
from analysis.display.browser.findings import ABOUT, FOUND_KINDS, SIGNS, SOURCE
from analysis.display.explanations.judgements import FLAGS, read_cues

Card = dict[str, Any]
Row = dict[str, Any]
MOODS = ("negated", "hedged")
"""What bears on deeds, responsibility and functions."""


def show_sentences(corpus: Corpus, number: int) -> dict[str, Any]:
    """Lay out an article.

    Parameters
    ----------
    corpus : Corpus
    number : int
        Of the article.

    Returns
    -------
    dict
        ``article``: ``id``, ``headline``, ``outlet``, ``published``, ``language``, ``n_words``, ``source_file``.
        ``sentences``: each with ``n``, ``part``, ``paragraph``, ``start``, ``text`` and ``cards``; a card with ``id``
        (as `explain` takes it), ``row``, ``kind``, ``about``, ``source``, ``sign``, ``values``, ``names`` (ids to be
        named), ``n`` (the sentence in which it begins) and ``spans``, lists of start, end and what stands there:
        ``actor``, ``target``, ``source``, ``cue`` (the strongest) and ``word`` with their sign, ``quote``,
        ``reporting``, ``frame``, ``deed``, ``agent``, ``patient``, ``blame``, ``function``, ``role``.
        The card of a quote stands in every sentence that the quote touches.
    """
    article = corpus.article(number)
    text = article["text"]
    head = {key: article[key] for key in ("headline", "outlet", "published", "language", "n_words", "source_file")}
    sentences = [
        {"n": row["sentence_id"], "part": row["part"], "paragraph": row["paragraph"], "start": row["start"],
         "text": text[row["start"] : row["end"]], "end": row["end"], "cards": []}
        for row in corpus.rows("sentences", number)
    ]  # fmt: skip
    made = _Cards(corpus, number, article["article_id"], sentences)
    for card in made.all():
        for sentence in sentences:
            is_here = sentence["n"] == card["n"]
            if card["kind"] == "quote":
                start, end, _ = card["spans"][0]
                is_here = is_here or (start < sentence["end"] and sentence["start"] < end)
            if is_here:
                sentence["cards"].append(card)
    return {"article": {"id": article["article_id"], **head}, "sentences": sentences}


class _Cards:
    """Makes the cards of one article."""

    def __init__(self, corpus: Corpus, number: int, article_id: str, sentences: list[Row]) -> None:
        self.corpus, self.article_id, self.sentences = corpus, article_id, sentences
        self.rows = {name: corpus.rows(name, number) for name in ABOUT}
        self.mentions = {row["mention_id"]: row for row in self.rows["mentions"]}
        self.makers: dict[str, Callable[[Row], Card]] = {
            "mentions": self._mention, "quotes": self._quote, "evaluations": self._evaluation, "frames": self._frame,
            "actions": self._action, "responsibility": self._responsibility, "functions": self._function,
            "role_evidence": self._role,
        }  # fmt: skip

    def all(self) -> Iterator[Card]:
        """Every card, in the order of kinds and then of the text."""
        for name, make in self.makers.items():
            answers: dict[str, Card] = {}
            for row in self.rows[name]:
                if name == "evaluations" and row["method"] != self.corpus.method:
                    continue
                if name == "frames" and not row["is_counted"]:
                    continue
                card = self._common(name, row) | make(row)
                if card["id"] in answers:  # another indicator of the same frame
                    answers[card["id"]]["spans"] += card["spans"]
                    answers[card["id"]]["values"]["questions"] += card["values"]["questions"]
                    continue
                answers[card["id"]] = card
            for card in answers.values():
                card["spans"] = [span for span in card["spans"] if span]
                yield card

    def _common(self, name: str, row: Row) -> Card:
        about = [row[column] for column in ABOUT[name] if row[column] is not None]
        source = row[SOURCE[name]] if name in SOURCE else None
        sentence = row["sentence_id"] if "sentence_id" in row else self._sentence_at(row["start"])
        named = [*about, source, row.get("frame_id"), row.get("outer_source_id")]
        key = name.removesuffix("s") if name not in ("responsibility", "role_evidence") else name
        return {
            "id": row.get(f"{key}_id"), "row": row["row"], "kind": FOUND_KINDS[name], "about": about,
            "source": source, "sign": None, "n": sentence, "names": list(dict.fromkeys(filter(None, named))),
        }  # fmt: skip

    def _sentence_at(self, place: int) -> int:
        before = [sentence["n"] for sentence in self.sentences if sentence["start"] <= place]
        return before[-1] if before else 0

    def _span(self, row: Row, what: str, start: str = "start", end: str = "end") -> list[Any] | None:
        return None if row[start] is None or row[end] is None else [row[start], row[end], what]

    def _at_mention(self, mention_id: str | None, what: str) -> list[Any] | None:
        return self._span(self.mentions[mention_id], what) if mention_id in self.mentions else None

    def _mention(self, row: Row) -> Card:
        return {"values": {"form": row["form"]}, "spans": [self._span(row, "actor")]}

    def _quote(self, row: Row) -> Card:
        spans = [self._span(row, "quote"), self._at_mention(row["source_mention_id"], "source")]
        spans.append(self._span(row, "reporting", "cue_start", "cue_end"))
        return {"values": {"quote": row["kind"], "cue": row["cue"]}, "spans": spans}

    def _evaluation(self, row: Row) -> Card:
        is_clear = abs(row["polarity"]) >= CLEAR
        sign = SIGNS[1 if not is_clear else 0 if row["polarity"] < 0 else 2]
        spans = [self._at_mention(row["target_mention_id"], "target")]
        if is_clear:
            cues = self._cues(row)
            spans += [[*place, f"{'word' if at else 'cue'} {sign}"] for at, place in enumerate(cues)]
            spans.append(self._source_of(row))
        words = [cue.text for cue in sorted(read_cues(row["cues"]), key=lambda cue: -abs(cue.number))]
        flags = [flag for flag in FLAGS if row[flag]]
        return {
            "kind": "judgement" if is_clear else "neutral", "sign": sign, "spans": spans,
            "values": {"polarity": row["polarity"], "cues": words, "flags": flags, "outer": row["outer_source_id"]},
        }  # fmt: skip

    def _cues(self, row: Row) -> list[tuple[int, int]]:
        """The strongest cue where the row has it, the others where the sentence has them."""
        known = row["cue_start"] is not None and row["cue_end"] is not None
        places = [(row["cue_start"], row["cue_end"])] if known else []
        for sentence in (s for s in self.sentences if s["n"] == row["sentence_id"]):
            for cue in read_cues(row["cues"]):
                found = re.search(rf"(?<!\w){re.escape(cue.text)}(?!\w)", sentence["text"]) if cue.text else None
                if found:
                    places.append((sentence["start"] + found.start(), sentence["start"] + found.end()))
        return list(dict.fromkeys(places))

    def _source_of(self, row: Row) -> list[Any] | None:
        """Where the one who judges is named: the speaker of the shortest of its quotes that holds the words."""
        place = row["cue_start"]
        if place is None and row["target_mention_id"] in self.mentions:
            place = self.mentions[row["target_mention_id"]]["start"]
        if row["source_id"] == AUTHOR or place is None:
            return None
        holding = [q for q in self.rows["quotes"]
                   if q["source_id"] == row["source_id"] and q["start"] <= place < q["end"]]  # fmt: skip
        quote = min(holding, key=lambda q: q["end"] - q["start"], default=None)
        return None if quote is None else self._at_mention(quote["source_mention_id"], "source")

    def _frame(self, row: Row) -> Card:
        frame = self.corpus.codebook.frames.get(row["frame_id"])
        asked = {indicator.id: indicator.question for indicator in frame.indicators} if frame else {}
        return {
            "id": f"{self.article_id}/{row['sentence_id']}/{row['frame_id']}",
            "spans": [self._span(row, "frame", "evidence_start", "evidence_end")],
            "values": {"frame": row["frame_id"], "score": row["score"],
                       "questions": [asked.get(row["indicator"], row["indicator"])]},
        }  # fmt: skip

    def _action(self, row: Row) -> Card:
        spans = [self._span(row, "deed"), self._at_mention(row["agent_mention_id"], "agent"),
                 self._at_mention(row["patient_mention_id"], "patient")]  # fmt: skip
        values = {"predicate": row["predicate"], "agent": row["agent_id"], "patient": row["patient_id"],
                  "voice": row["voice"], "valence": row["valence"], "flags": _moods(row)}  # fmt: skip
        return {"values": values, "spans": spans}

    def _responsibility(self, row: Row) -> Card:
        values = {"stance": row["stance"], "event": row["event"], "flags": _moods(row)}
        return {"values": values, "spans": [self._span(row, "blame")]}

    def _function(self, row: Row) -> Card:
        values = {"function": row["function"], "event": row["event"], "flags": _moods(row)}
        return {"values": values, "spans": [self._span(row, "function")]}

    def _role(self, row: Row) -> Card:
        return {"values": {"role": row["role"], "weight": row["weight"]}, "spans": [self._span(row, "role")]}


def _moods(row: Row) -> list[str]:
    return [mood for mood in MOODS if row[mood]]
