"""`/v1/entities` and `/v1/workspace`: voices as clients see them."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import numpy as np
import pytest
from recordings import Files, checked, wav

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.media.identities.identify import HeardVoices, identify_voices
from setpiece.media.model import Voice
from setpiece.workspaces.model import Role

JOE, MARIA = (tuple(np.eye(192)[axis].tolist()) for axis in (0, 1))
Hear = Callable[..., Awaitable[str]]


@pytest.fixture
def hear(client: httpx.AsyncClient, services: Services, tenant: Any) -> Hear:
    """Uploads a file in which these voices are heard; its id."""

    async def uploaded(*voices: tuple[float, ...]) -> str:
        media_id = (await Files(client).upload(wav(fill=str(new_uuid()).encode()[-1:])))["mediaId"]
        said = [Voice(speaker, 30.0, voice) for speaker, voice in enumerate(voices)]
        async with services.database.transaction(tenant.workspace_id) as scope:
            heard = HeardVoices(parse(media_id), services.now(), said, "model")  # type: ignore[arg-type]  # an id it gave
            await identify_voices(scope, heard, services.now())
        return str(media_id)

    return uploaded


async def get(client: httpx.AsyncClient, path: str, expect: int = 200, **query: Any) -> Any:
    return checked(await client.get(f"/v1/{path}", params=query), expect)


async def listed(client: httpx.AsyncClient) -> Any:
    return (await get(client, "entities"))["entities"]


async def test_an_entity_has_every_field_of_the_contract_and_no_other(client: httpx.AsyncClient, hear: Hear):
    await hear(JOE)
    (entity,) = await listed(client)
    assert entity.keys() == {"id", "label", "createdAt", "mediaCount", "lastSeenAt"}
    assert entity["id"].startswith("ent_")
    assert (entity["label"], entity["mediaCount"]) == (None, 1)
    assert entity["createdAt"].endswith("Z")
    assert entity["lastSeenAt"].endswith("Z")
    assert await get(client, f"entities/{entity['id']}") == entity


async def test_entities_come_in_pages_newest_first(client: httpx.AsyncClient, hear: Hear):
    for axis in range(5):
        await hear(tuple(np.eye(192)[axis].tolist()))
    everybody = [one["id"] for one in await listed(client)]
    first = await get(client, "entities", limit=2)
    second = await get(client, "entities", limit=2, cursor=first["cursor"])
    third = await get(client, "entities", limit=2, cursor=second["cursor"])
    pages = [first, second, third]
    assert [one["id"] for page in pages for one in page["entities"]] == everybody
    assert [page["hasMore"] for page in pages] == [True, True, False]
    assert third["cursor"] is None
    for wrong in ({"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}):
        await get(client, "entities", 422, **wrong)


async def test_a_label_is_trimmed_and_null_takes_it_away(client: httpx.AsyncClient, hear: Hear):
    await hear(JOE)
    (entity,) = await listed(client)
    path = f"/v1/entities/{entity['id']}"
    named = checked(await client.patch(path, json={"label": "  The seller "}), 200)
    assert named == entity | {"label": "The seller"}
    for wrong in ("", "   ", "x" * 65, 7, ["x"]):
        checked(await client.patch(path, json={"label": wrong}), 422)
    error = checked(await client.patch(path, json={}), 422)["error"]
    assert (error["code"], error["message"]) == ("validation_error", "'label' is required.")
    assert await listed(client) == [named]
    assert checked(await client.patch(path, json={"label": None}), 200) == entity


async def test_merging_and_splitting_count_at_once(client: httpx.AsyncClient, hear: Hear):
    first, second = await hear(JOE), await hear(MARIA)
    maria, joe = await listed(client)
    merged = checked(
        await client.post(f"/v1/entities/{joe['id']}/merge", json={"entityId": maria["id"]}), 200
    )
    assert merged == joe | {"mediaCount": 2, "lastSeenAt": maria["lastSeenAt"]}
    assert await listed(client) == [merged]
    files = (await get(client, f"entities/{joe['id']}/files"))["files"]
    assert [(one["mediaId"], one["speakerIndex"], one["speechSeconds"]) for one in files] == [
        (second, 0, 30.0),
        (first, 0, 30.0),
    ]
    split = checked(await client.post(f"/v1/entities/{joe['id']}/split", json={"mediaId": second}), 200)
    assert await listed(client) == [split, joe]
    nowhere = show("med", new_uuid())
    for verb, body in (
        ("split", {"mediaId": second}),
        ("split", {"mediaId": nowhere}),
        ("merge", {"entityId": joe["id"]}),
    ):
        error = checked(await client.post(f"/v1/entities/{joe['id']}/{verb}", json=body), 422)["error"]
        assert error["code"] == "validation_error"


async def test_a_deleted_entity_is_gone_and_its_file_stays(client: httpx.AsyncClient, hear: Hear):
    media_id = await hear(JOE, MARIA)
    maria, joe = await listed(client)
    deleted = checked(await client.delete(f"/v1/entities/{joe['id']}"), 200)
    assert deleted == {"id": joe["id"], "deleted": True}
    assert await listed(client) == [maria]
    checked(await client.delete(f"/v1/entities/{joe['id']}"), 404)
    assert (await get(client, f"files/{media_id}"))["mediaId"] == media_id


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"label": "X"}),
        ("DELETE", "", None),
        ("GET", "/files", None),
        ("POST", "/merge", {"entityId": "ent_x"}),
        ("POST", "/split", {"mediaId": "med_x"}),
    ],
)
async def test_another_workspace_s_entity_is_not_found_and_a_viewer_changes_nothing(
    client: httpx.AsyncClient,
    connect: Any,
    new_tenant: Any,
    tenant: Any,
    hear: Hear,
    method: str,
    path: str,
    body: Any,
):
    await hear(JOE)
    (entity,) = await listed(client)
    url = f"/v1/entities/{entity['id']}{path}"
    async with connect(api_key=(await new_tenant()).secret) as other:
        checked(await other.request(method, url, json=body), 404)
    async with connect() as nobody:
        checked(await nobody.request(method, url, json=body), 401)
    async with connect(api_key=(await new_tenant(Role.VIEWER, tenant.name)).secret) as viewer:
        checked(await viewer.request(method, url, json=body), 200 if method == "GET" else 403)
    assert await listed(client) == [entity]


async def test_an_administrator_switches_identities_off(
    client: httpx.AsyncClient, connect: Any, new_tenant: Any, tenant: Any, hear: Hear
):
    await hear(JOE)
    await hear(JOE)
    assert (await get(client, "workspace"))["voiceIdentities"] is True
    async with connect(api_key=(await new_tenant(Role.MEMBER, tenant.name)).secret) as member:
        checked(await member.patch("/v1/workspace", json={"voiceIdentities": False}), 403)
    for wrong in ({}, {"voiceIdentities": None}, {"voiceIdentities": "no"}):
        checked(await client.patch("/v1/workspace", json=wrong), 422)
    assert [one["mediaCount"] for one in await listed(client)] == [2]
    changed = checked(await client.patch("/v1/workspace", json={"voiceIdentities": False}), 200)
    assert changed == {"workspaceId": show("wa", tenant.workspace_id), "voiceIdentities": False}
    assert await get(client, "workspace") == changed
    await hear(JOE)
    assert [one["mediaCount"] for one in await listed(client)] == [1, 1, 1]
