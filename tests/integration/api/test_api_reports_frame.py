"""What every answer of the reports surface has: the error's shape, the request's id, the statuses."""

from typing import Any

import httpx
import pytest
from recordings import checked

from setpiece.api.errors import body_of, extra_headers, status_of
from setpiece.kernel.errors import LimitExceeded


@pytest.mark.parametrize("header", ["Mappa-Api-Key", "api_key", "X-API-Key", "Authorization"])
async def test_a_key_is_taken_from_any_of_the_headers(connect: Any, tenant: Any, header: str):
    value = f"Bearer {tenant.secret}" if header == "Authorization" else tenant.secret
    async with connect(**{header: value}) as client:
        balance = checked(await client.get("/v1/credits/balance"), 200)
    assert balance == {"balance": 1_000_000, "reserved": 0, "available": 1_000_000}


async def test_a_ping_needs_no_key_and_its_time_ends_in_z(connect: Any):
    async with connect() as anyone:
        answer = checked(await anyone.get("/v1/health/ping"), 200)
    assert answer["ok"] is True
    assert answer["time"].endswith("Z")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/none", 404, "not_found"),
        ("GET", "/v1/files/a/b/c", 404, "not_found"),
        ("GET", "/v2/none", 404, "not_found"),
        ("GET", "/v1/files/", 404, "not_found"),
        ("PUT", "/v1/files", 405, "method_not_allowed"),
        ("POST", "/v1/health/ping", 405, "method_not_allowed"),
    ],
)
async def test_what_is_not_there_is_said_in_the_surface_s_shape_without_a_redirect(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
):
    answer = await client.request(method, path)
    error = checked(answer, status)["error"]
    assert error["code"] == code
    assert error["message"]
    if status == 405:
        assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_request"),
        (b"{", 400, "bad_request"),
        (b"[]", 400, "bad_request"),
        (b"{}", 422, "validation_error"),
        (b'{"lock": "yes"}', 422, "validation_error"),
        (b'{"lock": true, "x": "' + b"x" * 5_000_000 + b'"}', 413, "payload_too_large"),
    ],
    ids=["empty", "no-json", "no-object", "no-field", "wrong-type", "too-large"],
)
async def test_what_cannot_be_read_is_a_400_and_what_is_wrong_a_422(
    client: httpx.AsyncClient, body: bytes, status: int, code: str
):
    answer = await client.patch("/v1/files/med_x/retention", content=body)
    assert checked(answer, status)["error"]["code"] == code


async def test_unknown_fields_are_dropped(client: httpx.AsyncClient):
    answer = await client.patch("/v1/files/med_x/retention", json={"lock": True, "language": "en"})
    assert checked(answer, 404)["error"]["code"] == "not_found"


@pytest.mark.parametrize("path", ["/v1/files", "/v1/none", "/v1/health/ping"])
async def test_a_request_keeps_the_id_that_its_client_gave_it(client: httpx.AsyncClient, path: str):
    answer = await client.get(path, headers={"X-Request-Id": "req_0123abc"})
    assert answer.headers.get_list("x-request-id") == ["req_0123abc"]


@pytest.mark.parametrize("given", [None, "", "x" * 200, "a b", "évil", "a\tb"])
async def test_a_request_without_a_good_id_gets_one(client: httpx.AsyncClient, given: str | None):
    headers = {} if given is None else {"X-Request-Id": given.encode("latin-1")}
    answer = await client.get("/v1/files", headers=headers)
    (shown,) = answer.headers.get_list("x-request-id")
    assert len(shown) == 36


async def test_ids_on_the_other_surface_stay_ours(client: httpx.AsyncClient):
    answer = await client.get("/api/v2/api-key/validate", headers={"X-Request-Id": "req_0123abc"})
    assert answer.headers["x-request-id"] != "req_0123abc"


def test_too_many_requests_says_when_to_come_again():
    error = LimitExceeded("Too many uploads.", code="rate_limited", details={"retryAfter": 7})
    assert status_of(error, "/v1/files") == 429
    assert extra_headers(error) == {"retry-after": "7"}
    assert body_of(error, "/v1/files", "r")["error"] == {
        "code": "RATE_LIMITED",
        "message": "Too many uploads.",
        "retryAfter": 7,
        "details": {"reason": "rate_limited"},
    }
