"""What every `LanguageModel` does: the fake that ships, and both vendors' clients against a server on a loopback port."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import SecretStr

from model_server import (
    KEY,
    CutOff,
    HangUp,
    ModelServer,
    Raw,
    Refuse,
    Say,
    Slow,
    Status,
    serving,
)
from setpiece.kernel.errors import ErrorKind, SetpieceError
from setpiece.providers.llm.catalog import VENDORS
from setpiece.providers.llm.failures import refused, unreachable, unreadable
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.patient import PatientModel
from setpiece.providers.llm.port import Completion, Message, Prompt, Tally
from setpiece.providers.llm.scripted import ScriptedVendor
from setpiece.providers.llm.vendor import Ask, Ending, Failed, Reply

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["word"],
    "properties": {"word": {"type": "string"}},
}
PROMPT = Prompt(
    "Say a word.", (Message("user", "Which?"), Message("assistant", "{}"), Message("user", "Now."))
)
GOOD = Say({"word": "set"})


class SlowVendor(ScriptedVendor):
    """As slow as the server's Slow."""

    async def ask(self, ask: Ask) -> Reply:
        await asyncio.sleep(30)
        return await super().ask(ask)


@dataclass
class Subject:
    """One model under test, what it waited between attempts, and the server if there is one."""

    model: PatientModel
    waits_s: list[float] = field(default_factory=list)
    server: ModelServer | None = None

    async def complete(self, **more: Any) -> Completion:
        return await self.model.complete(PROMPT, SCHEMA, **more)


Opened = Callable[..., Any]


def as_line(step: Any) -> Any:
    """A step of the server as a line of the fake."""
    if isinstance(step, Say) and isinstance(step.output, str):
        return Reply(step.output, "m-1", 120, 40, Ending.CUT if step.ending == "cut" else Ending.DONE)
    if isinstance(step, Say):
        return Reply(json.dumps(step.output), "m-1", 120, 40)
    if isinstance(step, Status):
        return refused(
            step.code, {k.lower(): v for k, v in step.headers.items()}, step.said, model="m-1", secret=KEY
        )
    if isinstance(step, Refuse):
        return Reply("", "m-1", 120, 40, Ending.REFUSED)
    return unreadable("here") if isinstance(step, Raw) else unreachable("here")


@pytest.fixture(params=["scripted", *VENDORS])
def opened(request: pytest.FixtureRequest) -> Opened:
    """Opens a model that finds these steps, with these options."""

    @asynccontextmanager
    async def open_(*steps: Any, **options: Any) -> AsyncIterator[Subject]:
        waits_s: list[float] = []

        async def note(seconds: float) -> None:
            waits_s.append(seconds)

        settings = {"model": "m-1", "api_key": SecretStr(KEY), "retries": 2} | options
        if request.param == "scripted":
            vendor = (SlowVendor if Slow() in steps else ScriptedVendor)(*map(as_line, steps))
            chosen = LlmOptions("scripted", **settings)
            yield Subject(PatientModel(vendor, chosen, sleep=note, chance=lambda: 0.0), waits_s)
            return
        async with serving(*steps) as server:
            chosen = LlmOptions(request.param, base_url=f"{server.origin}/v1", **settings)
            model = PatientModel(VENDORS[request.param](chosen), chosen, sleep=note, chance=lambda: 0.0)
            try:
                yield Subject(model, waits_s, server)
            finally:
                await model.aclose()

    return open_


async def error_of(call: Awaitable[Any]) -> SetpieceError:
    with pytest.raises(SetpieceError) as raised:
        await call
    return raised.value


async def test_an_answer_comes_back_in_its_shape_with_what_it_cost(opened: Opened):
    async with opened(GOOD) as subject:
        found = await subject.complete()
    assert found == Completion({"word": "set"}, "m-1", 120, 40, 1)


async def test_a_call_may_name_another_model(opened: Opened):
    async with opened(GOOD) as subject:
        await subject.complete(model="m-2")
        assert subject.model.model == "m-1"
        if subject.server:
            assert subject.server.received[0].body["model"] == "m-2"


TRANSIENT: dict[str, Any] = {
    "500": Status(500),
    "503": Status(503),
    "429": Status(429),
    "hung up": HangUp(),
    "cut off in the body": CutOff(),
    "half of JSON": Raw(b'{"choices": [{"mess'),
    "a proxy's page": Raw(b"<html>busy</html>", "text/html"),
    "not in the protocol": Raw(b'{"content": 5, "choices": {}}'),
    "no JSON in the answer": Say("Certainly! Here is a word: set"),
    "another shape": Say({"word": 5}),
    "more than asked for": Say({"word": "set", "more": 1}),
    "not an object": Say("[1]"),
    "empty": Say(""),
    "cut at the most tokens": Say('{"word": "s', "cut"),
}


@pytest.mark.parametrize("step", TRANSIENT.values(), ids=TRANSIENT.keys())
async def test_what_passes_is_tried_again_and_every_attempt_is_counted(opened: Opened, step: Any):
    tally = Tally()
    async with opened(step, step, GOOD) as subject:
        found = await subject.complete(tally=tally)
    assert found.output == {"word": "set"}
    assert found.attempts == tally.attempts == 3
    assert subject.waits_s == [0.5, 1.0]
    paid = 120 * (3 if isinstance(step, Say) else 1)
    assert tally.input_tokens == found.input_tokens == paid


LASTING: dict[str, tuple[Any, ErrorKind, str, int]] = {
    "401": (Status(401), ErrorKind.UNAVAILABLE, "llm_key_refused", 1),
    "403": (Status(403), ErrorKind.UNAVAILABLE, "llm_key_refused", 1),
    "404": (Status(404), ErrorKind.INVALID, "llm_request_refused", 1),
    "400": (Status(400), ErrorKind.INVALID, "llm_request_refused", 1),
    "refusal": (Refuse(), ErrorKind.UNAVAILABLE, "llm_refused", 1),
    "no quota": (Status(429, said="insufficient_quota"), ErrorKind.LIMIT, "llm_limit", 1),
    "told not to": (Status(500, {"x-should-retry": "false"}), ErrorKind.UNAVAILABLE, "llm_unavailable", 1),
    "429": (Status(429), ErrorKind.LIMIT, "llm_limit", 3),
    "500": (Status(500), ErrorKind.UNAVAILABLE, "llm_unavailable", 3),
    "529": (Status(529), ErrorKind.UNAVAILABLE, "llm_unavailable", 3),
    "hung up": (HangUp(), ErrorKind.UNAVAILABLE, "llm_unavailable", 3),
    "cut off in the body": (CutOff(), ErrorKind.UNAVAILABLE, "llm_unavailable", 3),
    "half of JSON": (Raw(b'{"choices": ['), ErrorKind.UNAVAILABLE, "llm_answer_invalid", 3),
    "no JSON": (Say("no"), ErrorKind.UNAVAILABLE, "llm_answer_invalid", 3),
    "another shape": (Say({}), ErrorKind.UNAVAILABLE, "llm_answer_invalid", 3),
    "empty": (Say(" "), ErrorKind.UNAVAILABLE, "llm_answer_empty", 3),
    "cut at the most tokens": (Say("{", "cut"), ErrorKind.UNAVAILABLE, "llm_answer_cut", 3),
}


@pytest.mark.parametrize(("step", "kind", "code", "attempts"), LASTING.values(), ids=LASTING.keys())
async def test_what_lasts_becomes_a_house_error(
    opened: Opened, step: Any, kind: ErrorKind, code: str, attempts: int
):
    tally = Tally()
    async with opened(step) as subject:
        error = await error_of(subject.complete(tally=tally))
        if subject.server:
            assert len(subject.server.received) == attempts  # the client makes no attempts of its own
    assert (error.kind, error.code, tally.attempts) == (kind, code, attempts)


async def test_a_server_that_asks_to_wait_is_given_the_time_it_asks_for(opened: Opened):
    async with opened(
        Status(429, {"Retry-After": "7"}), Status(503, {"retry-after-ms": "1500"}), GOOD
    ) as subject:
        await subject.complete()
    assert subject.waits_s == [7.0, 1.5]


async def test_a_wait_that_outlasts_the_deadline_is_not_begun(opened: Opened):
    async with opened(Status(429, {"Retry-After": "600"}), GOOD) as subject:
        error = await error_of(subject.complete())
    assert subject.waits_s == []
    assert "wait 600 s" in error.message


async def test_a_slow_server_is_left_after_the_timeout(opened: Opened):
    async with opened(Slow(), timeout_s=0.2, retries=1) as subject:
        error = await error_of(subject.complete())
    assert error.code == "llm_timeout"
    assert subject.waits_s == [0.5]


async def test_the_callers_own_deadline_ends_a_call_too(opened: Opened):
    async with opened(Slow()) as subject:
        error = await error_of(subject.complete(within_s=0.2))
    assert error.code == "llm_timeout"


async def test_no_more_requests_are_under_way_than_allowed(opened: Opened):
    async with opened(GOOD, concurrency=2) as subject:
        await asyncio.gather(*(subject.complete() for _ in range(8)))
        if subject.server:
            assert len(subject.server.received) == 8
            assert subject.server.most_at_once == 2


async def test_who_waits_too_long_for_a_turn_is_told_so(opened: Opened):
    async with opened(Slow(), concurrency=1, timeout_s=5) as subject:
        first = asyncio.create_task(subject.complete())
        await asyncio.sleep(0.05)
        error = await error_of(subject.complete(within_s=0.1))
        first.cancel()
    assert "SETPIECE_LLM_CONCURRENCY" in error.message


@pytest.mark.parametrize("step", [Status(401), Status(400, said=f"bad key {KEY}"), HangUp()], ids=str)
async def test_the_key_is_in_no_log_and_no_message(
    opened: Opened, step: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    caplog.set_level(logging.DEBUG)
    async with opened(step) as subject:
        error = await error_of(subject.complete())
        told = [repr(error), str(error), repr(error.__cause__), repr(subject.model._options)]
    printed = capsys.readouterr()
    assert KEY not in "".join([*told, caplog.text, printed.out, printed.err])


def test_a_failure_tells_what_happened():
    failed = refused(500, {}, "upstream\n broke " + "x" * 900, model="m", secret="")
    assert isinstance(failed, Failed)
    assert "upstream broke" in failed.error.message
    assert len(failed.error.message) < 300
