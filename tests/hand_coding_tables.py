"""A small coded corpus without a model, for the tests of sampling, sheets and desk: every number follows from place."""

import pandas as pd

from analysis.contracts.tables import LAYERS, Tables, columns_of, empty_table, make_table

SENTENCES = (
    "{name} opent de brug.",
    "De raad noemt {name} onbetrouwbaar.",
    "„Zonder {name} stond hier niets”, zei een buurvrouw.",
    "=Kosten; +3 procent, aldus {name}.",
)
ACTORS = ("mayor", "company")
NAMES = {"mayor": "Jansen", "company": "Waalbouw"}
CHANCES = ((0.05, 0.9, 0.05), (0.85, 0.1, 0.05), (0.1, 0.3, 0.6), (0.3, 0.5, 0.2))
OUTLETS = ("courant", "bode", None)


def make_tables(n_articles: int = 12, *, extra: str = "") -> Tables:
    """Tables of articles with four sentences per actor; `extra` stands at the end of each article's last sentence."""
    rows: dict[str, list[dict]] = {
        name: [] for name in ("articles", "sentences", "mentions", "evaluations", "frames", "features")
    }
    for number in range(n_articles):
        _add_article(rows, number, extra)
    features = pd.DataFrame(rows["features"])
    empty = features.columns[features.isna().all()]
    features[empty] = features[empty].astype(float)
    made = {name: make_table(name, found) for name, found in rows.items() if name != "features"}
    made["features"] = make_table("features", features)
    return Tables(**{name: empty_table(name) for name in LAYERS} | made)


def _add_article(rows, number: int, extra: str) -> None:
    article_id = f"a{number:02d}"
    outlet = OUTLETS[number % len(OUTLETS)]
    text, place = "", 0
    polarity: dict[str, list[float]] = {actor: [] for actor in ACTORS}
    for actor in ACTORS:
        for which, pattern in enumerate(SENTENCES):
            sentence = pattern.format(name=NAMES[actor]) + (extra if place == 7 else "")
            start = len(text)
            first = start + sentence.index(NAMES[actor])
            text += sentence + " "
            _add_sentence(rows, article_id, place, start, sentence)
            mention_id = f"{article_id}:m{place:05d}"
            rows["mentions"].append(
                {"mention_id": mention_id, "article_id": article_id, "sentence_id": place, "start": first}
                | {"end": first + len(NAMES[actor]), "text": NAMES[actor], "actor_id": actor, "form": "name"}
                | {"antecedent_id": None, "rule": "codebook"}
            )
            polarity[actor].append(_add_evaluation(rows, article_id, place, actor, mention_id, (which + number) % 4))
            place += 1
    rows["articles"].append(
        {"article_id": article_id, "outlet": outlet, "published": "2025-03-01", "published_precision": "day"}
        | {"headline": None, "text": text.strip(), "language": "nl", "source_file": "x.csv", "n_words": 30}
        | {"duplicate_of": None}
    )
    for actor in ACTORS:
        tone = sum(polarity[actor]) / 4 if number else float("nan")
        rows["features"].append(_feature(article_id, actor, outlet, tone))


def _add_sentence(rows, article_id: str, place: int, start: int, text: str) -> None:
    rows["sentences"].append(
        {"article_id": article_id, "sentence_id": place, "start": start, "end": start + len(text), "paragraph": 0}
        | {"part": "caption" if place == 6 else "body", "text": text}
    )
    if place % 4 == 1:
        rows["frames"].append(
            {"article_id": article_id, "sentence_id": place, "frame_id": "conflict", "score": 1.0}
            | {"evidence_start": start, "evidence_end": start + 2, "indicator": "reproach", "method": "patterns"}
            | {"is_counted": True}
        )


def _add_evaluation(rows, article_id, place, actor, mention_id, which) -> float:
    negative, neutral, positive = CHANCES[which]
    row = {"article_id": article_id, "sentence_id": place, "source_id": "author", "outer_source_id": None}
    row |= {"target_id": actor, "target_mention_id": mention_id, "cue_start": None, "cue_end": None, "cues": None}
    row |= {"ground": "word"} if "ground" in columns_of("evaluations") else {}
    row |= dict.fromkeys(("negated", "hedged", "question", "conditional", "denied"), False)
    model = {"polarity": positive - negative, "p_negative": negative, "p_neutral": neutral, "p_positive": positive}
    model["p_source"] = float("nan")
    rows["evaluations"].append(row | model | {"evaluation_id": f"{article_id}:e{place:05d}.model", "method": "model"})
    if which == 1:
        words = dict.fromkeys(("p_negative", "p_neutral", "p_positive"), float("nan")) | {"polarity": -0.5}
        words |= {"evaluation_id": f"{article_id}:e{place:05d}.lexicon", "method": "lexicon"}
        rows["evaluations"].append(row | words)
    return positive - negative


def _feature(article_id: str, actor: str, outlet: str | None, tone: float) -> dict:
    counts = ("n_sentences", "n_mentions", "n_quotes", "n_words_quoted", "n_evaluations", "n_author", "n_quoted")
    counts += ("n_agent", "n_patient", "n_sentences_actor")
    numbers = ("prominence", "tone_author", "tone_quoted", "share_negative", "share_agentless", "hero", "villain")
    numbers += ("victim", "frame_conflict", "frame_economic")
    row = {"article_id": article_id, "actor_id": actor, "outlet": outlet, "published": "2025-03-01", "tone": tone}
    return row | dict.fromkeys(counts, 4) | dict.fromkeys(numbers, float("nan"))
