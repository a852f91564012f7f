"""`/v1/playbooks`: a test for each line of the API's own reference, named after it."""

import json
from typing import Any

import httpx
import pytest
from recordings import checked
from test_api_access import set_read_only

from setpiece.api.services import Services
from setpiece.workspaces.model import Role

CREATE = {
    "name": "Series B SaaS. New head of growth",
    "mode": "outbound",
    "buddyId": "prospect",
    "strategy": {"hypothesis": "...", "successMetric": "meeting_booked", "successTarget": 3},
}
"""The reference's own example."""
PATH = "/v1/playbooks"


@pytest.fixture
async def made(client: httpx.AsyncClient) -> dict[str, Any]:
    return playbook(await client.post(PATH, json=CREATE), 201)


def playbook(answer: httpx.Response, expect: int = 200) -> dict[str, Any]:
    found: dict[str, Any] = checked(answer, expect)["playbook"]
    return found


async def put(client: httpx.AsyncClient, record: dict[str, Any], **body: Any) -> dict[str, Any]:
    return playbook(await client.put(f"{PATH}/{record['id']}", json=body))


async def test_per_workspace_executable_agent_specs(
    client: httpx.AsyncClient, outsider: httpx.AsyncClient, made: dict[str, Any]
):
    assert (await outsider.get(PATH)).json() == {"playbooks": []}
    theirs = f"{PATH}/{made['id']}"
    for answer in (
        await outsider.get(theirs),
        await outsider.put(theirs, json={}),
        await outsider.delete(theirs),
        await outsider.post(f"{theirs}/run"),
        await outsider.get(f"{theirs}/runs"),
        await outsider.get(f"{theirs}/versions"),
    ):
        assert checked(answer, 404)["error"]["code"] == "not_found"
    assert playbook(await client.get(theirs)) == made


async def test_a_spec_pairs_a_lead_source_with_a_strategy_and_optional_adaptation_rules(made: dict[str, Any]):
    assert made["leadSource"] == {"kind": "manual", "sampleSize": 50}
    assert made["strategy"]["hypothesis"] == CREATE["strategy"]["hypothesis"]  # type: ignore[index]  # the example has a dict there
    assert "adaptation" not in CREATE
    assert made["adaptation"]["enabled"] is True


async def test_runs_are_recorded_against_the_spec_and_tracked_over_time(
    client: httpx.AsyncClient, made: dict[str, Any]
):
    path = f"{PATH}/{made['id']}"
    first = checked(await client.post(f"{path}/run"), 201)["run"]
    changed = await put(client, made, strategy={"successTarget": 5})
    second = checked(await client.post(f"{path}/run"), 201)["run"]
    runs = (await client.get(f"{path}/runs")).json()["runs"]
    assert [one["id"] for one in runs] == [second["id"], first["id"]]
    targets = [one["xSpec"]["strategy"]["successTarget"] for one in runs]
    assert targets == [changed["strategy"]["successTarget"], made["strategy"]["successTarget"]]
    assert runs[1]["startedAt"] < runs[0]["startedAt"]


async def test_all_endpoints_require_auth_and_workspace_context(connect: Any):
    async with connect() as nobody:
        for method, path in (
            ("GET", ""), ("POST", ""), ("GET", "/pb_x"), ("PUT", "/pb_x"), ("DELETE", "/pb_x"), ("POST", "/pb_x/run"),
            ("GET", "/pb_x/runs"), ("GET", "/pb_x/runs/run_x"), ("PATCH", "/pb_x/runs/run_x"), ("GET", "/pb_x/versions"),
        ):  # fmt: skip
            for prefix in (PATH, f"/api{PATH}"):
                error = checked(await nobody.request(method, prefix + path), 401)["error"]
                assert error["code"] == "missing_key"


async def test_read_only_workspaces_return_403_on_mutating_calls(
    connect: Any, new_tenant: Any, tenant: Any, made: dict[str, Any]
):
    async with connect(
        authorization=f"Bearer {(await new_tenant(Role.VIEWER, tenant.name)).secret}"
    ) as viewer:
        assert (await viewer.get(PATH)).json() == {"playbooks": [made]}
        # Before the id and the body are looked at: nobody learns by writing what is there.
        for method, path in (
            ("POST", ""), ("PUT", f"/{made['id']}"), ("PUT", "/pb_x"), ("DELETE", f"/{made['id']}"),
            ("POST", f"/{made['id']}/run"), ("PATCH", f"/{made['id']}/runs/run_x"),
        ):  # fmt: skip
            checked(await viewer.request(method, PATH + path, content=b"{"), 403)


async def test_a_read_only_workspace_refuses_whatever_the_role(
    client: httpx.AsyncClient, dsn: str, tenant: Any, made: dict[str, Any]
):
    await set_read_only(dsn, tenant.name, True)
    for method, path in (("POST", ""), ("PUT", "/pb_x"), ("DELETE", f"/{made['id']}"), ("POST", "/pb_x/run")):
        refused = checked(await client.request(method, PATH + path, content=b"{"), 403)["error"]
        assert refused["code"] == "read_only"
    assert playbook(await client.get(f"{PATH}/{made['id']}")) == made


async def test_list_answers_playbooks(client: httpx.AsyncClient, made: dict[str, Any]):
    assert (await client.get(PATH)).json() == {"playbooks": [made]}
    assert (await client.get(f"/api{PATH}")).json() == {"playbooks": [made]}


async def test_create_returns_201_with_the_spec(client: httpx.AsyncClient):
    answer = await client.post(PATH, json=CREATE)
    assert checked(answer, 201).keys() == {"playbook"}


async def test_the_spec_is_what_was_sent(made: dict[str, Any]):
    assert made["name"] == CREATE["name"]
    assert (made["mode"], made["buddyId"]) == ("outbound", "prospect")
    assert made["strategy"].items() >= CREATE["strategy"].items()  # type: ignore[attr-defined]  # the example has a dict there


@pytest.mark.parametrize("missing", ["name", "mode", "buddyId", "strategy", "strategy.hypothesis"])
async def test_missing_any_of_the_required_fields_returns_400(client: httpx.AsyncClient, missing: str):
    section, _, field = missing.partition(".")
    body = {**CREATE, section: {"successTarget": 3}} if field else {**CREATE}
    if not field:
        del body[section]
    error = checked(await client.post(PATH, json=body), 400)["error"]
    named = "strategy.hypothesis" if section == "strategy" else section
    assert (error["code"], error["message"]) == ("invalid_fields", f"'{named}' is required.")
    assert [one["field"] for one in error["details"]["fields"]] == [named]


async def test_the_server_assigns_id_created_at_updated_at_and_created_by(client: httpx.AsyncClient):
    mine = {"id": "pb_mine", "createdAt": "x", "updatedAt": "x", "createdBy": "me", "workspaceId": "wa_x"}
    record = playbook(await client.post(PATH, json=CREATE | mine), 201)
    assert record["id"].startswith("pb_")
    assert record["id"] != "pb_mine"
    assert record["createdAt"] == record["updatedAt"]
    assert record["createdAt"].endswith("Z")
    assert record["createdBy"].startswith("u_")
    assert "workspaceId" not in record


async def test_defaults(made: dict[str, Any]):
    assert (made["status"], made["leadSource"]["kind"]) == ("draft", "manual")
    assert (made["strategy"]["kind"], made["leadSource"]["sampleSize"]) == ("gtm-execution", 50)
    expected = {"enabled": True, "minSampleSize": 50, "pivotWindowDays": 3, "maxPivotsPerWeek": 2}
    assert made["adaptation"].items() >= expected.items()


async def test_get_returns_the_playbook_or_404(client: httpx.AsyncClient, made: dict[str, Any]):
    assert (await client.get(f"{PATH}/{made['id']}")).json() == {"playbook": made}
    for absent in ("pb_0000000000000000000000", "nonsense"):
        error = checked(await client.get(f"{PATH}/{absent}"), 404)["error"]
        assert error["message"] == f"There is no playbook '{absent}' in this workspace."


async def test_partial_update_shallow_merges_nested_objects(client: httpx.AsyncClient, made: dict[str, Any]):
    record = await put(client, made, status="active", strategy={"successTarget": 5})
    assert record["status"] == "active"
    assert record["strategy"] == made["strategy"] | {"successTarget": 5}
    assert record["updatedAt"] > made["updatedAt"]
    record = await put(
        client, made, leadSource={"query": "hubspot:list:1"}, adaptation={"enabled": False},
        strategy={"channels": ["email"]},
    )  # fmt: skip
    assert record["leadSource"] == made["leadSource"] | {"query": "hubspot:list:1"}
    assert record["adaptation"] == made["adaptation"] | {"enabled": False}
    assert record["strategy"]["hypothesis"] == "..."


async def test_unknown_fields_are_silently_dropped(client: httpx.AsyncClient, made: dict[str, Any]):
    answer = await client.put(f"{PATH}/{made['id']}", json={"colour": "red", "strategy": {"mood": "good"}})
    assert answer.json() == {"playbook": made}


async def test_invalid_enum_values_are_ignored(client: httpx.AsyncClient, made: dict[str, Any]):
    answer = await client.put(f"{PATH}/{made['id']}", json={"status": "foo", "name": "Renamed"})
    assert playbook(answer) | {"updatedAt": "", "xVersion": 1} == made | {"name": "Renamed", "updatedAt": ""}
    (warning,) = answer.json()["warnings"]
    assert (warning["field"], warning["code"]) == ("status", "choice")


async def test_delete_returns_ok_or_404(client: httpx.AsyncClient, made: dict[str, Any]):
    await client.post(f"{PATH}/{made['id']}/run")
    assert checked(await client.delete(f"{PATH}/{made['id']}"), 200) == {"ok": True}
    checked(await client.delete(f"{PATH}/{made['id']}"), 404)
    for path in ("", "/runs", "/versions"):
        checked(await client.get(f"{PATH}/{made['id']}{path}"), 404)
    assert (await client.get(PATH)).json() == {"playbooks": []}


async def test_a_run_starts_with_status_running_and_metrics_at_zero(
    client: httpx.AsyncClient, made: dict[str, Any]
):
    run = checked(await client.post(f"{PATH}/{made['id']}/run"), 201)["run"]
    assert run["id"].startswith("run_")
    assert (run["playbookId"], run["status"]) == (made["id"], "running")
    assert run["metrics"] == {"samples": 0, "successes": 0, "metricValue": 0}
    assert (run["xSpecVersion"], run["xEpoch"], run["xExecuted"]) == (1, 1, False)


async def test_the_agent_invocation_happens_in_the_client_and_this_only_records_that_a_run_started(
    client: httpx.AsyncClient, made: dict[str, Any], services: Services, tenant: Any
):
    run = checked(await client.post(f"{PATH}/{made['id']}/run"), 201)["run"]
    checked(await client.get(f"{PATH}/{made['id']}/runs/{run['id']}/execution"), 409)
    async with services.database.bound(tenant.workspace_id) as scope:
        assert await scope.connection.fetchval("select count(*) from jobs") == 0
    # The structured prompt that the client opens the chat with is built from the spec.
    asked = await client.get(f"{PATH}/{made['id']}/prompt", params={"runId": run["id"]})
    prompt = checked(asked, 200)["prompt"]
    assert prompt["hash"] == run["xPromptHash"]
    assert f"> {json.dumps(made['name'])}" in prompt["text"]


async def test_runs_are_ordered_by_started_at(client: httpx.AsyncClient, made: dict[str, Any]):
    path = f"{PATH}/{made['id']}"
    ids = [checked(await client.post(f"{path}/run"), 201)["run"]["id"] for _ in range(3)]
    runs = (await client.get(f"{path}/runs")).json()
    assert [run["id"] for run in runs["runs"]] == ids[::-1]
    assert runs.keys() == {"runs"}
    ascending = (await client.get(f"{path}/runs", params={"order": "asc"})).json()["runs"]
    assert ascending == runs["runs"][::-1]


@pytest.mark.parametrize(
    ("section", "field", "values"),
    [
        ("", "status", "draft active paused archived"),
        ("", "mode", "inbound outbound hybrid"),
        ("", "buddyId", "insights prospect campaign pipeline"),
        ("leadSource", "kind", "orange-slice crm-segment cio-segment manual"),
        ("strategy", "kind", "pmf-research gtm-execution hybrid"),
        ("strategy", "successMetric", "reply_rate meeting_booked pipeline_arr custom"),
    ],
)
async def test_field_reference_enums(
    client: httpx.AsyncClient, made: dict[str, Any], section: str, field: str, values: str
):
    for value in values.split():
        sent = {section: {field: value}} if section else {field: value}
        record = await put(client, made, **sent)
        assert (record[section] if section else record)[field] == value


@pytest.mark.parametrize(
    ("named", "least", "most"),
    [
        ("leadSource.query", "x", "x" * 1000),
        ("leadSource.sampleSize", 1, 5000),
        ("strategy.hypothesis", "x", "x" * 2000),
        ("adaptation.minSampleSize", 1, 10000),
        ("adaptation.pivotWindowDays", 1, 90),
        ("adaptation.maxPivotsPerWeek", 0, 20),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
async def test_field_reference_bounds(
    client: httpx.AsyncClient, made: dict[str, Any], named: str, least: Any, most: Any
):
    section, _, field = named.partition(".")
    for good in (least, most):
        assert (await put(client, made, **{section: {field: good}}))[section][field] == good
    beyond = {most + 1: most, least - 1: least} if isinstance(most, int) else {most + "x": most}
    for sent, kept in beyond.items():
        answer = await client.put(f"{PATH}/{made['id']}", json={section: {field: sent}})
        assert playbook(answer)[section][field] == kept
        assert [one["field"] for one in answer.json()["warnings"]] == [named]


async def test_field_reference_channels(client: httpx.AsyncClient, made: dict[str, Any]):
    channels = ["c" * 60] * 12
    record = await put(client, made, strategy={"channels": [*channels, "one too many"]})
    assert record["strategy"]["channels"] == channels
    answer = await client.put(f"{PATH}/{made['id']}", json={"strategy": {"channels": ["c" * 61]}})
    assert playbook(answer)["strategy"]["channels"] == ["c" * 60]
