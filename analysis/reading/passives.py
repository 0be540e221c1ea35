"""Passives in one shape: what the treebank's own guidelines leave no choice about.

Reads the words, heads and relations of one sentence; returns its relations, with the subjects and the agents of
passive and active verbs named as Universal Dependencies names them. Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from analysis.contracts.words import load_both

PASSIVE = "aux:pass"
SUBJECTS = {"nsubj": "nsubj:pass", "csubj": "csubj:pass"}
OBLIQUES = ("obl", "obl:arg", "obl:agent")
AGENT = "obl:agent"
#: The adpositions of an agent, in every language.
BY = load_both("reading", "agent_adpositions")


def settle_passives(
    words: Sequence[str], heads: Sequence[int], relations: Sequence[str], known: Container[str]
) -> list[str]:
    """Return the relations of a sentence, those of passive verbs made to agree with each other.

    Parameters
    ----------
    words
        The words of the sentence.
    heads
        Position of each word's head; the root is its own head.
    relations
        The relation of each word to its head.
    known
        Relations that may be given; what is not among them stays as it was.

    Notes
    -----
    A subject of a word with a passive auxiliary (``aux:pass``) is a passive subject, any other is not. An oblique of
    such a word with the adposition ``door`` or ``by`` is its agent (``obl:agent``), no other oblique is.

    References
    ----------
    Universal Dependencies 2, guidelines for ``nsubj:pass``, ``csubj:pass`` and ``obl:agent``.

    Examples
    --------
    >>> settle_passives(["Hij", "werd", "door", "Ajax", "verslagen"], [4, 4, 3, 4, 4],
    ...                 ["nsubj", "aux:pass", "case", "obl", "root"], {"nsubj:pass", "obl:agent"})
    ['nsubj:pass', 'aux:pass', 'case', 'obl:agent', 'root']
    """
    passive = {head for head, relation in zip(heads, relations, strict=True) if relation == PASSIVE}
    with_by = {
        head
        for word, head, relation in zip(words, heads, relations, strict=True)
        if relation == "case" and word.lower() in BY
    }
    settled = []
    for place, (head, relation) in enumerate(zip(heads, relations, strict=True)):
        plain = relation.removesuffix(":pass")
        if plain in SUBJECTS:
            right = SUBJECTS[plain] if head in passive else plain
        elif relation in OBLIQUES and head in passive and place in with_by:
            right = AGENT
        else:
            right = "obl" if relation == AGENT else relation
        settled.append(right if right in known else relation)
    return settled
