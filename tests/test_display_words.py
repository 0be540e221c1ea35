"""Chart words, numbers, labels and findings in two languages."""

import re
from string import Formatter

import pandas as pd
import pytest
import yaml

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import UsageError
from analysis.contracts.paths import CODEBOOKS, ROOT, TRANSLATIONS
from analysis.contracts.tables import make_table
from analysis.display.findings import charts as findings
from analysis.display.findings import comparison as findings_comparison
from analysis.display.findings import frames as findings_frames
from analysis.display.findings import microframes
from analysis.display.findings import relations as findings_relations
from analysis.display.findings import roles as findings_roles
from analysis.display.findings import validity as validity_findings
from analysis.display.words import label, number, translate_question, word
from analysis.measures.agency import agency
from analysis.measures.casting import count_functions, count_roles
from tests.test_display_agency import DEEDS
from tests.test_display_differences import TABLE as DIFFERENCES
from tests.test_display_frames import SHARES as PLACES
from tests.test_display_frames_compared import BINS, SHARES, VOICES
from tests.test_display_frames_compared import CODEBOOK as FRAMES
from tests.test_display_microframes import AXES
from tests.test_display_microframes import TABLE as BIASES
from tests.test_display_relations import PAIRS, action
from tests.test_display_roles import EVIDENCE, FUNCTIONS
from tests.test_display_tone import TONE
from tests.test_display_validity import gaps, methods

CODEBOOK = Codebook(name="t", actors={"iran": Actor("iran", {"nl": "Iran", "en": "Islamic Republic"}, "country")})


def test_words_speak_two_languages():
    """One name per concept."""
    assert [word("quoted", "nl"), word("quoted", "en")] == ["geciteerd", "quoted"]
    assert word("top", "en", shown=3, total=9) == "3 of 9 shown"


@pytest.mark.parametrize(
    ("key", "language", "said"), [("quotd", "nl", "did you mean 'quoted'"), ("quoted", "fr", "'fr'")]
)
def test_an_unknown_word_or_language_is_refused(key, language, said):
    """The message says what to do."""
    with pytest.raises(UsageError, match=said):
        word(key, language)


@pytest.mark.parametrize(
    ("value", "language", "signed", "text"),
    [
        (-0.25, "nl", True, "−0,25"),
        (0.5, "en", True, "+0.50"),
        (-0.001, "nl", True, "0,00"),
        (float("nan"), "nl", True, "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, language, signed, text):
    """Decimal comma, true minus, no negative zero, a dash for no evidence."""
    assert number(value, language, decimals=2, signed=signed) == text


@pytest.mark.parametrize(
    ("actor_id", "shown"),
    [
        ("iran", "Islamic Republic"),
        ("author", "own voice"),
        ("unnamed", "unnamed source"),
        ("unlisted:Jan_Smit", "Jan Smit *"),
        ("quoted", "quoted"),
    ],
)
def test_labels_of_every_kind_of_source(actor_id, shown):
    """An actor that no codebook lists is marked."""
    assert label(actor_id, CODEBOOK, "en") == shown


ENGLISH = re.compile(r"\b(the|of|and|is|with|are)\b", re.IGNORECASE)
"""Words that no Dutch finding uses: `is` and `of` are Dutch too, but its texts do without."""
ARTICLES = pd.DataFrame(
    {"article_id": ["a", "b"], "outlet": ["Courant", None], "published": ["2024-05-01", None], "text": ["wij gaan"] * 2}
)
SENTENCES = pd.DataFrame({"article_id": ["a", "a"], "paragraph": [0, 1], "part": ["lead", "body"]})
FEATURES = pd.DataFrame(
    {"actor_id": ["x", "y"], "n_mentions": [2, 1], "n_sentences_actor": [2, 1], "frame_conflict": [0.5, 1.0]}
)
QUOTES = pd.DataFrame({"article_id": "a", "source_id": ["x", None], "start": 0, "end": [8, 3]})
GROUPS = pd.DataFrame({"actor_id": "x", "outlet": ["p", "q", "r"], "estimate": [0.2, -0.5, 0.1], "n_units": [4, 5, 1]})
CORRECTED = pd.DataFrame(
    [("x", "naive", 0.5, 0.4, 0.6, 0), ("x", "corrected", 0.1, 0.05, 0.3, 12), ("y", "corrected", 0.2, None, None, 3),
     ("y", "naive", 0.3, 0.2, 0.4, 0), ("x", "all", 0.2, None, None, 40), ("y", "all", 0.2, None, None, 40)],
    columns=["actor_id", "estimator", "estimate", "ci_low", "ci_high", "n_coded"],
).assign(n_units=9)  # fmt: skip
ERRORS = pd.DataFrame(
    {
        "phenomenon": ["all", "irony", "quote"],
        "method": "coder",
        "n_wrong": [3, 2, 1],
        "n": [9, 3, 6],
        "share_wrong": [0.3, 0.7, 0.2],
    }
)
KINDS = pd.DataFrame(
    {
        "group": ["capitals", "other words"],
        "test": "typo",
        "language": "nl",
        "method": "coder",
        "measure": "same_label",
        "n": 20,
        "estimate": 0.5,
    }
)
SILENCE = pd.DataFrame({"corpus": "seed", "measure": ["deeds_without_doer"], "n_missing": 1, "n": 4, "share": 0.25})
CERTAINTY = pd.DataFrame({"n": [10], "probability": [0.9], "share_right": [0.8]})
ORDER = pd.DataFrame({"half": "held out", "axis_id": ["peaceful"], "in_order": 0.7})
DAYS = pd.DataFrame({"day": ["d1", "d2"], "n_articles": [0, 5]})
POWER = pd.DataFrame({"n_articles": [10, 20], "power": [0.5, 0.85]})
MET = make_table("actions", [action(1, "x", "y"), action(2, None, "y")])
BOOK = {"codebook": FRAMES}
CASES = [
    (findings.describe_scope, (ARTICLES,), {}),
    (findings.describe_scope, (ARTICLES.head(1),), {}),
    (findings.describe_parts, (SENTENCES,), {}),
    (findings.describe_mentions, (FEATURES,), BOOK | {"top": 1}),
    (findings.describe_voices, (QUOTES, ARTICLES), BOOK),
    (findings.describe_counts, (DAYS,), {}),
    (findings.describe_counts, (DAYS.head(0),), {}),
    (findings_comparison.describe_groups, (GROUPS,), BOOK | {"group": "outlet"}),
    (findings_comparison.describe_differences, (DIFFERENCES,), BOOK | {"top": 1}),
    (findings_comparison.describe_correction, (CORRECTED,), BOOK | {"by": "actor_id"}),
    (findings_comparison.describe_changes, (CORRECTED,), BOOK | {"estimator": "corrected"}),
    (findings_comparison.describe_periods, (DAYS,), {}),
    (findings_comparison.describe_power, (POWER,), {}),
    (findings_comparison.describe_power, (POWER,), {"wanted": 0.9}),
    (findings_frames.describe_frames_by_paragraph, (PLACES,), BOOK),
    (findings_frames.describe_frames_by_actor, (FEATURES,), BOOK),
    (findings_frames.describe_frames_by_voice, (VOICES,), BOOK),
    (findings_frames.describe_frame_methods, (SHARES,), BOOK),
    (findings_frames.describe_frame_methods, (SHARES.head(1),), BOOK),
    (findings_frames.describe_frame_reliability, (BINS,), {}),
    (findings_relations.describe_tone, (TONE,), BOOK | {"top": 2}),
    (findings_relations.describe_pairs, (PAIRS,), BOOK),
    (findings_relations.describe_ranked_pairs, (PAIRS,), BOOK | {"top": 1}),
    (findings_relations.describe_actions, (MET,), BOOK),
    (findings_relations.describe_agency, (agency(DEEDS),), BOOK | {"top": 1}),
    (findings_relations.describe_left_out, (agency(DEEDS, by="event"),), {"top": 1}),
    (findings_roles.describe_roles, (count_roles(EVIDENCE),), BOOK | {"top": 1}),
    (findings_roles.describe_functions, (count_functions(FUNCTIONS),), BOOK),
    (findings_roles.describe_functions, (count_functions(FUNCTIONS, by="actor_id"),), BOOK),
    (microframes.describe_leaning, (BIASES,), BOOK | {"axes": AXES}),
    (microframes.describe_axes, (ORDER, AXES), {}),
    (validity_findings.describe_stored, (methods(),), {"what": "methoden"}),
    (validity_findings.describe_again, (methods(), methods().assign(estimate=0.1)), {}),
    (validity_findings.describe_methods, (methods(),), {}),
    (validity_findings.describe_errors, (ERRORS,), {}),
    (validity_findings.describe_reliability, (CERTAINTY,), {}),
    (validity_findings.describe_robustness, (KINDS,), {}),
    (validity_findings.describe_gaps, (gaps(),), {}),
    (validity_findings.describe_gaps, (gaps(),), {"least": 0.9}),
    (validity_findings.describe_coverage, (SILENCE,), {"group": "corpus"}),
]
"""Every verb that describes, a small table for it, and the options it needs."""


@pytest.mark.parametrize(("describe", "tables", "options"), CASES)
def test_a_dutch_finding_has_no_english_word(describe, tables, options):
    """They spoke English whatever the language; a number has a decimal comma."""
    told = describe(*tables, **options, language="nl")
    assert not ENGLISH.search(told), told
    assert not re.search(r"\d\.\d", told), told


def test_every_verb_that_describes_is_tried():
    """A new one must be added above."""
    modules = {verb.__module__ for verb, _, _ in CASES}
    sources = [(ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8") for module in modules]
    verbs = {verb for source in sources for verb in re.findall(r"^def (describe_\w+)", source, re.MULTILINE)}
    assert verbs == {verb.__name__ for verb, _, _ in CASES}


def test_every_question_of_a_shipped_codebook_has_its_dutch_and_no_other():
    """An English question on a Dutch page is one that the reader wrote."""
    asked = set()
    for path in sorted(CODEBOOKS.glob("frames_*.yaml")):
        frames = yaml.safe_load(path.read_text(encoding="utf-8")).get("frames", [])
        asked |= {one["question"] for frame in frames for one in frame["indicators"]}
    known = yaml.safe_load((TRANSLATIONS / "questions.yaml").read_text(encoding="utf-8"))
    assert asked == set(known)
    assert all(translate_question(question) == known[question]["nl"] != question for question in asked)
    assert all(translate_question(question, "en") == question for question in [*asked, "Regent het?"])


def test_every_text_of_findings_is_used_and_says_the_same_in_both_languages():
    """The same placeholders, and no English in the Dutch."""
    entries = yaml.safe_load((TRANSLATIONS / "findings.yaml").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "analysis" / "display").rglob("*.py"))
    for key, entry in entries.items():
        assert re.search(rf"""["']{key.removeprefix("noun_")}["']""", code), f"no code uses {key}"
        assert set(entry) == {"nl", "en"}, key
        texts = {language: [text] if isinstance(text, str) else text for language, text in entry.items()}
        filled = [
            {name for _, name, _, _ in Formatter().parse(text) if name} for both in texts.values() for text in both
        ]
        assert all(names == filled[0] for names in filled), key
        assert not ENGLISH.search(" ".join(texts["nl"])), key
