"""What a person said on a call comes back in what is written to them: `runtimeContext` with `reportId` or `entityId`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from caller import Caller
from play_example import make_library, make_playbook
from recordings import Files, Listener, conversation_wav
from report_examples import Reports

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, show
from setpiece.providers.speech.fakes import FakeRecogniser, fake_speech_models, voices_by_frame
from setpiece.providers.speech.ports import HeardWord, Samples, SpeechModels

PAIN = "Our people spend eleven days on the month-end close"
SCRIPT = {
    1: "Hi Maria, thanks for joining. What made you take this call?",
    2: f"{PAIN}. We only need a short pilot with clear numbers.",
}
CALL = conversation_wav((0, 1), (1, 5.5), (0, 1), (2, 9.5), (0, 1))


class Reader(FakeRecogniser):
    """Hears each voice read its part of a script, two words a second, over and over."""

    def __init__(self, script: Mapping[int, str]) -> None:
        self._words = {voice: text.split() for voice, text in script.items()}
        self._read = dict.fromkeys(script, 0)

    def words_of(self, samples: Samples) -> Sequence[HeardWord]:
        voices = voices_by_frame(samples)
        return [
            replace(one, text=self._next(int(voices[round(one.start_s * 100)])))
            for one in super().words_of(samples)
        ]

    def _next(self, voice: int) -> str:
        words, read = self._words[voice], self._read[voice]
        self._read[voice] += 1
        return f" {words[read % len(words)]}"


def models() -> SpeechModels:
    return replace(fake_speech_models(), recogniser=Reader(SCRIPT))


@pytest.fixture
async def media_id(client: httpx.AsyncClient, services: Services, tenant: Any, tmp_path: Path) -> str:
    uploaded: str = (await Files(client).upload(CALL, label="Discovery"))["mediaId"]
    await Listener(services, tenant.workspace_id, tmp_path, models).hear(uploaded)
    return uploaded


@pytest.fixture
async def report(client: httpx.AsyncClient, services: Services, tenant: Any, media_id: str) -> Any:
    return await Reports(client, services, tenant.workspace_id).made(media_id)


@pytest.fixture
async def api_with_library(api: Caller) -> Caller:
    ids = await make_library(api)
    await make_playbook(api, productOId=ids["product"], personaOIds=[ids["controller"], ids["treasurer"]])
    return api


async def written(api: Caller, context: Any, **body: Any) -> dict[str, Any]:
    asked = {
        "jobTitle": "Financial Controller",
        "runtimeContext": context,
        "includeFullAnnotation": True,
    } | body
    answer = await api.post("agents/sequence/run", asked)
    assert answer["found"] is True, answer["message"]
    data: dict[str, Any] = answer["data"]
    return data


@pytest.mark.parametrize("by", ["reportId", "entityId"])
async def test_the_first_email_quotes_what_was_said_on_the_call(
    api_with_library: Caller, report: Any, by: str
):
    named = {"reportId": report["id"], "entityId": report["entity"]["id"]}
    data = await written(api_with_library, {by: named[by]})
    assert f"“{PAIN}”" in data["emails"][0]["email"]
    [quote] = [
        one
        for one in data["annotations"]["annotations"]
        if one["meta"]["kind"] == "call" and one["meta"]["email"] == 1
    ]
    assert quote["meta"]["fact"] == PAIN
    assert quote["type"] == "CALL_QUOTE"
    start, end = map(float, quote["meta"]["field"].removesuffix(" s").split("-"))
    assert 7 <= start < end <= 17.5  # where the second voice speaks
    everything = "\n".join(one["email"] for one in data["emails"])
    assert everything.count(PAIN) == 1
    assert named[by] not in everything


async def test_the_email_greets_by_the_name_that_was_said_unless_another_is_given(
    api_with_library: Caller, report: Any
):
    context = {"reportId": report["id"]}
    assert (await written(api_with_library, context))["emails"][0]["email"].startswith("Hi Maria,")
    given = await written(api_with_library, context, firstName="Marie")
    assert given["emails"][0]["email"].startswith("Hi Marie,")


async def test_what_is_told_beside_it_is_still_told(api_with_library: Caller, report: Any):
    context = {"reportId": report["id"], "1": "They opened a second brewery in Bremen."}
    email = (await written(api_with_library, context))["emails"][0]["email"]
    assert PAIN in email
    assert "Bremen" in email


async def test_other_agents_use_it_too(api_with_library: Caller, report: Any):
    answer = await api_with_library.post(
        "agents/call-prep/run",
        {
            "jobTitle": "Financial Controller",
            "runtimeContext": {"reportId": report["id"]},
            "includeFullAnnotation": True,
        },
    )
    kinds = {one["meta"]["kind"] for one in answer["data"]["annotations"]["annotations"]}
    assert "call" in kinds


async def test_reading_it_is_noted(
    api_with_library: Caller, client: httpx.AsyncClient, media_id: str, report: Any
):
    await written(api_with_library, {"reportId": report["id"]})
    entries = (await client.get("/v1/audit", params={"limit": 100})).json()
    assert "call.recall" in str(entries)


@pytest.mark.parametrize("by", ["reportId", "entityId"])
async def test_what_is_not_there_is_said(api_with_library: Caller, by: str):
    shown = show("rpt", new_uuid())
    answer = await api_with_library.client.post(
        "/api/v2/agents/sequence/run", json={"jobTitle": "Controller", "runtimeContext": {by: shown}}
    )
    assert answer.status_code == 400
    assert shown in answer.json()["message"]


async def test_a_deleted_call_is_not_quoted(
    api_with_library: Caller, client: httpx.AsyncClient, media_id: str, report: Any
):
    await Files(client).delete(media_id)
    answer = await api_with_library.client.post(
        "/api/v2/agents/sequence/run",
        json={"jobTitle": "Controller", "runtimeContext": {"reportId": report["id"]}},
    )
    assert answer.status_code == 400
