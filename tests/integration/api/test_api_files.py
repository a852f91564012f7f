"""`/v1/files`: from an upload to a recording, and what is refused."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from recordings import Files, checked, wav

from setpiece.workspaces.model import Role


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
def kept(blob_dir: Path, tenant: Any) -> Callable[[], list[bytes]]:
    """The contents that the blob store has for the tenant, unfinished ones included."""
    folder = blob_dir / "recordings" / str(tenant.workspace_id)
    return lambda: [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def test_an_upload_becomes_a_file_with_every_field_of_the_contract(files: Files):
    uploaded = await files.upload(wav(), label="  Discovery call ")
    assert set(uploaded) == {
        "mediaId", "createdAt", "contentType", "label", "source", "workspaceId", "createdByUserId",
        "createdByApiKeyId", "sizeBytes", "durationSeconds",
    }  # fmt: skip
    assert (uploaded["label"], uploaded["source"]) == ("Discovery call", "SDK")
    assert (uploaded["contentType"], uploaded["sizeBytes"]) == ("audio/wav", len(wav()))
    assert uploaded["createdAt"].endswith("Z")
    found = await files.get(uploaded["mediaId"])
    assert found == uploaded | {
        "hasReports": False,
        "processingStatus": "PENDING",
        "processingError": None,
        "lastUsedAt": uploaded["createdAt"],
        "retention": found["retention"],
    }
    assert found["retention"].keys() == {"expiresAt", "daysRemaining", "locked"}
    assert (found["retention"]["daysRemaining"], found["retention"]["locked"]) == (180, False)


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("call.wav", None, "call"),
        ("C:\\calls\\Q3 review.final.wav", None, "Q3 review.final"),
        ("../../etc/passwd", None, "passwd"),
        ("llamada con Ñandú.mp3", None, "llamada con Ñandú"),
        ("upload.bin", "   ", "upload"),
        ("", "Named", "Named"),
    ],
)
async def test_the_label_is_what_was_sent_or_the_name_of_the_file(
    files: Files, name: str, label: str | None, expected: str
):
    assert (await files.upload(wav(), name=name or "x", label=label))["label"] == expected


@pytest.mark.parametrize("name", ["notes.txt", "page.html", "upload.bin", "x"])
async def test_the_content_decides_the_type_and_not_the_name(files: Files, name: str):
    assert (await files.upload(wav(), name=name))["contentType"] == "audio/wav"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b"RIFF", "unknown_format"),
        (b"%PDF-1.7 a contract", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_format"),
        (b"PK\x03\x04" + bytes(100), "unknown_format"),
        (b"<html>call</html>", "unknown_format"),
        (b"just words, whatever the name says" * 300, "unknown_format"),
        (wav()[:24] + bytes(4) + wav()[28:], "no_sound"),
        (wav()[:22] + bytes(2) + wav()[24:], "no_sound"),
    ],
    ids=["empty", "four-bytes", "pdf", "png", "zip", "html", "text", "zero hertz", "no channels"],
)
async def test_what_is_no_recording_is_refused_and_nothing_is_kept(
    files: Files, kept: Any, content: bytes, reason: str
):
    error = (await files.upload(content, expect=415, name="call.wav"))["error"]
    assert (error["code"], error["details"]["reason"]) == ("unsupported_media_type", reason)
    assert kept() == []
    assert (await files.list())["files"] == []


BOUNDARY = "----call"
PART = 'Content-Disposition: form-data; name="{}"'


def form(*parts: tuple[str, bytes], end: str = "--\r\n") -> bytes:
    body = b"".join(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts)
    return body + f"--{BOUNDARY}{end}".encode()


FILE = PART.format("file") + '; filename="call.wav"'
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.mark.parametrize(
    ("content_type", "body", "status", "told"),
    [
        (FORM_TYPE, form((FILE, wav()), (FILE, wav())), 422, "'file' is sent twice"),
        (FORM_TYPE, form((PART.format("label"), b"x")), 422, "'file' is required"),
        (FORM_TYPE, form((PART.format("label"), b"x"), (PART.format("label"), b"y"), (FILE, wav())), 422, "'label' is sent twice"),
        (FORM_TYPE, form((FILE, wav()), (PART.format("label"), b"\xff\xfe")), 422, "'label' is not text in UTF-8"),
        (FORM_TYPE, form((FILE, wav()), (PART.format("label"), b"a\x00b")), 422, "NUL"),
        (FORM_TYPE, form((FILE, wav()), (PART.format("label"), b"x" * 256)), 422, "at most 255"),
        (FORM_TYPE, form((FILE, wav()), (PART.format("label"), b"x" * 20_000)), 422, "'label' must have at most 16,384"),
        (FORM_TYPE, form(*((PART.format(f"f{n}"), b"x") for n in range(21))), 413, "more than 20 parts"),
        (FORM_TYPE, form(("X: y", wav())), 400, "a part has no name"),
        (FORM_TYPE, form((FILE, wav()), end=""), 400, "ends before its last boundary"),
        (FORM_TYPE, form((FILE, wav()))[:-100], 400, "ends before its last boundary"),
        (FORM_TYPE, b"", 400, "ends before its last boundary"),
        (FORM_TYPE, wav(), 400, "cannot be read"),
        ("multipart/form-data; boundary=another", form((FILE, wav())), 400, "cannot be read"),
        ("multipart/form-data", form((FILE, wav())), 400, "names no boundary"),
        ("multipart/form-data; boundary=" + "x" * 80, form((FILE, wav())), 400, "names no boundary"),
        ("application/json", b"{}", 422, "multipart/form-data"),
        ("audio/wav", wav(), 422, "multipart/form-data"),
    ],
    ids=[
        "two-files", "no-file", "two-labels", "label-not-text", "label-with-nul", "label-too-long", "label-far-too-long",
        "many-parts", "no-name", "no-end", "cut-off", "nothing", "no-form", "wrong-boundary", "no-boundary",
        "long-boundary", "json", "bare-file",
    ],
)  # fmt: skip
async def test_a_form_that_is_wrong_is_refused_with_a_sentence_and_nothing_is_kept(
    files: Files, kept: Any, content_type: str, body: bytes, status: int, told: str
):
    answer = await files.client.post("/v1/files", content=body, headers={"content-type": content_type})
    assert told in checked(answer, status)["error"]["message"]
    assert kept() == []
    assert (await files.list(includeDeleted=True))["files"] == []


async def test_the_label_may_stand_before_or_after_the_file_and_other_fields_are_ignored(files: Files):
    label, other = (PART.format("label"), b"Call"), (PART.format("consent"), b"yes")
    for body in (form(label, (FILE, wav()), other), form(other, (FILE, wav()), label)):
        answer = await files.client.post("/v1/files", content=body, headers={"content-type": FORM_TYPE})
        assert checked(answer, 200)["label"] == "Call"


async def test_a_list_goes_from_the_newest_back_page_by_page(files: Files):
    sent = [(await files.upload(wav(), label=f"Call {number}"))["mediaId"] for number in range(5)]
    seen, query = [], {"limit": 2}
    while True:
        page = await files.list(**query)
        seen += [one["mediaId"] for one in page["files"]]
        assert page["hasMore"] is (page["nextCursor"] is not None)
        if not page["hasMore"]:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == sent[::-1]


async def test_a_list_can_be_narrowed(files: Files):
    first = await files.upload(wav(), label="Discovery 100% Ünal")
    second = await files.upload(wav(), label="Demo")

    async def found(**query: Any) -> list[str]:
        return [one["label"] for one in (await files.list(**query))["files"]]

    assert await found(search="100% ÜNAL") == [first["label"]]
    assert await found(search="%") == [first["label"]]
    assert await found(createdAfter=first["createdAt"], createdByUserId=first["createdByUserId"]) == ["Demo"]
    assert await found(createdAfter="2020-01-01") == ["Demo", first["label"]]
    assert await found(createdByUserId=second["mediaId"]) == []
    assert await found(search="none such") == []


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"cursor": "zzz"}, {"includeDeleted": "maybe"}, {"search": "x" * 201},
     {"createdAfter": "yesterday"}, {"createdAfter": "9999-12-31T23:59:59-23:59"}, {"createdByUserId": "nobody"}],
)  # fmt: skip
async def test_a_wrong_filter_is_a_422(files: Files, query: dict[str, Any]):
    assert (await files.list(expect=422, **query))["error"]["code"] == "validation_error"


async def test_the_word_false_means_false(files: Files):
    uploaded = await files.upload(wav())
    await files.delete(uploaded["mediaId"])
    assert (await files.list(includeDeleted="false"))["files"] == []
    assert len((await files.list(includeDeleted="true"))["files"]) == 1


async def test_a_lock_stops_the_clock_and_can_be_taken_off(files: Files):
    media_id = (await files.upload(wav()))["mediaId"]
    locked = await files.lock(media_id, True)
    assert (locked["mediaId"], locked["retentionLock"]) == (media_id, True)
    assert locked["message"]
    assert (await files.get(media_id))["retention"] == {
        "expiresAt": None,
        "daysRemaining": None,
        "locked": True,
    }
    assert (await files.lock(media_id, False))["retentionLock"] is False
    assert (await files.get(media_id))["retention"]["daysRemaining"] == 180


@pytest.mark.parametrize("lock", ["true", 1, None])
async def test_a_lock_is_true_or_false(files: Files, lock: Any):
    media_id = (await files.upload(wav()))["mediaId"]
    assert "'lock'" in (await files.lock(media_id, lock, expect=422))["error"]["message"]


async def test_a_deleted_file_is_gone_at_once_even_when_it_is_locked(files: Files, kept: Any):
    media_id = (await files.upload(wav(), label="Secret plans"))["mediaId"]
    await files.lock(media_id, True)
    assert kept() == [wav()]
    assert await files.delete(media_id) == {"mediaId": media_id, "deleted": True}
    assert kept() == []
    gone = await files.get(media_id, expect=410)
    assert (gone["error"], gone.keys()) == ("gone", {"error", "message", "deletedAt"})
    assert await files.lock(media_id, False, expect=410) == gone
    assert (await files.audio(media_id)).status_code == 410
    assert await files.delete(media_id) == {"mediaId": media_id, "deleted": True}
    (left,) = (await files.list(includeDeleted=True))["files"]
    assert (left["mediaId"], left["label"]) == (media_id, "")


async def test_a_deletion_leaves_neither_label_nor_content_nor_hash_in_the_database(
    files: Files, dsn: str, tenant: Any
):
    content = wav(fill=b"\x17")
    media_id = (
        await files.upload(content, label="Zanzibar renewal", name="zanzibar.wav", key="zanzibar-key")
    )["mediaId"]
    assert "Zanzibar" in await _dump(dsn, tenant.workspace_id)
    await files.delete(media_id)
    left = await _dump(dsn, tenant.workspace_id)
    assert "anzibar" not in left
    tombstone = left.replace(str(tenant.workspace_id), "")
    assert tombstone.count("audio/wav") == 1


async def _dump(dsn: str, workspace_id: Any) -> str:
    """Every row of every table that names the workspace, as text."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("select set_config('app.workspace', $1, false)", str(workspace_id))
        tables = await connection.fetch(
            """select table_name from information_schema.columns
               where table_schema = 'public' and column_name = 'workspace_id'"""
        )
        rows = [
            await connection.fetch(f"select t::text from {table[0]} t where workspace_id = $1", workspace_id)
            for table in tables
        ]
        return "\n".join(row[0] for found in rows for row in found)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/files"), ("GET", "/v1/files"), ("GET", "/v1/files/{}"), ("GET", "/v1/files/{}/audio"),
     ("PATCH", "/v1/files/{}/retention"), ("DELETE", "/v1/files/{}"), ("GET", "/v1/credits/balance")],
)  # fmt: skip
async def test_nothing_is_answered_without_a_key(connect: Any, files: Files, method: str, path: str):
    media_id = (await files.upload(wav()))["mediaId"]
    for headers in ({}, {"Mappa-Api-Key": "sk_wrong"}):
        async with connect(**headers) as anyone:
            answer = await anyone.request(method, path.format(media_id))
        assert checked(answer, 401)["error"]["code"] == "unauthorized"
    await files.get(media_id)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/files/{}"), ("GET", "/v1/files/{}/audio"), ("PATCH", "/v1/files/{}/retention"), ("DELETE", "/v1/files/{}")],
)  # fmt: skip
async def test_another_workspace_finds_nothing(
    connect: Any, files: Files, new_tenant: Callable[..., Awaitable[Any]], method: str, path: str
):
    media_id = (await files.upload(wav()))["mediaId"]
    async with connect(**{"Mappa-Api-Key": (await new_tenant()).secret}) as stranger:
        body = {"lock": True} if method == "PATCH" else None
        answer = await stranger.request(method, path.format(media_id), json=body)
        assert checked(answer, 404)["error"]["code"] == "not_found"
        assert (await Files(stranger).list(includeDeleted=True))["files"] == []
    assert (await files.get(media_id))["retention"]["locked"] is False


@pytest.mark.parametrize("media_id", ["med_none", "x", "med_" + "0" * 22, "%00", "..%2f.."])
async def test_an_id_that_is_none_is_a_404(files: Files, media_id: str):
    assert (await files.get(media_id, expect=404))["error"]["code"] == "not_found"


async def test_a_viewer_reads_and_changes_nothing(
    connect: Any, files: Files, tenant: Any, new_tenant: Callable[..., Awaitable[Any]]
):
    media_id = (await files.upload(wav()))["mediaId"]
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(**{"Mappa-Api-Key": viewer.secret}) as client:
        seen = Files(client)
        assert (await seen.get(media_id))["mediaId"] == media_id
        assert (await seen.audio(media_id)).content == wav()
        for refused in (
            await seen.upload(wav(), expect=403),
            await seen.lock(media_id, True, expect=403),
            await seen.delete(media_id, expect=403),
        ):
            assert refused["error"]["code"] == "forbidden"
