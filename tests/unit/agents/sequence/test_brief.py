"""An agent's settings become the writer's style: every value does what it says."""

import pytest
from pydantic import ValidationError

from setpiece.agents.model import read_grades
from setpiece.agents.schemas import AgentFields
from setpiece.agents.sequence.brief import sender_of, steps_of, style_of
from setpiece.agents.sequence.writer import Craft, Goal, Length, Sender, SequenceType, Style, Tone

SETTINGS = [
    ({"numEmails": 7}, "num_emails", 7),
    ({"tone": "formal"}, "tone", Tone.FORMAL),
    ({"length": "MIXED"}, "length", Length.MIXED),
    ({"sequenceType": "BARE_METAL"}, "sequence_type", SequenceType.BARE_METAL),
    ({"sequenceType": "CVI_WHY_CHANGE"}, "sequence_type", SequenceType.CVI_WHY_CHANGE),
    ({"primaryGoal": "SMART_CTA"}, "goal", Goal.SMART_CTA),
    ({"goal": "SCHEDULE_MEETING"}, "goal", Goal.SCHEDULE_MEETING),
    ({"primaryGoal": "ASK_FOR_FEEDBACK", "goal": "SCHEDULE_MEETING"}, "goal", Goal.ASK_FOR_FEEDBACK),
    ({"generateUniqueSubjectLines": False}, "unique_subjects", False),
    ({"applySubjectToAllEmails": True}, "same_subject", True),
    ({"applyCtaToAllEmails": True}, "same_cta", True),
    ({"includePs": True}, "include_ps", True),
    ({"greeting": "Dear {{firstName}},"}, "greeting", "Dear {{firstName}},"),
    ({"greeting": ""}, "greeting", ""),
    ({"subject": "One library"}, "subject", "One library"),
    ({"cta": "Shall I send it?"}, "cta", "Shall I send it?"),
    ({"readingLevel": "4-8"}, "craft", Craft(grade=(4.0, 8.0))),
    ({"readingLevel": 9}, "craft", Craft(grade=(3.0, 9.0))),
    ({"craft": {"sentenceWords": 18}}, "craft", Craft(sentence_words=18)),
    ({"craft": {"subjectWords": [3, 5]}}, "craft", Craft(subject_words=(3, 5))),
    (
        {"craft": {"words": {"SHORT": [20, 40]}}},
        "craft",
        Craft(words={Length.SHORT: (20, 40), Length.MEDIUM: (50, 90), Length.LONG: (80, 140)}),
    ),
]


@pytest.mark.parametrize(("settings", "name", "value"), SETTINGS, ids=[str(one[0]) for one in SETTINGS])
def test_a_setting_reaches_the_style(settings, name, value):
    kept = AgentFields.model_validate({"sequenceSettings": settings}).model_dump(exclude_unset=True)
    assert getattr(style_of(kept["sequenceSettings"]), name) == value


def test_what_is_left_open_keeps_the_default_that_senders_measured():
    craft = style_of({}).craft
    assert style_of({}) == Style()
    assert (craft.words[Length.MEDIUM], craft.sentence_words, craft.grade, craft.subject_words) == (
        (50, 90),
        24,
        (3.0, 6.0),
        (2, 6),
    )


def test_what_an_older_client_kept_under_these_names_is_no_error():
    odd = {"greeting": {"a": 1}, "cta": 7, "tone": ["formal"], "sequenceType": {}, "length": 3}
    assert style_of(odd) == Style()


def test_a_patch_is_merged_into_the_settings_of_its_step_alone():
    settings = {
        "sequenceSettings": {"tone": "formal", "numEmails": 3, "sender": {"name": "Sam", "company": "Example"}},
        "stepPatches": {"2": {"tone": "direct", "goal": "SCHEDULE_MEETING", "sender": {"name": "Kim"}}, "3": {"instructions": "no ps"}},
    }  # fmt: skip
    steps = steps_of(settings)
    assert set(steps) == {2}
    assert (steps[2].style.tone, steps[2].style.goal, steps[2].style.num_emails) == (
        Tone.DIRECT,
        Goal.SCHEDULE_MEETING,
        3,
    )
    assert steps[2].sender == Sender("Kim", None, "Example", None)


def test_the_sender_is_the_agents():
    told = {"sender": {"name": "Sam", "title": "Sales", "company": "Example", "signOff": "Best,"}}
    assert sender_of(told) == Sender("Sam", "Sales", "Example", "Best,")


@pytest.mark.parametrize(
    ("level", "grades"),
    [(6, (3.0, 6.0)), ("3-6", (3.0, 6.0)), ("grade 5", (3.0, 5.0)), ("8th grade", (3.0, 8.0)), ("4 to 7", (4.0, 7.0)), (2, (2.0, 2.0)),
     ("", None), ("easy", None), ("9-3", None), ("0", None), ("99", None)],
)  # fmt: skip
def test_a_reading_level_is_a_grade_or_a_range(level, grades):
    assert read_grades(level) == grades


@pytest.mark.parametrize(
    "settings",
    [
        {"readingLevel": "easy"},
        {"craft": {"subjectWords": [6, 2]}},
        {"craft": {"words": {"SHORT": [60, 30]}}},
        {"craft": {"words": {"SHORT": [60]}}},
        {"craft": {"sentenceWords": 2}},
        {"primaryGoal": "SELL"},
        {"sequenceType": "WARM"},
        {"numEmails": 8},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_followed_is_refused(settings):
    with pytest.raises(ValidationError):
        AgentFields.model_validate({"sequenceSettings": settings})
