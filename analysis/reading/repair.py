"""Rewrites of a tree between the model that read it and the coders, each under a name, with a sentence it is for.

Reads the relations of one sentence; returns them in the terms that coders ask for, the same for every language. Pure
and deterministic. Scores of syntax are of the tree as it was read, before this.
"""

from __future__ import annotations

from collections.abc import Sequence

REWRITES = {
    "unmarked_oblique": ("obl:unmarked", "obl", "She left *last night*."),
    "unmarked_modifier": ("nmod:unmarked", "nmod", "Ten dollars *a day*."),
    "description_of_a_name": ("nmod:desc", "compound", "*President* Bush left."),
    "clause_relative_to_a_clause": ("advcl:relcl", "advcl", "He left, *which* surprised us."),
    "predeterminer": ("det:predet", "det", "*All* the ministers left."),
}
"""By name: the relation of Universal Dependencies that only English trees have, what coders read for it, and an example
with the word it hangs on."""
_READ_AS = {told: read for told, read, _ in REWRITES.values()}


def repair(relations: Sequence[str]) -> list[str]:
    """Return the relations of a sentence as coders read them.

    Parameters
    ----------
    relations
        The relation of each word to its head.

    Examples
    --------
    >>> repair(["nmod:desc", "nsubj", "root", "obl:unmarked"])
    ['compound', 'nsubj', 'root', 'obl']
    """
    return [_READ_AS.get(relation, relation) for relation in relations]
