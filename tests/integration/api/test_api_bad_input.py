"""Whatever is sent, the answer is the surface's own JSON with a sentence, never a 500, and nothing is written."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import httpx
import pytest
from caller import Caller

from setpiece.api.gtm.surface import operations

OPERATIONS = [one for one in operations() if not one.raw_body]
WITH_BODY = [one for one in OPERATIONS if one.body is not None]
WITH_QUERY = [one for one in OPERATIONS if one.query is not None and not one.other_answers]

BODIES = {
    "nothing": b"",
    "blanks": b"  \n ",
    "half an object": b'{"name": ',
    "two objects": b"{}{}",
    "comment": b'{"name": "x" /* why */}',
    "single quotes": b"{'name': 'x'}",
    "a list": b"[]",
    "a text": b'"name"',
    "a number": b"7",
    "null": b"null",
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "a form": b"name=x&description=y",
    "XML": b"<name>x</name>",
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + b'{"name": 1}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "raw surrogate": b'{"name": "\xed\xa0\x80"}',
    "escaped lone surrogate": b'{"name": "\\ud800"}',
    "escaped lone surrogate as a key": b'{"\\udfff": "x"}',
    "NUL in a value": b'{"name": "a\\u0000b", "oId": "a\\u0000"}',
    "NUL in a key": b'{"na\\u0000me": "x"}',
    "NUL deep inside": b'{"data": {"x": [{"y": "\\u0000"}]}}',
    "raw NUL": b'{"name": "a\x00b"}',
    "deep lists": b'{"name": ' + b"[" * 40 + b"]" * 40 + b"}",
    "deeper lists": b"[" * 100_000,
    "deep objects": b'{"a": ' * 5_000 + b"1" + b"}" * 5_000,
    "huge whole number": b'{"name": ' + b"9" * 5_000 + b"}",
    "huge fraction": b'{"name": 1e999}',
    "wrong types": b'{"name": {}, "oId": [1], "requestId": [1], "playbookOId": true, "productOId": 5, "agentType": 1}',
}


@pytest.fixture
async def written(dsn: str, tenant: Any) -> AsyncIterator[Any]:
    """How many rows the workspace has in all tables."""
    connection = await asyncpg.connect(dsn)
    tables = await connection.fetch(
        "select distinct table_name from information_schema.columns where column_name = 'workspace_id'"
    )

    async def count() -> int:
        counts = [
            await connection.fetchval(
                f"select count(*) from {row['table_name']} where workspace_id = $1", tenant.workspace_id
            )
            for row in tables
        ]
        return sum(counts)

    yield count
    await connection.close()


def check_shape(answer: httpx.Response, *statuses: int) -> str:
    """The message of an error that is in the surface's shape."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert set(told) == {"_metadata", "message"}
    assert told["_metadata"]["message"] == told["message"]
    assert set(told["_metadata"]) == {"requestId", "timestamp", "usage", "message"}
    assert 10 < len(told["message"]) < 2_000
    assert "Traceback" not in told["message"]
    message: str = told["message"]
    return message


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_a_body_that_no_operation_can_read_is_refused_by_all_and_nothing_is_written(
    client: httpx.AsyncClient, written: Any, body: bytes
):
    before = await written()
    for operation in WITH_BODY:
        for method, path in ((operation.method, operation.path), *operation.also_at):
            answer = await client.request(
                method, path, content=body, headers={"content-type": "application/json"}
            )
            assert check_shape(answer, 400), path
    assert await written() == before


async def test_a_byte_order_mark_and_another_content_type_are_no_obstacle_to_a_good_body(
    client: httpx.AsyncClient,
):
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"):
        answer = await client.post(
            "/api/v2/persona/create", content=b'{"name": "x"}', headers={"content-type": content_type}
        )
        assert answer.status_code == 200


async def test_of_a_repeated_key_the_last_value_counts(client: httpx.AsyncClient):
    answer = await client.post("/api/v2/persona/create", content=b'{"name": "a", "name": "b"}')
    assert answer.json()["data"]["name"] == "b"


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 65_536):
        yield b" " * 65_536


@pytest.mark.parametrize("operation", WITH_BODY[:1] + WITH_BODY[-1:], ids=lambda one: one.path)
async def test_a_body_beyond_the_bound_is_refused_however_it_arrives(
    client: httpx.AsyncClient, operation: Any
):
    whole = await client.request(operation.method, operation.path, content=b" " * 10_485_760)
    in_parts = await client.request(operation.method, operation.path, content=chunks(10_485_760))
    for answer in (whole, in_parts):
        assert "4,194,304 bytes" in check_shape(answer, 413)


LENGTHS = {
    "too large": ("999999999999999999999999", 413),
    "too small": ("1", 200),
    "negative": ("-5", 200),
    "a word": ("many", 200),
    "a superscript": ("\xb2", 200),
    "nothing": ("", 200),
}


@pytest.mark.parametrize(("declared", "status"), LENGTHS.values(), ids=LENGTHS.keys())
async def test_a_declared_length_that_lies_breaks_nothing(
    client: httpx.AsyncClient, declared: str, status: int
):
    answer = await client.post(
        "/api/v2/persona/create",
        content=b'{"name": "x"}',
        headers={"content-length": declared.encode("latin-1")},
    )
    assert answer.status_code == status, answer.text
    assert status == 200 or check_shape(answer, 413)


async def test_a_client_that_leaves_in_the_middle_of_a_body_writes_nothing(
    client: httpx.AsyncClient, tenant: Any, written: Any
):
    before = await written()
    messages: Iterator[dict[str, Any]] = iter(
        [
            {"type": "http.request", "body": b'{"name": "x"', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v2/persona/create",
        "query_string": b"",
        "headers": [(b"api_key", tenant.secret.encode())],
    }
    await client._transport.app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert await written() == before


QUERIES = {
    "NUL": "authorOId=%00&oId=a%00b&text=a%00b&requestId=%00&playbookOId=%00&query=%00&revisionOId=%00&rule=%00",
    "not UTF-8": "oId=%ff%fe&requestId=%ff&playbookOId=%ff&revisionOId=%ff&limit=%ff",
    "raw surrogate": "oId=%ed%a0%80&requestId=%ed%a0%80&playbookOId=%ed%a0%80&revisionOId=%ed%a0%80&limit=x",
    "broken escapes": "oId=%zz%&requestId=%&playbookOId=%%%&revisionOId=%4&offset=%",
    "very long": f"oId={'x' * 20_000}&requestId={'x' * 20_000}&playbookOId={'x' * 300}&revisionOId={'x' * 300}&offset=x",
    "nothing but signs": "&&&=&=&;;&limit=;",
    "huge": f"limit={'9' * 400}&offset=-{'9' * 400}",
    "repeated": "oId=a&oId=b&limit=1&limit=x&requestId=1&playbookOId=b&revisionOId=c",
    "injected": "oId='%20or%201=1--&limit=1;drop&requestId='&playbookOId='&revisionOId='",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
async def test_a_query_full_of_garbage_is_refused_or_finds_nothing(
    client: httpx.AsyncClient, written: Any, query: str
):
    await client.get("/api/v2/agents/list")
    before = await written()
    for operation in WITH_QUERY:
        request = client.build_request(operation.method, operation.path)
        request.url = request.url.copy_with(query=query.encode())
        check_shape(await client.send(request), 400, 404)
    assert await written() == before


ROUTES = {
    "unknown kind": "/api/v2/gadget/list",
    "unknown verb": "/api/v2/persona/frobnicate",
    "closing slash": "/api/v2/persona/list/",
    "doubled slash": "/api/v2//persona/list",
    "other case": "/api/v2/Persona/List",
    "bare prefix": "/api/v2",
    "dots": "/api/v2/persona/../../etc/passwd",
    "NUL": "/api/v2/%00",
    "not UTF-8": "/api/v2/%ff%fe",
    "very long": "/api/v2/" + "x" * 10_000,
    "braces": "/api/v2/{oId}",
}


@pytest.mark.parametrize("path", ROUTES.values(), ids=ROUTES.keys())
@pytest.mark.parametrize("method", ["GET", "POST", "BREW"])
async def test_an_unknown_route_answers_404_in_the_surface_s_shape(
    client: httpx.AsyncClient, method: str, path: str
):
    request = client.build_request(method, "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    answer = await client.send(request)
    if "etc/passwd" in path:
        assert answer.status_code == 404
    else:
        assert "/openapi.json" in check_shape(answer, 404)


async def test_an_unknown_route_outside_every_surface_has_the_other_shape(client: httpx.AsyncClient):
    answer = await client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown_route"


async def test_another_method_answers_405_and_names_every_one_that_is_served(client: httpx.AsyncClient):
    spellings: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        for method, path in ((operation.method, operation.path), *operation.also_at):
            spellings.setdefault(path, set()).add(method)
    for path, methods in spellings.items():
        for method in ("PATCH", "OPTIONS", "TRACE", "BREW", "DELETE" if "GET" in methods else "GET"):
            answer = await client.request(method, path)
            message = check_shape(answer, 405)
            allowed = {one.strip() for one in answer.headers["allow"].split(",")}
            assert allowed - {"HEAD"} == methods, path
            assert all(one in message for one in methods)


async def test_head_answers_like_get_and_without_a_key_like_get_without_one(
    client: httpx.AsyncClient, connect: Any
):
    assert (await client.head("/api/v2/persona/list")).status_code == 200
    assert (await client.head("/api/v2/persona/get?oId=x")).status_code == 404
    async with connect() as nobody:
        assert (await nobody.head("/api/v2/persona/list")).status_code == 401


AGENT_DATA: dict[str, Any] = {
    "a text": {"commonContext": "x"},
    "a list": {"commonContext": [1]},
    "entities as a list": {"commonContext": {"entities": [1]}},
    "a section as a text": {"commonContext": {"entities": {"personas": "NONE"}}},
    "a strategy as an object": {"commonContext": {"entities": {"personas": {"strategy": {}}}}},
}


@pytest.mark.parametrize("data", AGENT_DATA.values(), ids=AGENT_DATA.keys())
async def test_whatever_an_agent_keeps_in_data_a_run_with_it_is_no_error(api: Caller, data: Any):
    await api.create("product", name="P", customerBenefits=["Answers come within a day"])
    agent = await api.post("agents/create", {"name": "A", "type": "EMAIL", "data": data})
    patches = {"oId": agent["data"]["oId"], "stepPatches": {"1": {"kept": [data]}}}
    await api.post("agents/update", patches)
    answer = await api.post("agents/sequence/run", {"jobTitle": "CEO", "agentOId": agent["data"]["oId"]})
    assert answer["found"] in (True, False)


@pytest.mark.parametrize("weight", ["1e999", "NaN", "-1", '"heavy"', "true", "null"])
async def test_a_weight_that_is_no_number_is_refused(api: Caller, weight: str):
    agent = (await api.post("agents/create", {"name": "A", "type": "EMAIL"}))["data"]["oId"]
    body = f"""{{"name": "E", "agentType": "EMAIL", "runStrategy": "WEIGHTED", "agentOIds": ["{agent}"],
        "weights": [{{"oId": "{agent}", "weight": {weight}}}]}}"""
    answer = await api.client.post("/api/v2/agents/experiment/create", content=body)
    assert answer.status_code == (200 if weight == "true" else 400), answer.text
