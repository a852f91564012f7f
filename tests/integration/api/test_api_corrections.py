"""`/v1/files/{mediaId}/speakers/…`: corrections as clients make and undo them."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from heard_files import hear
from recordings import Files, checked, wav

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.media.recordings.heard import heard_call
from setpiece.workspaces.model import Role

Heard = Callable[..., Awaitable[str]]


@pytest.fixture
def heard(client: httpx.AsyncClient, services: Services, tenant: Any) -> Heard:
    """Uploads a file on which these speakers take turns; its id."""

    async def uploaded(*order: int) -> str:
        media_id = str((await Files(client).upload(wav(fill=str(new_uuid()).encode()[-1:])))["mediaId"])
        await hear(services, tenant.workspace_id, recording_id(media_id), order)
        return media_id

    return uploaded


def recording_id(media_id: str) -> Any:
    return parse(media_id)


async def change(client: httpx.AsyncClient, media_id: str, verb: str, expect: int = 200, **body: Any) -> Any:
    return checked(await client.post(f"/v1/files/{media_id}/speakers/{verb}", json=body), expect)


async def listed(client: httpx.AsyncClient, media_id: str) -> Any:
    return checked(await client.get(f"/v1/files/{media_id}/speakers/corrections"), 200)


async def undo(client: httpx.AsyncClient, media_id: str, correction_id: str, expect: int = 200) -> Any:
    return checked(await client.delete(f"/v1/files/{media_id}/speakers/corrections/{correction_id}"), expect)


async def turns(services: Services, tenant: Any, media_id: str) -> list[tuple[int, str]]:
    async with services.database.bound(tenant.workspace_id) as scope:
        call = await heard_call(scope, recording_id(media_id))
    assert call
    return [(turn.speaker, turn.words[0].text) for turn in call.turns.turns]


async def test_a_merge_changes_the_call_and_its_entities_and_can_be_undone(
    client: httpx.AsyncClient, services: Services, tenant: Any, heard: Heard
):
    media_id = await heard(0, 1, 2)
    before = await listed(client, media_id)
    made = await change(client, media_id, "merge", speakerIndex=2, into=0)
    correction = made["correction"]
    assert (correction["type"], correction["change"]) == ("merge", {"speakerIndex": 2, "into": 0})
    assert correction["applies"] is True
    assert [(one["speakerIndex"], one["totalDurationSeconds"]) for one in made["speakers"]] == [
        (0, 19.0),
        (1, 9.5),
    ]
    assert await turns(services, tenant, media_id) == [(0, "word0."), (1, "word10."), (0, "word20.")]
    assert len(checked(await client.get("/v1/entities"), 200)["entities"]) == 2
    assert await listed(client, media_id) == {"corrections": [correction], "speakers": made["speakers"]}
    undone = await undo(client, media_id, correction["id"])
    assert [one["speakerIndex"] for one in undone["speakers"]] == [0, 1, 2]
    now = await listed(client, media_id)
    assert now["corrections"] == []
    assert [one | {"entityId": 0} for one in now["speakers"]] == [
        one | {"entityId": 0} for one in before["speakers"]
    ]
    assert now["speakers"][:2] == before["speakers"][:2]
    assert len({one["entityId"] for one in now["speakers"]}) == 3


async def test_entities_go_with_the_voice_when_speakers_are_swapped(client: httpx.AsyncClient, heard: Heard):
    media_id = await heard(0, 1)
    before = (await listed(client, media_id))["speakers"]
    await change(client, media_id, "rename", speakerIndex=0, name=" Joe ")
    after = (await change(client, media_id, "swap", speakerIndex=0, other=1))["speakers"]
    assert [one["entityId"] for one in after] == [one["entityId"] for one in reversed(before)]
    assert [one["name"] for one in after] == ["Joe", None]


async def test_a_stretch_becomes_a_speaker_whose_voice_is_not_known(client: httpx.AsyncClient, heard: Heard):
    media_id = await heard(0, 1)
    made = await change(client, media_id, "split", startSeconds=5, endSeconds=9.5, speakerIndex=0)
    assert made["correction"]["change"] == {
        "startSeconds": 5.0,
        "endSeconds": 9.5,
        "speakerIndex": 0,
        "into": None,
    }
    new = made["speakers"][2]
    assert new == {
        "speakerIndex": 2, "name": None, "entityId": None, "entityLabel": None, "totalDurationSeconds": 4.5,
        "utteranceCount": 1,
    }  # fmt: skip


async def test_what_a_later_correction_needs_is_not_undone_before_it(client: httpx.AsyncClient, heard: Heard):
    media_id = await heard(0, 1)
    split = (await change(client, media_id, "split", startSeconds=0, endSeconds=5))["correction"]
    named = (await change(client, media_id, "rename", speakerIndex=2, name="Ann"))["correction"]
    error = (await undo(client, media_id, split["id"], 422))["error"]
    assert "undo that first" in error["message"]
    assert [one["id"] for one in (await listed(client, media_id))["corrections"]] == [
        split["id"],
        named["id"],
    ]
    await undo(client, media_id, named["id"])
    await undo(client, media_id, split["id"])
    await undo(client, media_id, split["id"], 404)
    assert (await listed(client, media_id))["corrections"] == []


async def test_a_file_that_is_heard_otherwise_has_its_corrections_passed_over(
    client: httpx.AsyncClient, services: Services, tenant: Any, heard: Heard
):
    media_id = await heard(0, 1, 2)
    await change(client, media_id, "merge", speakerIndex=2, into=0)
    await hear(services, tenant.workspace_id, recording_id(media_id), (0, 1, 1))
    found = await listed(client, media_id)
    assert [one["applies"] for one in found["corrections"]] == [False]
    assert [one["speakerIndex"] for one in found["speakers"]] == [0, 1]
    await change(client, media_id, "merge", speakerIndex=1, into=0)
    await hear(services, tenant.workspace_id, recording_id(media_id), (0, 1, 2))
    assert [one["applies"] for one in (await listed(client, media_id))["corrections"]] == [True, False]
    assert await turns(services, tenant, media_id) == [(0, "word0."), (1, "word10."), (0, "word20.")]


@pytest.mark.parametrize(
    ("verb", "body", "told"),
    [
        ("merge", {"speakerIndex": 0, "into": 0}, "both numbers are the same"),
        ("merge", {"speakerIndex": 0, "into": 7}, "There is no speaker 7"),
        ("merge", {"speakerIndex": 0}, "'into' is required"),
        ("merge", {"speakerIndex": -1, "into": 0}, "'speakerIndex' must be 0 or more"),
        ("merge", {"speakerIndex": True, "into": 0}, "'speakerIndex' must be a whole number"),
        ("merge", {"speakerIndex": "0", "into": 1}, "'speakerIndex' must be a whole number"),
        ("rename", {"speakerIndex": 0}, "'name' is required"),
        ("rename", {"speakerIndex": 0, "name": " "}, "'name' must have 1 to 64 characters"),
        ("rename", {"speakerIndex": 0, "name": "x" * 65}, "'name' must have 1 to 64 characters"),
        ("rename", {"speakerIndex": 9, "name": "X"}, "There is no speaker 9"),
        ("swap", {"speakerIndex": 0, "other": 1, "startSeconds": 3}, "'startSeconds' and 'endSeconds'"),
        (
            "swap",
            {"speakerIndex": 0, "other": 1, "startSeconds": 3, "endSeconds": 2},
            "must begin before it ends",
        ),
        ("split", {"startSeconds": 3, "endSeconds": 300}, "within the 20 seconds"),
        ("split", {"startSeconds": -3, "endSeconds": 3}, "'startSeconds' must be 0"),
        ("split", {"startSeconds": 9.6, "endSeconds": 9.9}, "Nobody whom this is about speaks"),
        (
            "split",
            {"startSeconds": 1, "endSeconds": 2, "speakerIndex": 1},
            "Nobody whom this is about speaks",
        ),
    ],
)
async def test_nonsense_is_a_422_with_a_sentence_and_changes_nothing(
    client: httpx.AsyncClient, heard: Heard, verb: str, body: dict[str, Any], told: str
):
    media_id = await heard(0, 1)
    error = (await change(client, media_id, verb, 422, **body))["error"]
    assert error["code"] == "validation_error"
    assert told in error["message"]
    assert (await listed(client, media_id))["corrections"] == []


async def test_a_file_that_was_not_heard_yet_has_nobody_to_correct(client: httpx.AsyncClient):
    media_id = (await Files(client).upload(wav()))["mediaId"]
    error = (await change(client, media_id, "merge", 409, speakerIndex=0, into=1))["error"]
    assert "was not processed yet" in error["message"]
    assert await listed(client, media_id) == {"corrections": [], "speakers": []}
    await Files(client).delete(media_id)
    await change(client, media_id, "merge", 410, speakerIndex=0, into=1)


@pytest.mark.parametrize("verb", ["merge", "corrections"])
async def test_corrections_are_a_workspace_s_own(
    client: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any, heard: Heard, verb: str
):
    media_id = await heard(0, 1)
    method = "GET" if verb == "corrections" else "POST"
    url, body = f"/v1/files/{media_id}/speakers/{verb}", {"speakerIndex": 1, "into": 0}
    async with connect(api_key=(await new_tenant()).secret) as other:
        checked(await other.request(method, url, json=body), 404)
        checked(
            await other.delete(f"{url}/{show('cor', new_uuid())}" if method == "GET" else url),
            404 if method == "GET" else 405,
        )
    async with connect() as nobody:
        checked(await nobody.request(method, url, json=body), 401)
    async with connect(api_key=(await new_tenant(Role.VIEWER, tenant.name)).secret) as viewer:
        checked(await viewer.request(method, url, json=body), 200 if method == "GET" else 403)
    assert (await listed(client, media_id))["corrections"] == []
