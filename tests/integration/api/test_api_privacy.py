"""The audit log and notes of consent."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest
from heard_files import hear
from recordings import Files, checked, wav

from setpiece.api.reports.surface import operations
from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, parse
from setpiece.media.recordings.heard import heard_call
from setpiece.storage.database import Database
from setpiece.workspaces.model import Role


async def audit(client: httpx.AsyncClient, expect: int = 200, **query: Any) -> Any:
    return checked(await client.get("/v1/audit", params=query), expect)


@pytest.fixture
def heard(client: httpx.AsyncClient, services: Services, tenant: Any) -> Callable[[], Awaitable[str]]:
    async def uploaded() -> str:
        media_id = str((await Files(client).upload(wav(), label=new_uuid().hex))["mediaId"])
        recording_id = parse(media_id)
        assert recording_id
        await hear(services, tenant.workspace_id, recording_id, (0, 1))
        return media_id

    return uploaded


async def test_reading_and_deleting_is_noted_with_who_and_in_which_request(
    client: httpx.AsyncClient, heard: Callable[[], Awaitable[str]]
):
    media_id = await heard()
    file = checked(await client.get(f"/v1/files/{media_id}"), 200)
    await client.get(f"/v1/files/{media_id}/audio", headers={"X-Request-Id": "req_play"})
    for part in ("speakers", "transcript", "transcript?format=srt", "timeline", "speakers/corrections"):
        assert (await client.get(f"/v1/files/{media_id}/{part}")).status_code == 200
    entity = checked(await client.get("/v1/entities"), 200)["entities"][0]
    checked(await client.get(f"/v1/entities/{entity['id']}"), 200)
    checked(await client.delete(f"/v1/entities/{entity['id']}"), 200)
    await client.delete(f"/v1/files/{media_id}", headers={"X-Request-Id": "req_delete"})
    await client.delete(f"/v1/files/{media_id}")
    entries = (await audit(client))["entries"]
    assert [(one["action"], one["subjectId"]) for one in reversed(entries)] == [
        ("file.audio.read", media_id),
        ("file.speakers.read", media_id),
        ("file.transcript.read", media_id),
        ("file.transcript.read", media_id),
        ("file.timeline.read", media_id),
        ("file.speakers.read", media_id),
        ("entity.read", entity["id"]),
        ("entity.delete", entity["id"]),
        ("file.delete", media_id),
    ]
    played, deleted = entries[-1], entries[0]
    assert (played["requestId"], deleted["requestId"]) == ("req_play", "req_delete")
    for one in (played, deleted):
        assert (one["userId"], one["userName"]) == (file["createdByUserId"], "Test Member")
        assert one["apiKeyId"] == file["createdByApiKeyId"]
        assert one["at"].endswith("Z")


async def test_what_shows_nothing_that_was_said_is_not_noted(
    client: httpx.AsyncClient, heard: Callable[[], Awaitable[str]]
):
    media_id = await heard()
    await client.get("/v1/files")
    await client.get("/v1/entities")
    await client.get(f"/v1/files/{media_id}")
    await client.head(f"/v1/files/{media_id}/audio")
    await client.get(f"/v1/files/{media_id}/audio", headers={"Range": "bytes=99999999-"})
    await client.get(f"/v1/files/med_{new_uuid().hex[:22]}/audio")
    await client.delete("/v1/files/med_0000000000000000000000")
    assert await audit(client) == {"entries": [], "cursor": None, "hasMore": False}


SHOWS_NOTHING_THAT_WAS_SAID = {
    "/v1/files/{mediaId}", "/v1/files/{mediaId}/consent", "/v1/jobs/{jobId}", "/v1/jobs/{jobId}/stream",
    "/v1/credits/usage/{jobId}",
}  # fmt: skip
NOTED_BY_THE_HANDLER = {"/v1/reports/by-job/{jobId}", "/v1/matching/by-job/{jobId}"}


def test_whatever_else_is_read_of_one_thing_is_noted():
    """A new operation is audited, or stands in one of the lists above."""
    silent = {
        one.path
        for one in operations()
        if one.method == "GET" and "{" in one.path and not one.audited and "webhook" not in one.path
    }
    assert silent == SHOWS_NOTHING_THAT_WAS_SAID | NOTED_BY_THE_HANDLER


async def test_the_log_comes_in_pages_and_for_one_subject(
    client: httpx.AsyncClient, heard: Callable[[], Awaitable[str]]
):
    one, other = await heard(), await heard()
    for media_id in (one, other, one, other, one):
        await client.get(f"/v1/files/{media_id}/audio")
    first = await audit(client, limit=3)
    second = await audit(client, limit=3, cursor=first["cursor"])
    assert [entry["subjectId"] for page in (first, second) for entry in page["entries"]] == [
        one,
        other,
        one,
        other,
        one,
    ]
    assert (first["hasMore"], second["hasMore"], second["cursor"]) == (True, False, None)
    assert len((await audit(client, subjectId=other))["entries"]) == 2
    for wrong in ({"limit": 0}, {"limit": 101}, {"cursor": "x"}, {"subjectId": "x"}):
        await audit(client, 422, **wrong)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER], ids=str)
async def test_only_administrators_see_the_log(connect: Any, new_tenant: Any, tenant: Any, role: Role):
    async with connect(api_key=(await new_tenant(role, tenant.name)).secret) as other:
        await audit(other, 403)
    async with connect() as nobody:
        await audit(nobody, 401)


async def test_nobody_changes_or_deletes_a_row_of_the_log(
    client: httpx.AsyncClient, services: Services, tenant: Any, heard: Callable[[], Awaitable[str]]
):
    await client.get(f"/v1/files/{await heard()}/audio")
    database: Database = services.database
    for statement in ("update audit_log set action = 'nothing'", "delete from audit_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.bound(tenant.workspace_id) as scope:
                await scope.connection.execute(statement)
    assert len((await audit(client))["entries"]) == 1


async def test_consent_is_noted_changed_and_taken_away(client: httpx.AsyncClient):
    file = await Files(client).upload(wav())
    url = f"/v1/files/{file['mediaId']}/consent"
    nothing = {"mediaId": file["mediaId"], "consent": None, "notedByUserId": None, "notedAt": None}
    assert checked(await client.get(url), 200) == nothing
    noted = checked(await client.patch(url, json={"consent": "  Both agreed.  "}), 200)
    assert (noted["consent"], noted["notedByUserId"]) == ("Both agreed.", file["createdByUserId"])
    assert noted["notedAt"].endswith("Z")
    assert checked(await client.get(url), 200) == noted
    for wrong in ({}, {"consent": 7}, {"consent": "x" * 2001}):
        checked(await client.patch(url, json=wrong), 422)
    assert checked(await client.get(url), 200) == noted
    assert "consent" not in await Files(client).get(file["mediaId"])
    assert checked(await client.patch(url, json={"consent": None}), 200) == nothing
    await Files(client).delete(file["mediaId"])
    checked(await client.get(url), 410)
    checked(await client.patch(url, json={"consent": "late"}), 410)


async def test_another_workspace_s_consent_is_not_found_and_a_viewer_notes_nothing(
    client: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any
):
    url = f"/v1/files/{(await Files(client).upload(wav()))['mediaId']}/consent"
    async with connect(api_key=(await new_tenant()).secret) as other:
        checked(await other.get(url), 404)
        checked(await other.patch(url, json={"consent": "x"}), 404)
    async with connect(api_key=(await new_tenant(Role.VIEWER, tenant.name)).secret) as viewer:
        assert checked(await viewer.get(url), 200)["consent"] is None
        checked(await viewer.patch(url, json={"consent": "x"}), 403)
    async with connect() as nobody:
        checked(await nobody.get(url), 401)


async def test_consent_comes_with_the_upload_and_is_part_of_what_was_sent(client: httpx.AsyncClient):
    async def sent(expect: int, key: str | None = None, **fields: str) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        answer = await client.post(
            "/v1/files", files={"file": ("call.wav", wav())}, data=fields, headers=headers
        )
        return checked(answer, expect)

    media_id = (await sent(200, "one", consent=" Both agreed. "))["mediaId"]
    found = checked(await client.get(f"/v1/files/{media_id}/consent"), 200)
    assert (found["consent"], found["notedAt"] is not None) == ("Both agreed.", True)
    assert (await sent(200, "one", consent="Both agreed."))["mediaId"] == media_id
    await sent(409, "one", consent="Nobody agreed.")
    before = len((await Files(client).list())["files"])
    error = (await sent(422, consent="x" * 2001))["error"]
    assert "'consent' must have at most 2000 characters" in error["message"]
    assert len((await Files(client).list())["files"]) == before
    without = (await sent(200, consent="  "))["mediaId"]
    assert checked(await client.get(f"/v1/files/{without}/consent"), 200)["consent"] is None


async def test_switched_off_nothing_is_left_of_what_voices_are_like(
    client: httpx.AsyncClient, services: Services, tenant: Any, heard: Callable[[], Awaitable[str]]
):
    async def kept_voices() -> list[int]:
        async with services.database.bound(tenant.workspace_id) as scope:
            rows = await scope.connection.fetch(
                "select recording_id from stage_results where stage = 'speakers'"
            )
            calls = [await heard_call(scope, row["recording_id"]) for row in rows]
        return [len(voice.embedding) for call in calls if call for voice in call.speakers.voices]

    await heard()
    assert await kept_voices() == [192, 192]
    checked(await client.patch("/v1/workspace", json={"voiceIdentities": False}), 200)
    assert await kept_voices() == [0, 0]
    second = await heard()
    assert await kept_voices() == [0, 0, 0, 0]
    speakers = checked(await client.get(f"/v1/files/{second}/transcript"), 200)["speakers"]
    assert len({one["entityId"] for one in speakers} - {None}) == 2
    assert [one["action"] for one in (await audit(client))["entries"]][1:] == ["voices.delete"]
