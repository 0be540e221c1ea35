"""Strong verbs: every form of the list leads back to its infinitive."""

import pytest

from analysis.reading.strong_verbs import strong_infinitive, strong_infinitives, strong_verbs


def test_every_form_has_its_infinitive() -> None:
    """A form that two verbs share goes to the first; every other to its own."""
    seen: dict[str, str] = {}
    for row in strong_verbs():
        for column in ("past", "past_plural", "participle"):
            assert strong_infinitive(row[column]) == seen.setdefault(row[column], row["infinitive"])
    assert set(seen.values()) == strong_infinitives()


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [("uitbraken", "uitbreken"), ("aangevallen", "aanvallen"), ("verslagen", "verslaan"), ("werkte", None)],
)
def test_prefixes_stay(form: str, infinitive: str | None) -> None:
    """Separable or not, what stands before the verb stands before its infinitive."""
    assert strong_infinitive(form) == infinitive
