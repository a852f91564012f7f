"""`/v1/matching`: people are compared by a job, and the answer is the closed document of the contract."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from heard_files import hear
from recordings import Files, checked, wav

from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.reports.matchings.tasks import Desk, handlers

DOMINANT = {"strategy": "dominant"}


def person(media_id: str, **selector: Any) -> dict[str, Any]:
    return {"type": "media_target", "mediaId": media_id, "selector": selector or DOMINANT}


@pytest.fixture
def upload(client: httpx.AsyncClient) -> Callable[[], Awaitable[str]]:
    async def uploaded() -> str:
        return str((await Files(client).upload(wav(), label=new_uuid().hex))["mediaId"])

    return uploaded


@pytest.fixture
def heard(
    upload: Callable[[], Awaitable[str]], services: Services, tenant: Any
) -> Callable[..., Awaitable[str]]:
    """A file in which speakers of this order take turns of ten seconds."""

    async def processed(*order: int) -> str:
        media_id = await upload()
        await hear(services, tenant.workspace_id, uuid_of(media_id), order)
        return media_id

    return processed


@pytest.fixture
def work(services: Services, tenant: Any) -> Callable[[str], Awaitable[float | None]]:
    """One attempt at a job, as a worker makes it."""
    attempts = Attempts(services.database, handlers(Desk(services.database, None, services.now)), ())

    async def attempted(job_id: str) -> float | None:
        return await attempts.attempt(tenant.workspace_id, uuid_of(job_id))

    return attempted


def uuid_of(shown: str) -> UUID:
    found = parse(shown)
    assert found
    return found


async def ask(
    client: httpx.AsyncClient, target: Any, *group: Any, expect: int = 200, key: str = "", **more: Any
) -> Any:
    body = {"context": "behavioral_compatibility", "target": target, "group": list(group), **more}
    headers = {"Idempotency-Key": key} if key else {}
    return checked(await client.post("/v1/matching/jobs", json=body, headers=headers), expect)


async def job_of(client: httpx.AsyncClient, job_id: str) -> Any:
    return checked(await client.get(f"/v1/jobs/{job_id}"), 200)


async def test_people_are_compared_and_the_answer_is_the_contracts(
    client: httpx.AsyncClient, heard: Callable[..., Awaitable[str]], work: Callable[[str], Awaitable[Any]]
):
    first, second = await heard(0, 1, 0, 1, 0, 1, 0, 1, 0), await heard(2, 3, 2, 3, 2, 3, 2, 3)
    asked = person(second, strategy="speaker_index", speaker_index=3)
    receipt = await ask(client, person(first), asked, label=" Two calls ")
    assert receipt == {
        "jobId": receipt["jobId"], "status": "queued", "stage": "queued", "estimatedWaitSec": 2,
    }  # fmt: skip
    assert checked(await client.get(f"/v1/matching/by-job/{receipt['jobId']}"), 200) is None
    await work(receipt["jobId"])
    job = await job_of(client, receipt["jobId"])
    assert (job["status"], job["type"]) == ("succeeded", "matching.generate")
    found = checked(await client.get(f"/v1/matching/{job['matchingId']}"), 200)
    assert checked(await client.get(f"/v1/matching/by-job/{receipt['jobId']}"), 200) == found
    assert set(found) == {
        "id", "createdAt", "jobId", "label", "context", "target", "group", "output", "markdown", "json",
    }  # fmt: skip
    assert (found["label"], found["output"]) == ("Two calls", {"template": "matching"})
    entities = checked(await client.get("/v1/entities"), 200)["entities"]
    assert found["target"]["source"] == person(first, strategy="dominant", on_miss="error")
    assert found["target"]["entityId"] in {one["id"] for one in entities}
    assert found["group"][0]["source"]["selector"] == {
        "strategy": "speaker_index",
        "on_miss": "error",
        "speaker_index": 3,
    }
    assert found["target"]["resolvedLabel"] is None
    assert "48 s of speech" in found["json"]["sections"][0]["section_content"]["content"]


async def test_a_voice_is_compared_from_all_its_calls_under_its_label(
    client: httpx.AsyncClient, heard: Callable[..., Awaitable[str]], work: Callable[[str], Awaitable[Any]]
):
    media_id = await heard(4, 5, 4, 5, 4, 5, 4, 5)
    await heard(4, 6, 4, 6)
    voices = {}
    for one in checked(await client.get("/v1/entities"), 200)["entities"]:
        voices[one["mediaCount"]] = one["id"]
    checked(await client.patch(f"/v1/entities/{voices[2]}", json={"label": "The buyer"}), 200)
    subject = {"type": "entity_id", "entityId": voices[2]}
    receipt = await ask(client, subject, person(media_id, strategy="speaker_index", speaker_index=5))
    await work(receipt["jobId"])
    found = checked(await client.get(f"/v1/matching/by-job/{receipt['jobId']}"), 200)
    assert found["target"] == {"source": subject, "entityId": voices[2], "resolvedLabel": "The buyer"}
    assert "The target (The buyer): 57 s of speech in 2 recordings." in found["markdown"]


async def test_a_subject_that_is_nobody_fails_the_job_with_the_reason(
    client: httpx.AsyncClient, heard: Callable[..., Awaitable[str]], work: Callable[[str], Awaitable[Any]]
):
    media_id = await heard(0, 1, 0)
    receipt = await ask(
        client, person(media_id), person(media_id, strategy="magic_hint", hint="the angry one")
    )
    await work(receipt["jobId"])
    job = await job_of(client, receipt["jobId"])
    assert (job["status"], job["error"]["code"], job["error"]["retryable"]) == (
        "failed", "target_not_found", False,
    )  # fmt: skip


async def test_two_subjects_that_turn_out_to_be_one_person_fail_the_job(
    client: httpx.AsyncClient, heard: Callable[..., Awaitable[str]], work: Callable[[str], Awaitable[Any]]
):
    media_id = await heard(0, 1, 0)
    receipt = await ask(client, person(media_id), person(media_id, strategy="speaker_index", speaker_index=0))
    await work(receipt["jobId"])
    assert (await job_of(client, receipt["jobId"]))["error"]["code"] == "same_subject_twice"


async def test_files_that_are_still_processed_are_waited_for(
    client: httpx.AsyncClient,
    heard: Callable[..., Awaitable[str]],
    upload: Callable[[], Awaitable[str]],
    work: Callable[[str], Awaitable[Any]],
    services: Services,
    tenant: Any,
):
    first, second = await heard(0, 1, 0, 1), await upload()
    receipt = await ask(client, person(first), person(second))
    assert await work(receipt["jobId"]) == 5.0  # looks again then
    assert (await job_of(client, receipt["jobId"]))["status"] == "queued"
    await hear(services, tenant.workspace_id, uuid_of(second), (7, 8, 7))
    await work(receipt["jobId"])
    assert (await job_of(client, receipt["jobId"]))["status"] == "succeeded"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"context": "friendship"}, "'context' must be one of"),
        ({"group": []}, "'group' must have at least 1"),
        ({"extra": 1}, "'extra' is not known here"),
        ({"label": " "}, "'label' must not be empty"),
        ({"label": "x" * 65}, "'label' must have at most 64 characters"),
        ({"target": {"type": "entity_id"}}, "entityId' is required"),
        ({"target": {"type": "name", "name": "Ana"}}, "target"),
        ({"target": {"type": "media_target", "mediaId": "m", "selector": {"strategy": "timerange"}}}, "must have 'timerange'"),
        ({"webhook": {"url": "ftp://example.com"}}, "http"),
    ],
)  # fmt: skip
async def test_a_body_that_is_wrong_is_refused_with_a_sentence(
    client: httpx.AsyncClient, change: dict[str, Any], told: str
):
    subject = {"type": "entity_id", "entityId": "ent_a"}
    body = {"context": "behavioral_compatibility", "target": subject, "group": [subject | {"entityId": "b"}]}
    answer = checked(await client.post("/v1/matching/jobs", json=body | change), 422)
    assert told in str(answer["error"])


async def test_nobody_may_be_named_twice(client: httpx.AsyncClient):
    same = {"type": "entity_id", "entityId": "ent_same"}
    answer = await ask(client, same, {"type": "entity_id", "entityId": "ent_b"}, same, expect=422)
    assert "names the entity 'ent_same' twice" in str(answer["error"])


async def test_a_request_is_done_once_under_one_key(
    client: httpx.AsyncClient, heard: Callable[..., Awaitable[str]]
):
    media_id = await heard(0, 1, 0)
    subjects = person(media_id), person(media_id, strategy="speaker_index", speaker_index=1)
    key = new_uuid().hex
    first = await ask(client, *subjects, key=key)
    assert (await ask(client, *subjects, key=key))["jobId"] == first["jobId"]
    assert (await ask(client, *subjects, idempotencyKey=key))["jobId"] == first["jobId"]
    assert (await ask(client, *subjects))["jobId"] != first["jobId"]
    answer = await ask(client, *subjects, key=key, label="Other", expect=409)
    assert answer["error"]["code"] == "idempotency_conflict"


async def test_what_is_not_there_is_not_found(
    client: httpx.AsyncClient,
    stranger: Any,
    heard: Callable[..., Awaitable[str]],
    work: Callable[[str], Awaitable[Any]],
):
    media_id = await heard(0, 1, 0)
    unknown = show("med", new_uuid())
    await ask(client, person(media_id), person(unknown), expect=404)
    await ask(
        client, person(media_id), {"type": "entity_id", "entityId": show("ent", new_uuid())}, expect=404
    )
    receipt = await ask(client, person(media_id), person(media_id, strategy="speaker_index", speaker_index=1))
    await work(receipt["jobId"])
    matching_id = (await job_of(client, receipt["jobId"]))["matchingId"]
    theirs = stranger.client
    checked(await theirs.get(f"/v1/matching/{matching_id}"), 404)
    assert checked(await theirs.get(f"/v1/matching/by-job/{receipt['jobId']}"), 200) is None
    await ask(theirs, person(media_id), person(media_id), expect=404)


async def test_without_a_key_nothing_is_answered(connect: Callable[..., Any]):
    async with connect() as nobody:
        assert (await nobody.get("/v1/matching/mat_x")).status_code == 401
        assert (await nobody.get("/v1/matching/by-job/job_x")).status_code == 401
        assert (await nobody.post("/v1/matching/jobs", json={})).status_code == 401


@pytest.mark.parametrize("what", ["file", "voice"])
async def test_a_matching_goes_with_the_file_or_the_voice_it_rests_on(
    client: httpx.AsyncClient,
    heard: Callable[..., Awaitable[str]],
    work: Callable[[str], Awaitable[Any]],
    what: str,
):
    media_id = await heard(0, 1, 0)
    receipt = await ask(client, person(media_id), person(media_id, strategy="speaker_index", speaker_index=1))
    await work(receipt["jobId"])
    found = checked(await client.get(f"/v1/matching/by-job/{receipt['jobId']}"), 200)
    gone = f"/v1/files/{media_id}" if what == "file" else f"/v1/entities/{found['target']['entityId']}"
    checked(await client.delete(gone), 200)
    checked(await client.get(f"/v1/matching/{found['id']}"), 404)
