"""How long is waited before another attempt, and whether there is one."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.providers.llm.answers import read_answer
from setpiece.providers.llm.failures import refused, retry_after_s
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.patient import PatientModel, wait_before
from setpiece.providers.llm.port import Message, Prompt
from setpiece.providers.llm.scripted import ScriptedVendor
from setpiece.providers.llm.vendor import Failed, Reply

SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
PROMPT = Prompt("Say a word.", (Message("user", "Which?"),))


def test_waits_grow_to_a_bound_and_shrink_by_chance():
    assert [wait_before(retry, None, 0.0) for retry in range(6)] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
    assert wait_before(1, None, 1.0) == 0.75


def test_what_the_server_asks_for_goes_before():
    assert wait_before(0, 30.0, 0.5) == 30.0
    assert wait_before(3, 0.0, 0.5) == 0.0


HEADERS: dict[str, tuple[dict[str, str], float | None]] = {
    "none": ({}, None),
    "seconds": ({"retry-after": "3"}, 3.0),
    "milliseconds first": ({"retry-after-ms": "250", "retry-after": "3"}, 0.25),
    "nonsense": ({"retry-after": "soon"}, None),
    "not a number": ({"retry-after": "nan"}, None),
    "without end": ({"retry-after": "inf"}, None),
    "in the past": ({"retry-after": "-5"}, 0.0),
    "a date that is over": ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
}


@pytest.mark.parametrize(("headers", "expected"), HEADERS.values(), ids=HEADERS.keys())
def test_the_wait_that_a_server_asks_for_is_read(headers: dict[str, str], expected: float | None):
    assert retry_after_s(headers) == expected


def test_a_date_in_the_future_is_waited_for():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < (retry_after_s({"retry-after": later}) or 0) <= 90


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def test_no_attempt_begins_after_the_deadline():
    clock, vendor = Clock(), ScriptedVendor(refused(503, {"retry-after": "4"}, "busy", model="m", secret=""))
    options = LlmOptions("scripted", "m", deadline_s=10, retries=9)
    model = PatientModel(vendor, options, clock=lambda: clock.now, sleep=clock.sleep, chance=lambda: 0.0)
    with pytest.raises(Unavailable):
        await model.complete(PROMPT, SCHEMA)
    assert (len(vendor.asked), clock.now) == (3, 8.0)  # at 0, 4 and 8 s; 12 s would be too late


@pytest.mark.parametrize(
    "text",
    ['{"word": "set"}', ' \n{"word": "set"}\n', '```json\n{"word": "set"}\n```', '```\n{"word": "set"}\n```'],
)
def test_json_is_read_with_and_without_a_fence(text: str):
    assert read_answer(Reply(text, "m"), SCHEMA) == {"word": "set"}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"word": 1}', "null", "[]", '{"word": "set"} and more', "NaN"]
)
def test_what_is_no_such_object_is_refused(text: Any):
    with pytest.raises(Failed) as raised:
        read_answer(Reply(text, "m"), SCHEMA)
    assert raised.value.again
