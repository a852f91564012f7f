import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.kernel.errors import Invalid
from setpiece.reports.model import Person
from setpiece.reports.targets.choose import choose_speaker
from setpiece.reports.targets.evaluation.transcripts import call_of
from setpiece.reports.targets.schemas import TargetSelector

SELLER, BUYER = 0, 1
EXAMPLE = Path(__file__).parents[5] / "examples" / "calls" / "call-mf.json"
SAID = [("AB".index(one["speaker"]), one["text"]) for one in json.loads(EXAMPLE.read_text())]
CALL = call_of("en", SAID)
UNPUNCTUATED = call_of("en", [(who, re.sub("[.,?!]", "", text).lower()) for who, text in SAID])
THREE = call_of(
    "en",
    [
        (0, "Hi Ana, hi Pedro. This is Joe from Northwind."),
        (1, "Hi Joe. I run finance here at Contoso."),
        (2, "Hello Joe."),
        (0, "Pedro, what would you like to see first?"),
        (2, "The reports, please."),
        (0, "And you, Ana?"),
        (1, "I would like to know the price. Our lawyer Dora could not join."),
    ],
)


async def find(hint, call=CALL, on_miss="error"):
    selector = TargetSelector(strategy="magic_hint", hint=hint, on_miss=on_miss)
    return await choose_speaker(call, selector, None, language="en")


@pytest.mark.parametrize("call", [CALL, UNPUNCTUATED], ids=["as written", "no capitals and no marks"])
@pytest.mark.parametrize(
    ("hint", "speaker"),
    [
        ("the one asking the questions", SELLER),
        ("the buyer", BUYER),
        ("la vendedora", SELLER),
        ("a compradora", BUYER),
        ("not the seller", BUYER),
        ("Maria", BUYER),
        ("Mariah", BUYER),
        ("Joe", SELLER),
        ("the person Joe is talking to", BUYER),
        ("the person from Northwin", SELLER),
        ("who asked how much it costs", BUYER),
        ("the one who lost money because of slow ramp time", BUYER),
        ("who mentioned encryption", SELLER),
        ("the angry customer", BUYER),
    ],
)
async def test_who_is_described_is_found(call, hint, speaker):
    assert (await find(hint, call)).speaker == speaker


@pytest.mark.parametrize("call", [CALL, UNPUNCTUATED], ids=["as written", "no capitals and no marks"])
@pytest.mark.parametrize(
    ("hint", "told"),
    [
        ("David", "'David' is spoken of on this call, and nobody who speaks is called so."),
        ("Carlos", "Nobody on this call is called 'Carlos'"),
        ("Mario", "Nobody on this call is called 'Mario'"),
        ("the person from finance", "Nobody on this call says to work in: finance"),
        ("the person from Contoso", "Nobody on this call says to be from 'Contoso'"),
        ("the candidate", "Nobody clearly speaks as the one who is interviewed"),
        ("the nervous one", "how somebody feels, is not interpreted"),
        ("speaker 1", "use the strategy 'speaker_index'"),
        ("the person", "describes nobody"),
        ("not David", "Nobody fits"),
    ],
)
async def test_who_is_not_there_is_missed_with_the_reason(call, hint, told):
    with pytest.raises(Invalid) as missed:
        await find(hint, call)
    assert missed.value.code == "target_not_found"
    assert told.lower() in missed.value.message.lower()


async def test_the_reason_quotes_what_was_said_and_says_how_sure():
    chosen = await find("the buyer")
    assert f"({chosen.confidence:.0%} sure)" in chosen.why
    assert "Says “How much does it cost?” at" in chosen.why
    assert chosen.runner_up.speaker == SELLER
    assert sum(one.score for one in chosen.candidates) <= 1.0


async def test_what_cannot_be_judged_is_said_beside_what_was_found():
    assert "Not judged: angry." in (await find("the angry customer")).why


async def test_a_miss_falls_back_only_when_asked_to():
    chosen = await find("David", on_miss="fallback_dominant")
    assert (chosen.used_fallback, chosen.confidence, chosen.strategy) == (True, 0.0, "magic_hint")
    assert "is spoken of on this call" in chosen.why


@pytest.mark.parametrize(
    ("hint", "speaker"),
    [
        ("Pedro", 2),
        ("Ana", 1),
        ("Joe", 0),
        ("the CFO", 1),
        ("the one from Contoso", 1),
        ("who asked for the price", 1),
        ("not Joe and not from finance", 2),
    ],
)
async def test_among_three_the_one_who_is_spoken_to_is_found(hint, speaker):
    assert (await find(hint, THREE)).speaker == speaker


@pytest.mark.parametrize("hint", ["Dora", "the lawyer", "not Joe"])
async def test_among_three_nobody_is_guessed(hint):
    with pytest.raises(Invalid):
        await find(hint, THREE)


async def test_a_name_that_somebody_gave_wins_over_what_is_heard():
    people = (Person(0, name="María Example"), Person(1, name="José Example"))
    named = replace(CALL, people=people)
    assert (await find("Maria", named)).speaker == 0
    assert (await find("jose", named)).speaker == 1


async def test_two_names_that_look_alike_are_two_people():
    call = call_of("es", [(0, "Hola, Mario."), (1, "Hola, Maria, dime."), (0, "Gracias, Mario.")])
    assert (await find("Mario", call)).speaker == 1
    assert (await find("María", call)).speaker == 0


WORDS = [
    "not",
    "the",
    "who",
    "asked",
    "about",
    "Joe",
    "from",
    "IT",
    ",",
    "buyer",
    "no",
    "e",
    "que",
    "mentioned",
    "¿",
    "7",
]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=9,
    )
)
async def test_any_hint_finds_somebody_or_says_that_it_does_not(words):
    hint = " ".join(words) or "x"
    chosen = await find(hint, THREE, on_miss="fallback_dominant")
    assert chosen.used_fallback or 0.6 <= chosen.confidence <= 1.0
    assert chosen.why
