"""The encoder to start from: out of a package or a hub, its vocabulary cut, as a network.

Reads what :mod:`analysis.training.packed` opens (or the original model from the hub, by name); returns a
:class:`~analysis.training.packed.Pretrained` with the pieces that Dutch and English need, or a ``BertModel`` with its
weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel
from wordfreq import top_n_list

from analysis.reading.model_file import unpack_blocks
from analysis.training.packed import Pretrained, quantise

#: Name of the same model where a model hub can be reached.
HUB_NAME = "intfloat/multilingual-e5-small"
#: The first four pieces (<s>, <pad>, </s>, <unk>) keep their places.
N_SPECIAL = 4
#: How many of wordfreq's most frequent words keep all their pieces.
FREQUENT_WORDS = {"nl": 300_000, "en": 200_000}


def load_hub(name: str = HUB_NAME) -> Pretrained:
    """Load the original encoder from a model hub (needs a network); the same shape of result."""
    model = AutoModel.from_pretrained(name)
    state = {key: value.numpy() for key, value in model.state_dict().items()}
    tensors = {ours: state[theirs] for ours, theirs in bert_names(model.config.num_hidden_layers)}
    word_blocks = quantise(tensors.pop("emb.word"))
    tokenizer = json.loads(AutoTokenizer.from_pretrained(name).backend_tokenizer.to_str())
    config = model.config
    return Pretrained(tensors, word_blocks, tokenizer, config.num_attention_heads, config.layer_norm_eps)


def bert_names(n_layers: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each tensor in the packed file and in transformers' ``BertModel``."""
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    yield "emb.word", "embeddings.word_embeddings.weight"
    yield "emb.pos", "embeddings.position_embeddings.weight"
    yield "emb.type", "embeddings.token_type_embeddings.weight"
    for suffix, ending in (("w", "weight"), ("b", "bias")):
        yield f"emb.ln.{suffix}", f"embeddings.LayerNorm.{ending}"
        for layer in range(n_layers):
            for part, long_name in parts.items():
                yield f"l{layer}.{part}.{suffix}", f"encoder.layer.{layer}.{long_name}.{ending}"


def frequent_pieces(
    tokenizer: dict[str, Any], words: dict[str, int] | None = None, texts: Iterable[str] = ()
) -> set[str]:
    """Return the pieces that frequent words, and the given texts, are cut into.

    Parameters
    ----------
    tokenizer
        The full ``tokenizer.json``.
    words
        How many of wordfreq's most frequent words to take per language; the first 100,000
        also with a capital, the first 5,000 also in capitals (abbreviations).
    texts
        Further texts whose pieces are kept.
    """
    full = Tokenizer.from_str(json.dumps(tokenizer))
    batch: list[str] = list(texts)
    for language, n_words in (words or FREQUENT_WORDS).items():
        found = top_n_list(language, n_words, wordlist="best")
        batch += found
        batch += [word.capitalize() for word in found[:100_000]]
        batch += [word.upper() for word in found[:5_000]]
    kept: set[str] = set()
    for start in range(0, len(batch), 50_000):
        for encoding in full.encode_batch(batch[start : start + 50_000], add_special_tokens=False):
            kept.update(encoding.tokens)
    return kept


def is_basic_piece(piece: str) -> bool:
    """Say whether a piece is kept whatever its frequency: Latin letters, signs, short numbers."""
    body = piece.removeprefix("▁")
    if not all(ord(sign) < 0x250 or 0x2010 <= ord(sign) < 0x20C0 for sign in body):
        return False
    is_number_or_sign = all(sign.isdigit() or not sign.isalnum() for sign in body)
    return len(body) <= (4 if is_number_or_sign else 1)


def cut_vocabulary(pretrained: Pretrained, keep: set[str]) -> Pretrained:
    """Return the same encoder with only the wanted pieces (and the special and basic ones).

    Notes
    -----
    The tokenizer is a unigram model: the best path through a word is made of kept pieces
    wherever the full model's was, so kept words are cut as before.
    """
    model = pretrained.tokenizer["model"]
    vocabulary = model["vocab"]
    chosen = [
        index
        for index, (piece, _) in enumerate(vocabulary)
        if index < N_SPECIAL or (piece != "<mask>" and (piece in keep or is_basic_piece(piece)))
    ]
    tokenizer = dict(pretrained.tokenizer)
    tokenizer["model"] = {**model, "vocab": [vocabulary[index] for index in chosen]}
    tokenizer["added_tokens"] = [token for token in tokenizer["added_tokens"] if token["id"] < N_SPECIAL]
    return Pretrained(
        pretrained.tensors,
        np.ascontiguousarray(pretrained.word_blocks[chosen]),
        tokenizer,
        pretrained.n_heads,
        pretrained.layer_norm_eps,
    )


def build_bert(pretrained: Pretrained) -> Any:
    """Return a ``transformers.BertModel`` (no pooler) holding the weights.

    Dropout is left at BERT's 0.1; the word embeddings are dequantised and frozen, since the
    shipped file stores them in their original blocks.
    """
    hidden = pretrained.tensors["emb.pos"].shape[1]
    config = BertConfig(
        vocab_size=len(pretrained.word_blocks),
        hidden_size=hidden,
        num_hidden_layers=pretrained.n_layers,
        num_attention_heads=pretrained.n_heads,
        intermediate_size=pretrained.tensors["l0.fi.w"].shape[0],
        max_position_embeddings=len(pretrained.tensors["emb.pos"]),
        type_vocab_size=len(pretrained.tensors["emb.type"]),
        layer_norm_eps=pretrained.layer_norm_eps,
        pad_token_id=1,
    )
    bert = BertModel(config, add_pooling_layer=False)
    tensors = {**pretrained.tensors, "emb.word": unpack_blocks(pretrained.word_blocks)}
    state = {theirs: torch.from_numpy(tensors[ours]) for ours, theirs in bert_names(pretrained.n_layers)}
    missing = set(bert.load_state_dict(state, strict=False).missing_keys)
    if missing - {"embeddings.position_ids", "embeddings.token_type_ids"}:
        message = f"weights missing from the packed file: {sorted(missing)}"
        raise ValueError(message)
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return bert
