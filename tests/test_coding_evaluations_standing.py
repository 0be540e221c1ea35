"""How a mention stands in its sentence: its relation, who speaks, and how others are seen."""

import pytest

from analysis.coding.evaluations_grounds import Grounds, find_grounds
from analysis.coding.evaluations_speech import find_places
from analysis.coding.evaluations_standing import find_standing
from analysis.coding.quotes import find_quotes
from analysis.reading import read_articles
from analysis.reading.model_loading import reading_model_path
from analysis.reading.occlusion import Tone
from analysis.tables import make_table

pytestmark = pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
CALM, BAD = Tone(0.1, 0.8, 0.1), Tone(0.9, 0.05, 0.05)


def stand(make_articles, text: str, *names: str, reading: str = "model", tones=None, grounded: bool = False) -> list:
    """How the named words of a text of one sentence stand, with the grounds of the sentence or with none."""
    read = read_articles(make_articles(text), reading=reading)
    rows = [
        {
            "mention_id": f"a1:m{number:05d}", "article_id": "a1", "sentence_id": 0, "start": text.index(name),
            "end": text.index(name) + len(name), "text": name, "actor_id": name, "form": "name", "antecedent_id": None,
            "rule": "gold",
        }
        for number, name in enumerate(names)
    ]  # fmt: skip
    mentions = make_table("mentions", rows)
    place = next(find_places(read, mentions, find_quotes(read, mentions), languages=("nl",), captions=True))
    given = tones or [CALM] * len(names)
    found = find_grounds(place.doc, place.first, place.last, "nl") if grounded else Grounds()
    return [find_standing(place, target, given, found) for target in place.targets]


def test_subject_object_and_who_undergoes_are_told_apart(make_articles):
    """By the relation of the head, of a coordinated name by that of the first."""
    first, second, third = stand(make_articles, "Jansen en Visser zagen Bakker.", "Jansen", "Visser", "Bakker")
    assert (first.relation, second.relation, third.relation) == ("subject", "subject", "object")
    assert stand(make_articles, "Bakker werd gezien.", "Bakker")[0].relation == "undergoing"


def test_a_speaker_is_no_part_of_the_quote(make_articles):
    """Who speaks, who is spoken of."""
    speaker, other = stand(make_articles, "‘Visser is ziek’, zei Jansen.", "Jansen", "Visser")
    assert (speaker.is_speaker, speaker.is_quoted) == (True, False)
    assert (other.is_speaker, other.is_quoted, other.is_own) == (False, True, False)


def test_light_on_another_is_measured_against_the_own(make_articles):
    """How much worse or better, never less than nothing; the actor itself is no other."""
    one, other = stand(make_articles, "Jansen zag Bakker.", "Jansen", "Bakker", tones=[CALM, BAD])
    assert (one.worse, other.worse) == (pytest.approx(0.8), 0.0)
    assert other.better == pytest.approx(0.05)


def test_who_judges_stands_above_the_judged(make_articles):
    """Also where the verb has something of it as its object; what stands above nothing of that kind has no judge."""
    _, kelmo = stand(make_articles, "Gisteren hekelde Visser de houding van Kelmo.", "Visser", "Kelmo", grounded=True)
    assert kelmo.judge is not None and kelmo.judge[1] < 0
    assert ["Gisteren", "hekelde", "Visser", "de", "houding", "van", "Kelmo."][kelmo.judge[0]] == "Visser"
    assert stand(make_articles, "Gisteren vertrok Visser met Kelmo.", "Kelmo", grounded=True)[0].judge is None


def test_without_a_tree_nothing_is_known(make_articles):
    """The network then judges alone."""
    assert stand(make_articles, "Jansen zag Bakker.", "Jansen", reading="rules") == [None]
