"""The official Python client compares people and asks for psychometrics, on a real call that the real models hear.

It needs Python 3.12, as `test_official_client.py` says.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from product import Server, new_key

conduit = pytest.importorskip("conduit", reason="mappa-conduit needs Python 3.12")

from conduit.errors import ApiError, JobFailedError  # noqa: E402 - only where it is installed

CALL = Path(__file__).parents[2] / "examples" / "calls" / "call-mf.mp3"
CONTEXT = "behavioral_compatibility"


@pytest.fixture(scope="module")
def client(shared_server: Server) -> Iterator[Any]:
    key = new_key(shared_server.data_dir, workspace="Matching")
    with conduit.Conduit(api_key=key, base_url=shared_server.base_url, max_retries=0) as opened:
        yield opened


@pytest.fixture(scope="module")
def media_id(client: Any) -> str:
    return str(client.primitives.media.upload(path=str(CALL)).media_id)


def person(media_id: str, hint: str) -> dict[str, Any]:
    return {"media_id": media_id, "selector": {"strategy": "magic_hint", "hint": hint}}


def test_people_are_compared_while_their_call_is_still_heard(client: Any, media_id: str):
    asked = {
        "context": CONTEXT,
        "target": person(media_id, "Maria"),
        "group": [person(media_id, "the seller")],
    }
    receipt = client.matching.create(**asked, idempotency_key="one")
    assert client.matching.create(**asked, idempotency_key="one").job_id == receipt.job_id
    assert client.matching.get_by_job(receipt.job_id) is None
    found = receipt.handle.wait(timeout_ms=280_000)
    assert client.matching.get(found.id) == client.matching.get_by_job(receipt.job_id) == found
    assert (found.context, found.job_id) == (CONTEXT, receipt.job_id)
    assert found.target.source["selector"]["on_miss"] == "error"
    assert found.target.entity_id != found.group[0].entity_id
    voices = {"target": found.target.entity_id, "group": [{"entity_id": found.group[0].entity_id}]}
    again = client.matching.create(
        context=CONTEXT, target={"entity_id": voices["target"]}, group=voices["group"]
    ).handle.wait(timeout_ms=60_000)
    assert again.target.source == {"type": "entity_id", "entityId": voices["target"]}


def test_a_subject_who_is_nobody_fails_the_job(client: Any, media_id: str):
    receipt = client.matching.create(
        context=CONTEXT, target=person(media_id, "Maria"), group=[person(media_id, "David")]
    )
    with pytest.raises(JobFailedError) as failed:
        receipt.handle.wait(timeout_ms=280_000)
    assert failed.value.code == "target_not_found"


def test_psychometrics_are_answered_at_once_and_leave_no_file(client: Any, media_id: str):
    target = {"strategy": "magic_hint", "hint": "the buyer"}
    found = client.psychometrics.create(source={"path": str(CALL)}, target=target, idempotency_key="one")
    assert all(0 <= value <= 1 for value in found.psychometrics.values())
    assert client.psychometrics.get(found.analysis_id) == found
    again = client.psychometrics.create(source={"path": str(CALL)}, target=target, idempotency_key="one")
    assert again == found
    assert [one.media_id for one in client.primitives.media.list().files] == [media_id]
    with pytest.raises(ApiError) as missing:
        client.psychometrics.get("psy_0000000000000000000001")
    assert missing.value.status == 404
