"""Who shares a subject, whose a particle and a phrase with `door` are, on trees built by hand."""

import spacy
from spacy.tokens import Doc

from analysis.coding.syntax import participles, trees


def parse(text: str, language: str = "nl") -> Doc:
    """A Doc from `word/relation/head/part-of-speech/form` groups; heads are positions from 1, 0 for the root."""
    rows = [group.split("/") for group in text.split()]
    relations = ["ROOT" if row[1] == "root" else row[1] for row in rows]
    heads = [number if row[2] == "0" else int(row[2]) - 1 for number, row in enumerate(rows)]
    return Doc(
        spacy.blank(language).vocab,
        words=[row[0] for row in rows],
        heads=heads,
        deps=relations,
        pos=[row[3] for row in rows],
        lemmas=[row[0].lower() for row in rows],
        morphs=[f"VerbForm={row[4]}" if len(row) > 4 else "" for row in rows],
    )


def words(tokens) -> list[str]:
    """The words of some tokens."""
    return [token.text for token in tokens]


def test_a_coordinated_verb_shares_the_subject():
    """`zij` both comes and sees."""
    doc = parse("zij/nsubj/2/PRON kwam/ROOT/0/VERB/Fin en/cc/4/CCONJ zag/conj/2/VERB/Fin")
    assert words(trees.subjects(doc[3])) == ["zij"]


def test_the_object_of_a_verb_of_control_does_what_the_infinitive_says():
    """`dwong de minister op te stappen`: the minister steps down, wherever the tree hangs the minister."""
    doc = parse(
        "zij/nsubj/2/PRON dwingen/ROOT/0/VERB/Fin hem/obj/2/PRON op/compound:prt/6/ADP te/mark/6/ADP stappen/xcomp/2/VERB/Inf"
    )
    assert words(trees.subjects(doc[5])) == ["hem"]
    raised = parse(
        "zij/nsubj/3/PRON hem/obj/6/PRON dwingen/ROOT/0/VERB/Fin op/compound:prt/6/ADP te/mark/6/ADP stappen/xcomp/3/VERB/Inf"
    )
    assert words(trees.subjects(raised[5])) == ["hem"]
    assert words(trees.objects(raised[2])) == ["hem"]
    assert trees.objects(raised[5]) == []


def test_a_particle_before_te_belongs_to_the_infinitive_after_it():
    """`reageerde door aan te kondigen`: not `aanreageren`."""
    doc = parse(
        "Zij/nsubj/2/PRON reageerde/ROOT/0/VERB/Fin door/compound:prt/2/ADP aan/compound:prt/2/ADP te/mark/6/ADP "
        "kondigen/advcl/2/VERB/Inf"
    )
    assert trees.particle(doc[1]) is None
    assert trees.particle(doc[5]).text == "aan"


def test_a_particle_read_as_an_adposition_is_the_verb_s():
    """`roepen hem op de mannen te redden`: `op` makes `oproepen`, and is no part of the men's phrase."""
    doc = parse(
        "Zij/nsubj/2/PRON roepen/ROOT/0/VERB/Fin hem/obj/2/PRON op/case/6/ADP de/det/6/DET mannen/obl/8/NOUN "
        "te/mark/8/ADP redden/xcomp/2/VERB/Inf"
    )
    assert trees.particle(doc[1]).text == "op"
    assert words(trees.objects(doc[7])) == ["mannen"]


def test_twee_keer_toe_is_no_particle():
    """`tot twee keer toe gepasseerd` is `passeren`."""
    doc = parse("twee/nummod/2/NUM keer/obl/4/NOUN toe/compound:prt/4/ADP gepasseerd/ROOT/0/VERB/Part")
    assert trees.particle(doc[3]) is None


def test_a_phrase_between_determiner_and_participle_is_the_participle_s():
    """`De door de bond gesteunde man zweeg`: the tree may hang the bond on the main verb."""
    doc = parse(
        "De/det/6/DET door/case/4/ADP de/det/4/DET bond/obl:agent/7/NOUN gesteunde/amod/6/VERB/Part man/nsubj/7/NOUN "
        "zweeg/ROOT/0/VERB/Fin"
    )
    assert participles.attributive_agent(doc[4]).text == "bond"
    assert participles.is_in_participle(doc[3])
    assert trees.agents_of_passive(doc[6]) == []
    assert participles.modifies_next(doc[4]).text == "man"


def test_a_phrase_after_the_participle_is_the_verb_s():
    """`De gesteunde man werd door de bond geroemd`."""
    doc = parse(
        "De/det/3/DET gesteunde/amod/3/VERB/Part man/nsubj:pass/8/NOUN werd/aux:pass/8/AUX/Fin door/case/7/ADP "
        "de/det/7/DET bond/obl:agent/8/NOUN geroemd/ROOT/0/VERB/Part"
    )
    assert words(trees.agents_of_passive(doc[7])) == ["bond"]
    assert participles.attributive_agent(doc[1]) is None


def test_a_relative_pronoun_stands_for_its_noun():
    """`de man die zweeg`."""
    doc = parse("de/det/2/DET man/ROOT/0/NOUN die/nsubj/4/PRON zweeg/acl:relcl/2/VERB/Fin")
    assert words(trees.subjects(doc[3])) == ["man"]


def test_an_english_compound_has_its_last_word_as_head():
    """`The army base was attacked`: the tree gives both nouns the place of subject."""
    doc = parse(
        "The/det/2/DET army/nsubj:pass/5/NOUN base/nsubj:pass/5/NOUN was/aux:pass/5/AUX/Fin attacked/ROOT/0/VERB/Part",
        "en",
    )
    assert words(trees.subjects(doc[4])) == ["base"]


def test_the_subject_before_an_inserted_clause_is_found():
    """`Zij zouden, zo blijkt, zijn geslagen`: the tree gives `Zij` to `blijkt`."""
    doc = parse(
        "Zij/nsubj/4/PRON zouden/aux/6/AUX/Fin zo/advmod/4/ADV blijkt/advcl/6/VERB/Fin zijn/aux:pass/6/AUX/Inf "
        "geslagen/ROOT/0/VERB/Part"
    )
    assert words(trees.own_subjects(doc[5])) == ["Zij"]


def test_zowel_als_coordinates():
    """`zowel de directeur als de raad`: both."""
    doc = parse(
        "Zowel/amod/3/ADV de/det/3/DET directeur/nsubj/7/NOUN als/mark/6/SCONJ de/det/6/DET raad/appos/3/NOUN "
        "zweeg/ROOT/0/VERB/Fin"
    )
    assert words(trees.subjects(doc[6])) == ["directeur", "raad"]


def test_a_doc_without_a_tree_says_so():
    """A blank pipeline parses nothing."""
    assert not trees.has_tree(spacy.blank("nl")("De man zweeg."))
    assert trees.has_tree(parse("man/ROOT/0/NOUN"))
