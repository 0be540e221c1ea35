"""Roles: what the judging network is told of a tree, and how it reaches the pieces of a passage."""

import spacy
from spacy.tokens import Doc

from analysis.reading.judging.passages import (
    AGENT,
    OTHER,
    PATIENT,
    Material,
    Mention,
    Role,
    Sentence,
    cut_passages,
    fill_roles,
)
from analysis.reading.judging.roles import find_roles

NAMES = {AGENT: "agent", PATIENT: "patient", OTHER: "other"}


def parse(text: str) -> Doc:
    """A Doc from `word/relation/head/part-of-speech/features` groups; heads are positions from 1."""
    rows = [group.split("/") for group in text.split()]
    return Doc(
        spacy.blank("nl").vocab,
        words=[row[0] for row in rows],
        heads=[int(row[2]) - 1 for row in rows],
        deps=[row[1] for row in rows],
        pos=[row[3] for row in rows],
        morphs=[row[4] if len(row) > 4 else "" for row in rows],
    )


def roles_of(text: str) -> set[tuple[str, str, str]]:
    """Word, role and first word that may name whom."""
    doc = parse(text)
    at = {token.idx: token.text for token in doc}
    return {(doc.text[one.start : one.end], NAMES[one.kind], at[one.places[0]]) for one in find_roles(doc)}


def test_subject_and_object_are_agent_and_patient_and_a_passive_turns_them_round():
    """`Jansen hekelt Bos`; `Bos wordt gehekeld door Jansen`."""
    assert roles_of("Jansen/nsubj/2/PROPN hekelt/ROOT/2/VERB Bos/obj/2/PROPN") == {
        ("hekelt", "agent", "Jansen"),
        ("hekelt", "patient", "Bos"),
    }
    passive = (
        "Bos/nsubj:pass/3/PROPN wordt/aux:pass/3/AUX gehekeld/ROOT/3/VERB door/case/5/ADP Jansen/obl:agent/3/PROPN"
    )
    assert roles_of(passive) == {("gehekeld", "agent", "Jansen"), ("gehekeld", "patient", "Bos")}


def test_conjuncts_share_a_subject_and_an_object_controls_an_infinitive():
    """`Jansen kwam en dwong Bos op te stappen`: Bos steps down."""
    text = (
        "Jansen/nsubj/2/PROPN kwam/ROOT/2/VERB en/cc/4/CCONJ dwong/conj/2/VERB Bos/obj/4/PROPN opstappen/xcomp/4/VERB"
    )
    found = roles_of(text)
    assert ("dwong", "agent", "Jansen") in found
    assert ("opstappen", "agent", "Bos") in found


def test_a_relative_pronoun_names_its_noun():
    """`Bos, die loog`."""
    text = "Bos/ROOT/1/PROPN die/nsubj/3/PRON/PronType=Rel loog/acl:relcl/1/VERB/VerbForm=Fin"
    assert roles_of(text) == {("loog", "agent", "Bos")}


def test_a_text_without_a_tree_has_no_roles():
    """Read by rules, say."""
    assert find_roles(Doc(spacy.blank("nl").vocab, words=["Bos", "loog"])) == []


def test_a_role_is_the_slot_of_whoever_is_mentioned_there():
    """The first place that mentions somebody; nobody has the role where none does; numbers follow the slots."""
    # minister Bos hekelt hem hier.
    offsets = [(0, 8), (9, 12), (13, 19), (20, 23), (24, 28), (28, 29)]
    roles = [Role(13, 19, AGENT, (0, 9)), Role(13, 19, PATIENT, (20,)), Role(13, 19, OTHER, (24,))]
    material = Material([5, 6, 7, 8, 9, 10], offsets, [Sentence(0, 0, 29)],
                        [Mention(9, 12, "bos"), Mention(20, 23, "jansen")], roles=roles)  # fmt: skip
    (passage,) = cut_passages(material)
    found = fill_roles(passage, passage.slots)
    assert (found[AGENT][3], found[PATIENT][3]) == (1, 2)
    assert sum(map(sum, found.values())) == 3
    assert fill_roles(passage, [slot * 7 for slot in passage.slots])[PATIENT][3] == 14
