"""Frames of the seed article against a reading by hand: nothing a reader would name is missing, little is made up."""

import pandas as pd
import pytest
import yaml

from analysis import paths
from analysis.coding.frames.methods import select_frames

GOLD = yaml.safe_load((paths.ROOT / "tests" / "gold" / "seed_frames.yaml").read_text(encoding="utf-8"))
LEAST_RECALL = {"counted": 0.7, "shown": 1.0}
"""Floors: of the answers that count, and of all that the evidence table shows, patterns beside the model."""
LEAST_PRECISION = 0.9


def find_sentences(tables, beginnings):
    """Numbers of the sentences with these beginnings; each must be there."""
    sentences = tables.sentences[tables.sentences["part"] != "caption"]
    found = set()
    for beginning in beginnings:
        rows = sentences[sentences["text"].str.startswith(beginning)]
        assert len(rows), beginning
        found.add(int(rows["sentence_id"].iloc[0]))
    return found


def compare(tables, frames: pd.DataFrame) -> tuple[int, int, int]:
    """Named sentences that are found, named sentences, and found ones that no reader would name, over the frames."""
    n_hit = n_named = n_wrong = 0
    for frame_id, read in GOLD.items():
        said = set(frames.loc[frames["frame_id"] == frame_id, "sentence_id"])
        named = find_sentences(tables, read["named"])
        n_hit, n_named = n_hit + len(said & named), n_named + len(named)
        n_wrong += len(said - named - find_sentences(tables, read["arguable"]))
    return n_hit, n_named, n_wrong


def test_the_reading_covers_the_frames_of_the_codebook(seed_codebook, seed_tables):
    """Each frame is read, and every sentence that is named begins so; none is named and arguable at once."""
    assert set(GOLD) == set(seed_codebook.frames)
    for read in GOLD.values():
        assert not set(read["named"]) & set(read["arguable"])
        find_sentences(seed_tables, [*read["named"], *read["arguable"]])


@pytest.mark.parametrize("which", LEAST_RECALL)
def test_the_sentences_a_reader_would_name_are_in_the_evidence(seed_tables, which):
    """Recall and precision over all frames, above their floors."""
    frames = select_frames(seed_tables.frames) if which == "counted" else seed_tables.frames
    n_hit, n_named, n_wrong = compare(seed_tables, frames)
    assert n_hit / n_named >= LEAST_RECALL[which], (n_hit, n_named)
    assert n_hit / (n_hit + n_wrong) >= LEAST_PRECISION, (n_hit, n_wrong)


def test_every_frame_the_article_carries_leads_to_its_sentences(seed_tables):
    """Yes of the article rests on a yes of a sentence, and money is no frame of this article."""
    carried = select_frames(seed_tables.article_frames).set_index("frame_id")
    counted = select_frames(seed_tables.frames)
    for frame_id, row in carried.iterrows():
        sentences = set(counted.loc[counted["frame_id"] == frame_id, "sentence_id"])
        assert len(sentences) == row["n_yes"]
        assert pd.isna(row["score"]) == (not sentences)
        assert pd.isna(row["sentence_id"]) or row["sentence_id"] in sentences
    assert not carried.loc["economic", "is_present"]
    assert carried.sort_values("score").index[-2:].tolist() == ["responsibility", "conflict"]
