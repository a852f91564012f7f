"""What many clients do to one record at once."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from caller import Caller
from play_example import make_library, make_playbook

_AT_ONCE = 16


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(api, productOId=ids["product"], personaOIds=[ids["controller"]])
    return ids | {"playbook": answer["playbook"]["oId"]}


async def test_changes_of_one_agent_all_arrive(api: Caller):
    body = {"name": "A", "type": "EMAIL"}
    agent = (await api.post("agents/create", body))["data"]["oId"]
    changes = [{"oId": agent, "sequenceSettings": {f"mine {one}": one}} for one in range(_AT_ONCE)]
    await asyncio.gather(*(api.post("agents/update", change) for change in changes))
    settings = (await api.get("agents/get", oId=agent))["data"]["data"]["sequenceSettings"]
    assert settings == {f"mine {one}": one for one in range(_AT_ONCE)}


@pytest.mark.parametrize("kind", ["persona", "playbook", "agents"])
async def test_a_record_is_deleted_once(
    api: Caller, client: httpx.AsyncClient, made: dict[str, str], kind: str
):
    oid = {"persona": made["controller"], "playbook": made["playbook"]}.get(kind) or (
        await api.post("agents/create", {"name": "A", "type": "EMAIL"})
    )["data"]["oId"]
    path = f"/api/v2/{kind}/delete"
    answers = await asyncio.gather(*(client.delete(path, params={"oId": oid}) for _ in range(_AT_ONCE)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 404: _AT_ONCE - 1}


async def test_a_value_prop_that_is_added_meanwhile_neither_revives_nor_reverts_a_playbook(
    api: Caller, client: httpx.AsyncClient, made: dict[str, str]
):
    props = {
        "playbookOId": made["playbook"],
        "personaOId": made["controller"],
        "valueProps": [{"title": "Added"}],
    }

    def add() -> list[Any]:
        return [client.post("/api/v2/playbook/value-prop/add", json=props) for _ in range(_AT_ONCE)]

    change = {"oId": made["playbook"], "name": "Renamed"}
    await asyncio.gather(*add(), client.post("/api/v2/playbook/update", json=change), *add())
    assert (await api.get("playbook/get", oId=made["playbook"]))["name"] == "Renamed"
    gone = client.delete("/api/v2/playbook/delete", params={"oId": made["playbook"]})
    answers = await asyncio.gather(*add(), gone, *add())
    assert {answer.status_code for answer in answers} <= {200, 404}
    await api.get("playbook/get", 404, oId=made["playbook"])
