"""The official Python client of the reports API, unmodified: only its base URL is ours.

It needs Python 3.12; on 3.11 these tests are left out, and `tests/integration/api/test_api_files*.py` send what it sends.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from product import Server, new_key

conduit = pytest.importorskip("conduit", reason="mappa-conduit needs Python 3.12")

from conduit.errors import ApiError, AuthError, ValidationError  # noqa: E402 - only where it is installed

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00".ljust(20_000, b"\x00")


@pytest.fixture
def client(shared_server: Server, request: pytest.FixtureRequest) -> Iterator[Any]:
    key = new_key(shared_server.data_dir, workspace=request.node.name)
    with conduit.Conduit(api_key=key, base_url=shared_server.base_url, max_retries=0) as opened:
        yield opened


def test_a_file_is_uploaded_read_locked_listed_and_deleted(client: Any, tmp_path: Path):
    media = client.primitives.media
    recording = tmp_path / "Discovery call.wav"
    recording.write_bytes(WAV)
    uploaded = media.upload(path=str(recording))
    assert (uploaded.label, uploaded.content_type, uploaded.size_bytes) == (
        "Discovery call",
        "audio/wav",
        len(WAV),
    )
    found = media.get(uploaded.media_id)
    assert (found.processing_status, found.has_reports, found.retention.days_remaining) == (
        "PENDING",
        False,
        180,
    )
    assert found.created_at.endswith("Z")
    locked = media.set_retention_lock(uploaded.media_id, locked=True)
    assert locked.retention_lock
    assert locked.message
    assert media.get(uploaded.media_id).retention.expires_at is None
    assert [one.media_id for one in media.list().files] == [uploaded.media_id]
    deleted = media.delete(uploaded.media_id)
    assert (deleted.media_id, deleted.deleted) == (uploaded.media_id, True)
    assert media.list().files == []
    assert [one.media_id for one in media.list(include_deleted=True).files] == [uploaded.media_id]
    with pytest.raises(ApiError) as gone:
        media.get(uploaded.media_id)
    assert gone.value.status == 410


@pytest.mark.parametrize(
    "source",
    [lambda: WAV, lambda: bytearray(WAV), lambda: memoryview(WAV), lambda: io.BytesIO(WAV)],
    ids=["bytes", "bytearray", "memoryview", "stream"],
)
def test_a_file_may_come_from_memory_under_no_name_and_no_type(client: Any, source: Any):
    uploaded = client.primitives.media.upload(file=source(), label="From memory")
    assert (uploaded.label, uploaded.content_type) == ("From memory", "audio/wav")


def test_a_list_is_walked_by_its_cursor(client: Any):
    media = client.primitives.media
    sent = [media.upload(file=WAV, label=f"Call {number}").media_id for number in range(3)]
    first = media.list(limit=2)
    second = media.list(limit=2, cursor=first.next_cursor)
    assert [one.media_id for page in (first, second) for one in page.files] == sent[::-1]
    assert (first.has_more, second.has_more, second.next_cursor) == (True, False, None)


def test_a_repeated_upload_is_one_file(client: Any):
    media = client.primitives.media
    first, again = (media.upload(file=WAV, label="Once", idempotency_key="once") for _ in range(2))
    assert first == again
    with pytest.raises(ApiError) as conflict:
        media.upload(file=WAV + b"more", label="Once", idempotency_key="once")
    assert (conflict.value.status, conflict.value.code) == (409, "idempotency_conflict")


def test_errors_are_the_client_s_own(client: Any, shared_server: Server):
    media = client.primitives.media
    with pytest.raises(ApiError) as no_recording:
        media.upload(file=b"just words", label="Words")
    assert (no_recording.value.status, no_recording.value.code) == (415, "unsupported_media_type")
    with pytest.raises(ApiError) as unknown:
        media.get("med_none", request_id="req_mine")
    assert (unknown.value.status, unknown.value.code) == (404, "not_found")
    assert unknown.value.request_id == "req_mine"
    with pytest.raises(ValidationError):
        media.list(limit=101)
    with conduit.Conduit(api_key="sk_wrong", base_url=shared_server.base_url, max_retries=0) as stranger:
        with pytest.raises(AuthError) as refused:
            stranger.primitives.media.list()
        assert refused.value.code == "unauthorized"
