"""Who does what to whom, as a tree has it: what the judging network is told beside the words.

Reads a parsed Doc with Universal Dependencies; returns `Role` records in characters. Of each word that others hang on
it tells who is agent, who is patient, and who is bound to it in another way. It is coarse on purpose: what follows
from it is learnt.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis.reading.judging.passages import AGENT, OTHER, PATIENT, Role

SUBJECTS = frozenset(["nsubj", "csubj", "nsubj:outer"])
PASSIVE_SUBJECTS = frozenset(["nsubj:pass", "csubj:pass"])
OBJECTS = frozenset(["obj", "iobj"])
LOOSE = frozenset(["obl", "obl:arg", "nmod", "nmod:poss", "amod", "compound", "advmod", "vocative"])
WITHIN = frozenset(["flat", "flat:name", "flat:foreign", "appos", "amod", "compound", "conj", "nmod"])
"""Relations of the words of a phrase that may name its actor where the head does not."""
SHARING = frozenset(["conj", "xcomp"])
CLIMB = 6


def find_roles(doc: Doc) -> list[Role]:
    """Roles of every word of a text, in the order of the words; none where it has no tree.

    Examples
    --------
    >>> import spacy
    >>> words = ["Jansen", "hekelt", "Bos"]
    >>> doc = Doc(spacy.blank("nl").vocab, words=words, heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    >>> [(doc.text[role.start : role.end], role.kind, role.places) for role in find_roles(doc)]
    [('hekelt', 1, (0,)), ('hekelt', 2, (14,))]
    """
    if not doc.has_annotation("DEP"):
        return []
    found = []
    for word in doc:
        for kind, argument in _arguments(word):
            found.append(Role(word.idx, word.idx + len(word), kind, tuple(one.idx for one in _phrase(argument))))
    return found


def _arguments(word: Token) -> Iterator[tuple[int, Token]]:
    own = list(word.children)
    is_passive = any(child.dep_ in PASSIVE_SUBJECTS or child.dep_ == "aux:pass" for child in own)
    subjects = [child for child in own if child.dep_ in SUBJECTS or child.dep_ in PASSIVE_SUBJECTS] or _shared(word)
    for subject in subjects:
        yield (PATIENT if is_passive else AGENT), subject
    for child in own:
        if child.dep_ == "obl:agent":
            yield AGENT, child
        elif child.dep_ in OBJECTS:
            yield PATIENT, child
        elif child.dep_ in LOOSE:
            yield OTHER, child


def _shared(word: Token) -> list[Token]:
    """The subject that a conjunct or an infinitive has from the verb above it; an object there controls."""
    if word.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return []
    for _ in range(CLIMB):
        head = word.head
        if head.i == word.i or word.dep_ not in SHARING:
            break
        if word.dep_ == "xcomp" and (controlling := [c for c in head.children if c.dep_ in OBJECTS]):
            return controlling
        if found := [c for c in head.children if c.dep_ in SUBJECTS or c.dep_ in PASSIVE_SUBJECTS]:
            return found
        word = head
    if word.dep_ in ("acl", "acl:relcl") and "Fin" not in word.morph.get("VerbForm"):
        return [word.head]
    return []


def _phrase(head: Token) -> list[Token]:
    """The words that may name an argument: its head, then what belongs to it; of a relative pronoun its noun."""
    if "Rel" in head.morph.get("PronType"):
        above = head.head
        for _ in range(CLIMB):
            if above.dep_ == "acl:relcl" or above.head.i == above.i:
                break
            above = above.head
        if above.dep_ == "acl:relcl":
            head = above.head
    return [head, *(child for child in head.children if child.dep_ in WITHIN)]
