"""A real call, its report, and what is told of both: the official client checks the webhook, a user sees log, credits and feedback.

It needs Python 3.12, as `test_official_client.py` says.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hooks import Receiver
from product import Server, new_key, wait_for
from standardwebhooks import Webhook

conduit = pytest.importorskip("conduit", reason="mappa-conduit needs Python 3.12")

CALL = Path(__file__).parents[2] / "examples" / "calls" / "call-mf.mp3"


@pytest.fixture
def calling(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, str]]:
    """A server that may call this machine, and a key."""
    monkeypatch.setenv("SETPIECE_ALLOW_PRIVATE_WEBHOOKS", "1")
    server = Server(data_dir)
    server.wait_until_ready()
    yield server, new_key(data_dir)
    server.stop()


def test_the_end_of_a_report_is_told_and_counted(calling: tuple[Server, str], receiver: Receiver):
    server, key = calling
    endpoint = server.ask("POST", "/v1/webhooks/endpoints", key, {"url": receiver.url})[1]
    with conduit.Conduit(api_key=key, base_url=server.base_url, max_retries=0) as client:
        receipt = client.reports.create(
            source={"path": str(CALL)},
            output={"template": "sales_playbook"},
            target={"strategy": "dominant"},
            webhook={"url": receiver.url, "headers": {"X-Tenant": "7", "Host": "elsewhere.example"}},
        )
        report = receipt.handle.wait(timeout_ms=280_000)
        deliveries = wait_for(lambda: all_delivered(server, key, 3))
        secret = server.ask("GET", "/v1/webhooks/secret", key)[1]["secret"]
        signed = [(h, body) for h, body in receiver.arrived if "conduit-signature" in h]
        for headers, body in signed:
            assert client.webhooks.verify_signature(body, headers, secret)
            assert (headers["x-tenant"], headers["host"]) == ("7", f"127.0.0.1:{receiver.server_port}")
        (event,) = {
            client.webhooks.parse_event(body).id: client.webhooks.parse_event(body) for _, body in signed
        }.values()
    assert event.type == "report.completed"
    assert event.data == {"jobId": receipt.job_id, "reportId": report.id, "status": "succeeded"}
    told = [Webhook(endpoint["secret"]).verify(body, h) for h, body in receiver.arrived if "webhook-id" in h]
    assert {one["type"] for one in told} == {"file.processed", "report.completed"}
    assert {one["data"].get("mediaId") for one in told} == {receipt.media_id, None}
    assert sorted(one["type"] for one in deliveries) == [
        "file.processed",
        "report.completed",
        "report.completed",
    ]
    check_credits(server, key, receipt.job_id, report.id)


def check_credits(server: Server, key: str, job_id: str, report_id: str) -> None:
    """A minute or two of audio and a report were counted, and feedback gives half of the report back."""
    entries = server.ask("GET", "/v1/credits/transactions", key)[1]["transactions"]
    assert [one["amount"] for one in entries if one["jobId"] == job_id] == [-10]
    assert [one["amount"] < 0 for one in entries if one["jobId"] is None] == [True]
    said = server.ask("POST", "/v1/feedback", key, {"reportId": report_id, "rating": "thumbs_up"})[1]
    assert (said["credits"]["eligible"], said["credits"]["netUsed"]) == (True, 5)
    job = server.ask("GET", f"/v1/jobs/{job_id}", key)[1]
    assert job["credits"] == {"reservedCredits": 10, "reservationStatus": "applied"}
    assert (job["usage"]["creditsUsed"], job["usage"]["creditsNetUsed"]) == (10, 5)


def all_delivered(server: Server, key: str, count: int) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] = server.ask("GET", "/v1/webhooks/deliveries", key)[1]["deliveries"]
    return found if len([one for one in found if one["status"] == "delivered"]) == count else None
