"""The library as a file over HTTP."""

import asyncio
import json

import asyncpg
import pytest

from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.check import check
from setpiece.library.transfer.plan import plan_import
from setpiece.library.transfer.reading import parse
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Role

LIBRARY = {
    "setpiece": 1,
    "products": [{"key": "px", "name": "Example"}],
    "personas": [{"key": "lead", "name": "RevOps lead", "offerings": "all", "painPoints": ["Four tools"]}],
}
YAML = b"setpiece: 1\npersonas:\n  - key: lead\n    name: RevOps lead\n    summary: no field of a persona\n"
IMPORT, DIFF, EXPORT = "/api/v2/library/import", "/api/v2/library/diff", "/api/v2/library/export"


def counts(answer) -> list[int]:
    assert answer.status_code == 200, answer.text
    found = answer.json()["data"]
    return [found[name] for name in ("created", "updated", "deleted", "unchanged")]


async def test_a_file_is_imported_once_and_exported_as_it_was(client):
    assert counts(await client.post(DIFF, json=LIBRARY)) == [2, 0, 0, 0]
    assert counts(await client.post(f"{IMPORT}?dryRun=true", json=LIBRARY)) == [2, 0, 0, 0]
    first = await client.post(IMPORT, json=LIBRARY)
    assert counts(first) == [2, 0, 0, 0]
    assert first.json()["data"]["changes"][1] == {
        "action": "create", "kind": "persona", "key": "lead", "name": "RevOps lead",
    }  # fmt: skip
    assert counts(await client.post(IMPORT, json=LIBRARY)) == [0, 0, 0, 2]
    exported = await client.get(EXPORT)
    assert exported.headers["content-type"].startswith("text/yaml")
    assert counts(await client.post(IMPORT, content=exported.content)) == [0, 0, 0, 2]
    as_json = await client.get(EXPORT, params={"format": "json"})
    assert as_json.headers["content-type"] == "application/json"
    assert as_json.json() == parse(exported.content)


async def test_pruning_deletes_what_the_file_does_not_have(client):
    await client.post(IMPORT, json=LIBRARY)
    less = {"setpiece": 1, "products": LIBRARY["products"]}
    assert counts(await client.post(f"{DIFF}?prune=true", json=less)) == [0, 0, 1, 1]
    assert counts(await client.post(f"{IMPORT}?prune=true", json=less)) == [0, 0, 1, 1]
    assert (await client.get("/api/v2/persona/list")).json()["total"] == 0


async def test_a_change_is_shown_with_both_values(client):
    await client.post(IMPORT, json=LIBRARY)
    persona = LIBRARY["personas"][0] | {"painPoints": ["Five tools"]}
    answer = await client.post(DIFF, json=LIBRARY | {"personas": [persona]})
    assert answer.json()["data"]["changes"][0]["fields"] == {
        "painPoints": {"before": ["Four tools"], "after": ["Five tools"]}
    }


@pytest.mark.parametrize(
    ("content", "media_type", "told"),
    [
        pytest.param(YAML, "text/yaml", "field 'summary' is unknown", id="unknown field"),
        pytest.param(b"", "text/yaml", "a library file is a mapping", id="empty"),
        pytest.param(b"a: 'b", "text/yaml", "not valid YAML", id="broken YAML"),
        pytest.param(b"{", "application/json", "not valid JSON", id="broken JSON"),
        pytest.param(b"a: b", "application/json", "not valid JSON", id="YAML called JSON"),
        pytest.param(b"[" * 100_000, "application/json", "", id="deep JSON"),
        pytest.param(b"[" * 100_000, "text/yaml", "nested more than", id="deep YAML"),
        pytest.param(b"\xff", "application/octet-stream", "not UTF-8", id="bytes"),
        pytest.param(b'{"setpiece": 1' + b"0" * 400 + b"}", "application/json", "", id="huge number"),
    ],
)
async def test_a_bad_file_is_answered_with_what_to_change(client, content, media_type, told):
    answer = await client.post(IMPORT, content=content, headers={"content-type": media_type})
    assert answer.status_code == 400
    assert told in answer.json()["message"]
    assert answer.json()["_metadata"]["message"] == answer.json()["message"]


async def test_a_key_is_asked_for(connect):
    async with connect() as nobody:
        for answer in (
            await nobody.post(IMPORT, json=LIBRARY),
            await nobody.post(DIFF, json=LIBRARY),
            await nobody.get(EXPORT),
        ):
            assert answer.status_code == 401


async def test_a_viewer_may_compare_and_export_but_not_import(connect, tenant, new_tenant):
    viewer = await new_tenant(Role.VIEWER, tenant.name)
    async with connect(api_key=viewer.secret) as client:
        assert (await client.post(IMPORT, content=b"{ never read")).status_code == 403
        assert counts(await client.post(DIFF, json=LIBRARY)) == [2, 0, 0, 0]
        assert (await client.get(EXPORT)).status_code == 200


async def test_a_read_only_workspace_refuses_before_the_body_is_read(client, tenant, dsn):
    connection = await asyncpg.connect(dsn)
    await Directory(connection).set_read_only(tenant.name, True)
    await connection.close()
    answer = await client.post(IMPORT, content=_never())
    assert answer.status_code == 403
    assert "read-only" in answer.json()["message"]


async def _never():
    raise AssertionError("the body was read")
    yield b""


async def test_a_body_beyond_the_bound_is_refused(connect, tenant, services):
    too_long = str(services.settings.max_import_bytes + 1)
    async with connect(api_key=tenant.secret) as client:
        answer = await client.post(IMPORT, content=b"x", headers={"content-length": too_long})
    assert answer.status_code == 413


async def test_the_openapi_document_describes_the_file(client):
    paths = (await client.get("/openapi.json")).json()["paths"]
    body = paths[IMPORT]["post"]["requestBody"]["content"]
    assert {"application/json", "text/yaml"} == set(body)
    assert json.dumps(parse(body["text/yaml"]["schema"]["example"].encode())) == json.dumps(
        body["application/json"]["schema"]["example"]
    )
    assert set(paths[EXPORT]["get"]["responses"]["200"]["content"]) == {"application/json", "text/yaml"}


async def test_two_imports_of_one_file_at_once_make_everything_once(client):
    answers = await asyncio.gather(*(client.post(IMPORT, json=LIBRARY) for _ in range(4)))
    assert sorted(counts(answer) for answer in answers) == [[0, 0, 0, 2]] * 3 + [[2, 0, 0, 0]]


async def test_a_change_during_an_import_waits_for_it_and_is_not_lost(client, opened, tenant):
    await client.post(IMPORT, json=LIBRARY)
    oid = (await client.get("/api/v2/persona/list")).json()["data"][0]["oId"]
    async with opened(tenant) as work:
        plan = await plan_import(work, check([("", LIBRARY)]))
        change = asyncio.create_task(client.post("/api/v2/persona/update", json={"oId": oid, "name": "New"}))
        await asyncio.sleep(0.05)
        assert not change.done()
        await apply_import(work, plan)
    assert (await change).json()["data"]["name"] == "New"
