"""Write tiny-model.npz: the reading model's file with random weights, one layer and 32 numbers a word.

Run ``python tests/gold/make_tiny_model.py`` in the environment of `make train` when the graphs or the format change.
Its readings mean nothing; tests use it to see that a file written by the export is served by the runtime.
"""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from analysis.reading.judging.passages import N_FEATURES, N_RELATIONS, N_SLOTS
from analysis.training.entities import TAGS
from analysis.training.export import export_model
from analysis.training.packed import Pretrained, quantise
from analysis.training.passages.export import put_judge

HIDDEN, INNER, POSITIONS, ARC, RELATION = 32, 64, 520, 8, 4
WORDS = ["▁Ajax", "▁De", "▁de", "▁wint", "▁verloor", "▁premier", "▁van", "lijk", "en", "heid"]
LETTERS = [*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,'-"]
LABELS = {
    "upos": ["NOUN", "VERB", "PROPN", "PUNCT"],
    "relation": ["nsubj", "root", "obj", "punct"],
    "lemma": ["0|0||", "1|0||", "2|1||en"],
    "feature:Number": ["", "Sing", "Plur"],
}


def main() -> None:
    """Write the file beside this one."""
    random = np.random.default_rng(20)
    of_heads = np.random.default_rng(21)

    def draw(*shape: int, scale: float = 0.4, random: np.random.Generator = random) -> np.ndarray:
        return (random.standard_normal(shape) * scale).astype(np.float32)

    def encoder() -> dict[str, np.ndarray]:
        layer = "bert.encoder.layer.0"
        state = {
            # Few distinct rows, so that the file stays small.
            "bert.embeddings.position_embeddings.weight": np.tile(draw(20, HIDDEN), (POSITIONS // 20, 1)),
            "bert.embeddings.token_type_embeddings.weight": draw(2, HIDDEN, scale=1.0),
        }
        for name in (
            "embeddings.LayerNorm",
            "encoder.layer.0.attention.output.LayerNorm",
            "encoder.layer.0.output.LayerNorm",
        ):
            state[f"bert.{name}.weight"] = 1 + draw(HIDDEN, scale=0.1)
            state[f"bert.{name}.bias"] = draw(HIDDEN, scale=0.1)
        sizes = {f"attention.self.{part}": (HIDDEN, HIDDEN) for part in ("query", "key", "value")}
        sizes |= {
            "attention.output.dense": (HIDDEN, HIDDEN),
            "intermediate.dense": (INNER, HIDDEN),
            "output.dense": (HIDDEN, INNER),
        }
        for name, (n_out, n_in) in sizes.items():
            state[f"{layer}.{name}.weight"] = draw(n_out, n_in)
            state[f"{layer}.{name}.bias"] = draw(n_out)
        return state

    def linear(name: str, n_out: int, n_in: int = HIDDEN) -> dict[str, np.ndarray]:
        return {f"{name}.weight": draw(n_out, n_in), f"{name}.bias": draw(n_out)}

    reader = encoder()
    for name in ("tag", "tree", "name"):
        reader |= {f"mixes.{name}.weights": draw(2), f"mixes.{name}.scale": np.ones(1, np.float32)}
    for name, labels in LABELS.items():
        if name != "relation":
            reader |= linear(f"taggers.{name.replace(':', '_')}", len(labels))
    reader |= linear("namers.names", len(TAGS)) | linear("namers.phrases", len(TAGS))
    reader |= linear("arc_word", ARC) | linear("arc_head", ARC)
    reader |= linear("relation_word", RELATION) | linear("relation_head", RELATION)
    reader |= {"root": draw(HIDDEN), "arc": draw(ARC + 1, ARC, scale=2.0)}
    reader["relation"] = draw(RELATION + 1, len(LABELS["relation"]), RELATION + 1)
    judge = encoder()
    random.standard_normal(3 * 3 * HIDDEN + 3)  # a head that is gone: what is drawn after it stays as it was
    shapes = {
        "slot.weight": (N_SLOTS + 1, HIDDEN), "speaker.weight": (N_SLOTS + 1, HIDDEN), "speech.weight": (3, HIDDEN),
        "relation.weight": (N_RELATIONS, HIDDEN), "outlet": (2, HIDDEN), "scheme.weight": (3, 3),
    }  # fmt: skip
    layers = {"pair": (HIDDEN, 4 * HIDDEN), "ground": (5, HIDDEN), "mood": (6, HIDDEN), "feature": (4, N_FEATURES),
              "mix": (8, 3 * 16 + 4), "score": (1, 8)}  # fmt: skip
    layers |= dict.fromkeys(("query", "key", "query_words", "key_words", "asked", "candidate"), (16, HIDDEN))
    layers |= dict.fromkeys(("sign", "marked", "headline"), (3, HIDDEN))
    layers["quote"] = (HIDDEN, 3 * HIDDEN)
    for name, (n_out, n_in) in layers.items():
        shapes |= {f"{name}.weight": (n_out, n_in), f"{name}.bias": (n_out,)}
    judge |= {name: draw(*shape, random=of_heads) for name, shape in shapes.items()}
    for name in ("sign", "marked", "headline"):  # not so sure that every probability is 0 or 1
        judge[f"{name}.weight"] *= 0.2

    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *WORDS, *LETTERS]
    scores = [0.0] * 4 + [-5.0] + [-3.0] * len(WORDS) + [-8.0] * len(LETTERS)
    tokenizer = Tokenizer(Unigram(list(zip(pieces, scores, strict=True)), unk_id=3))
    tokenizer.pre_tokenizer = Metaspace()
    blocks = quantise(draw(len(pieces), HIDDEN, scale=1.0))
    pretrained = Pretrained({}, blocks, json.loads(tokenizer.to_str()), 2, 1e-12)
    meta = {"version": "tiny", "tags": list(TAGS)}
    judging = {
        "temperature": {"news": 2.0, "marked": 2.0, "headline": 2.0},
        "threshold": {"nl": 0.5, "en": 0.5},
        "sure_of_speaker": {"first": 0.5, "other": 0.9},
        "neutral_by_relation": [0.0] + [1.0] * (N_RELATIONS - 1),
    }
    path = Path(__file__).with_name("tiny-model.npz")
    export_model(path, pretrained, reader, LABELS, meta)
    size = (pretrained.n_heads, pretrained.layer_norm_eps)
    print(f"{path.name}: {put_judge(path, path, judge, size, {'judging': judging})} bytes")


if __name__ == "__main__":
    main()
