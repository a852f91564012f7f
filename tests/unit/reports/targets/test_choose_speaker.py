from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.reports.model import Person
from setpiece.reports.targets.choose import choose_speaker
from setpiece.reports.targets.evaluation.transcripts import call_of
from setpiece.reports.targets.schemas import TargetSelector

CALL = call_of(
    "en",
    [
        (0, "Good morning and thanks for the time."),  # 0 to 2.45 s
        (1, "Morning. We have been looking at this for a while and I have a few remarks."),  # 2.95 to 8.55 s
        (0, "Go on."),  # 9.05 to 9.75 s
    ],
)
SILENT = replace(
    CALL, people=(), turns=replace(CALL.turns, turns=()), measures=replace(CALL.measures, speakers=())
)


async def choose(call=CALL, language=None, **selector):
    return await choose_speaker(call, TargetSelector.model_validate(selector), None, language=language)


async def test_the_dominant_speaker_is_the_one_with_most_speech():
    chosen = await choose(strategy="dominant")
    assert (chosen.speaker, chosen.used_fallback) == (1, False)
    assert chosen.why == "Speaker 1 speaks most: 64% of all speech."
    assert (chosen.runner_up.speaker, chosen.runner_up.score) == (0, pytest.approx(0.36))
    assert chosen.confidence == pytest.approx(0.64)
    assert chosen.margin == pytest.approx(0.28)


@pytest.mark.parametrize(
    ("timerange", "speaker"),
    [
        ({"start_seconds": 0, "end_seconds": 3}, 0),
        ({"start_seconds": 2, "end_seconds": 4}, 1),
        ({"start_seconds": 8.8}, 0),
        ({"end_seconds": 2.0}, 0),
        ({"end_seconds": 900}, 1),
    ],
)
async def test_in_a_stretch_the_one_who_says_most_there_is_found(timerange, speaker):
    assert (await choose(strategy="timerange", timerange=timerange)).speaker == speaker


async def test_a_stretch_in_which_nobody_speaks_finds_nobody():
    with pytest.raises(Invalid, match=r"Nobody says a word between 200.0 s and 300.0 s") as missed:
        await choose(strategy="timerange", timerange={"start_seconds": 200, "end_seconds": 300})
    assert missed.value.code == "target_not_found"


async def test_a_stretch_that_begins_after_the_end_finds_nobody():
    with pytest.raises(Invalid, match="Nobody says a word"):
        await choose(strategy="timerange", timerange={"start_seconds": 200})


async def test_a_moment_that_no_recording_has_is_not_spelled_out():
    with pytest.raises(Invalid, match="Nobody says a word") as missed:
        await choose(strategy="timerange", timerange={"start_seconds": 1e308})
    assert len(missed.value.message) < 100


async def test_a_miss_falls_back_to_the_dominant_speaker_when_asked_to():
    chosen = await choose(strategy="timerange", timerange={"start_seconds": 200}, on_miss="fallback_dominant")
    assert (chosen.speaker, chosen.used_fallback, chosen.confidence) == (1, True, 0.0)
    assert chosen.strategy == "timerange"
    assert chosen.why.endswith("As asked for that case, speaker 1 was taken, who speaks most.")


@pytest.mark.parametrize("on_miss", ["error", "fallback_dominant"])
async def test_where_nobody_speaks_even_the_fallback_finds_nobody(on_miss):
    with pytest.raises(Invalid, match="Nobody speaks") as missed:
        await choose(SILENT, strategy="dominant", on_miss=on_miss)
    assert missed.value.code == "target_not_found"


async def test_a_voice_identity_is_found_among_the_people():
    entity = uuid4()
    call = replace(CALL, people=(Person(0, entity_id=entity, entity_label="Joe"), Person(1)))
    chosen = await choose(call, strategy="entity_id", entity_id=show("ent", entity))
    assert (chosen.speaker, chosen.confidence) == (0, 1.0)
    assert chosen.why == "Joe (speaker 0) has this voice identity."


@pytest.mark.parametrize("entity_id", [show("ent", UUID(int=7)), "ent_no-such-thing", "x"])
async def test_an_unknown_voice_identity_finds_nobody(entity_id):
    with pytest.raises(Invalid, match=f"has the voice identity '{entity_id}'"):
        await choose(strategy="entity_id", entity_id=entity_id)
    chosen = await choose(strategy="entity_id", entity_id=entity_id, on_miss="fallback_dominant")
    assert (chosen.speaker, chosen.used_fallback) == (1, True)


async def test_of_two_speakers_with_one_voice_identity_the_one_who_speaks_more_is_taken():
    entity = uuid4()
    call = replace(CALL, people=(Person(0, entity_id=entity), Person(1, entity_id=entity)))
    assert (await choose(call, strategy="entity_id", entity_id=show("ent", entity))).speaker == 1


async def test_a_number_that_no_speaker_has_finds_nobody():
    assert (await choose(strategy="speaker_index", speaker_index=0)).speaker == 0
    with pytest.raises(Invalid, match="There is no speaker 2; this recording has the speakers 0, 1"):
        await choose(strategy="speaker_index", speaker_index=2)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "Hablante 1 es quien más habla"),
        ("pt", "Falante 1 é quem mais fala"),
        ("de", "Speaker 1 speaks"),
    ],
)
async def test_the_reason_is_told_in_the_language_asked_for(language, told):
    assert (await choose(language=language, strategy="dominant")).why.startswith(told)


async def test_without_a_language_asked_for_it_is_the_calls():
    assert (await choose(replace(CALL, language="pt"), strategy="dominant")).why.startswith("Falante 1")
