"""Labels, lemma rules, trees and scores of the syntax heads.

Universal Dependencies as LassySmall has them: parts of speech, a feature bundle per word
(each feature its own small classifier), a lemma by an edit rule, a head and a relation
with its subtype. Pure functions on plain sequences, without torch; trees and lemmas are
read off by :mod:`analysis.reading.decode`, which the shipped runtime uses too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.training.data import Sentence

#: Features that the coder reads; the others of the treebank are learnt too and cost nothing.
FEATURES = (
    "Number", "Person", "Tense", "VerbForm", "Degree", "Case", "Gender",
    "Definite", "PronType", "Poss", "Reflex", "Foreign",
)  # fmt: skip
#: A relation of UD 2.0 that was later divided: it counts as any of its parts.
OLD_RELATIONS = {
    "obl": ("obl", "obl:arg"),
    "nmod": ("nmod", "nmod:poss"),
    "expl": ("expl", "expl:pv"),
    "cc": ("cc", "cc:preconj"),
}
#: A lemma rule must occur this often in training; rarer ones fall back to the word itself.
MIN_RULE = 2
KEEP_RULE = "0|0||"


def lemma_rule(word: str, lemma: str) -> str:
    """Return the edit that turns a word into its lemma (undone by ``decode.apply_rule``).

    A rule reads ``cut|lower|prefix|ending``: drop `cut` letters at the end, lowercase or
    not, drop ``ge`` at `prefix`, add `ending`.

    Examples
    --------
    >>> lemma_rule("partijen", "partij")
    '2|0||'
    >>> lemma_rule("gewerkt", "werken")
    '1|0|0|en'
    >>> lemma_rule("opgelost", "oplossen")
    '1|0|2|sen'
    """
    lowers = "1" if word != word.lower() and lemma == lemma.lower() else "0"
    form = word.lower() if lowers == "1" else word
    best = f"{len(form)}|{lowers}||{lemma}"
    for at in ("", *(str(i) for i in range(6) if form[i : i + 2] == "ge")):
        stem = form if at == "" else form[: int(at)] + form[int(at) + 2 :]
        shared = 0
        while shared < min(len(stem), len(lemma)) and stem[shared] == lemma[shared]:
            shared += 1
        cut, ending = len(stem) - shared, lemma[shared:]
        cost = cut + len(ending) + (1 if at else 0)
        old_cut, _, old_at, old_ending = best.split("|", 3)
        if cost < int(old_cut) + len(old_ending) + (1 if old_at else 0):
            best = f"{cut}|{lowers}|{at}|{ending}"
    return best


def collect_labels(sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Return the label list of each head, most frequent first.

    Only sentences of the current conventions decide; ``""`` is the absence of a feature.
    """
    upos: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    features: dict[str, Counter[str]] = {name: Counter({"": 10**9}) for name in FEATURES}
    for sentence in sentences:
        if sentence.is_old_convention or sentence.upos is None:
            continue
        upos.update(sentence.upos)
        relations.update(sentence.relations or ())
        rules.update(map(lemma_rule, sentence.words, sentence.lemmas or ()))
        for bundle in sentence.features or ():
            for name in FEATURES:
                features[name][bundle.get(name, "")] += 1
    rules[KEEP_RULE] += MIN_RULE
    labels = {
        "upos": [label for label, _ in upos.most_common()],
        "relation": [label for label, count in relations.most_common() if count > 1],
        "lemma": [rule for rule, count in rules.most_common() if count >= MIN_RULE],
    }
    for name in FEATURES:
        labels[f"feature:{name}"] = [label for label, n in features[name].most_common() if n > 1]
    return labels


def score_trees(
    gold: Sequence[Sentence],
    heads: Sequence[Sequence[int]],
    relations: Sequence[Sequence[str]],
    upos: Sequence[Sequence[str]],
) -> dict[str, float]:
    """Return ``las``, ``uas``, ``pos`` and the F1 of each relation (all words count)."""
    n_words = n_heads = n_labelled = n_upos = 0
    right: Counter[str] = Counter()
    n_gold: Counter[str] = Counter()
    n_found: Counter[str] = Counter()
    for sentence, head_row, relation_row, upos_row in zip(gold, heads, relations, upos, strict=True):
        assert sentence.heads and sentence.relations and sentence.upos
        n_words += len(sentence.words)
        for index, (head, relation, tag) in enumerate(zip(head_row, relation_row, upos_row, strict=True)):
            true_head, true_relation = sentence.heads[index], sentence.relations[index]
            n_heads += head == true_head
            n_labelled += head == true_head and relation == true_relation
            n_upos += tag == sentence.upos[index]
            n_gold[true_relation] += 1
            n_found[relation] += 1
            right[relation] += head == true_head and relation == true_relation
    scores = {"las": n_labelled / n_words, "uas": n_heads / n_words, "pos": n_upos / n_words}
    for relation in n_gold:
        scores[f"f1:{relation}"] = 2 * right[relation] / (n_gold[relation] + n_found[relation])
    return scores
