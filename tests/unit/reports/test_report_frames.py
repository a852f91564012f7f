"""Every language of reports says the same things with the same words put in."""

import re
import string
from pathlib import Path

import pytest

from setpiece.reports.moments import Kind, Topic
from setpiece.reports.moments.languages import CODES, language_of
from setpiece.reports.writing import frames
from setpiece.reports.writing.frames import TONGUES

ENGLISH = TONGUES["en"].frames
OTHERS = [code for code in TONGUES if code != "en"]
EVERYBODY = {"who", "other"}


def slots(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_each_language_has_the_same_frames_with_as_many_forms(code: str):
    frames = TONGUES[code].frames
    assert {name: len(forms) for name, forms in frames.items()} == {
        name: len(forms) for name, forms in ENGLISH.items()
    }


@pytest.mark.parametrize("code", OTHERS)
def test_each_form_puts_in_the_same_words(code: str):
    different = [
        (name, place)
        for name, forms in ENGLISH.items()
        for place, form in enumerate(forms)
        if slots(form) - EVERYBODY != slots(TONGUES[code].frames[name][place]) - EVERYBODY
    ]
    assert different == []


@pytest.mark.parametrize("code", TONGUES)
def test_every_topic_and_section_has_a_name(code: str):
    tongue = TONGUES[code]
    assert set(tongue.topics) == set(Topic)
    assert set(tongue.section_titles) == set(TONGUES["en"].section_titles)


@pytest.mark.parametrize("code", TONGUES)
def test_no_two_frames_say_the_same(code: str):
    forms = [
        form for name, forms in TONGUES[code].frames.items() for form in forms if not name.endswith(".phrase")
    ]
    bare = [re.sub(r"\{who\} |\W+", " ", form) for form in forms if len(form.split()) > 6]
    assert sorted(form for form in set(bare) if bare.count(form) > 1) == []


@pytest.mark.parametrize("code", CODES)
def test_every_kind_that_a_buyer_can_say_has_rules_in_every_language(code: str):
    language = language_of(code)
    assert language is not None
    made_elsewhere = {Kind.QUESTION, Kind.OPENING, Kind.OFFER, Kind.PROMISE}
    assert {rule.kind for rule in language.rules} == set(Kind) - made_elsewhere
    assert len({rule.id for rule in language.rules}) == len(language.rules)


def test_every_frame_is_used_by_a_plan():
    folder = Path(frames.__file__).parents[1]
    source = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if "frames" not in path.parts
    )
    named = {name for name in ENGLISH if f'"{name}"' in source}
    derived = {name for name in ENGLISH if name.startswith("none.") or name.endswith((".phrase", ".title"))}
    assert set(ENGLISH) - named - derived == set()
