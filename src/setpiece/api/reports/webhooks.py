"""`/v1/webhooks`: endpoints for all events of a workspace, and the secret that jobs' webhooks are signed with (ours)."""

from collections.abc import Iterator
from typing import Any

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.deliveries import DELIVERY, delivery_record
from setpiece.events import service
from setpiece.events.model import ENDPOINT_PREFIX, Endpoint
from setpiece.events.schemas import EndpointCreate, EndpointUpdate
from setpiece.events.secrets import SigningSecrets, rotate_signing_secret, signing_secrets
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.errors import Conflict
from setpiece.kernel.ids import show
from setpiece.workspaces.model import Permission

_TAG = "Reports: webhooks"
_PATH = "/v1/webhooks/endpoints"
_ONE = f"{_PATH}/{{endpointId}}"
_ID = string("whe_0AbCdEfGhIjKlMnOpQrStU")
_SECRET = string("whsec_ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGU=", description="Not shown again")
_ENDPOINT: dict[str, Any] = {
    "id": _ID,
    "url": string("https://example.com/hooks/setpiece"),
    "description": string("CRM of the sales team"),
    "events": array(string("report.*")),
    "enabled": BOOLEAN,
    "disabledReason": maybe(string("It answered with status 410: it wants no more of this.")),
    "formerSecretUntil": maybe(INSTANT),
    "createdAt": INSTANT,
    "updatedAt": INSTANT,
}
_SECRETS = obj(
    "*",
    secret=maybe(string("whsec_ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGU=")),
    source=string("workspace", enum=["installation", "workspace"]),
    formerSecretUntil=maybe(INSTANT),
)
_SHOWN_ONCE = obj("*", **_ENDPOINT, secret=_SECRET)


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/webhooks/secret", secret, Permission.ADMINISTER, "See what the webhooks of jobs are signed with", _TAG,
        _SECRETS, description="Keyed with its text as it stands. A secret of the whole installation is not shown.",
    )  # fmt: skip
    yield Operation(
        "POST", "/v1/webhooks/secret/rotate", rotate_secret, Permission.ADMINISTER, "Replace what the webhooks of jobs are signed with",
        _TAG, _SECRETS, also_answers={409: "The installation has a secret of its own"},
        description="The webhooks of jobs are signed with the new one from now on: their form has room for one. Callbacks of runs are signed with "
        "both until `formerSecretUntil`.",
    )  # fmt: skip
    yield Operation(
        "POST", _PATH, create, Permission.ADMINISTER, "Have events sent to an address", _TAG, _SHOWN_ONCE, body=EndpointCreate,
        description="Signed by Standard Webhooks with a secret of its own, which only this answer shows.",
    )  # fmt: skip
    yield Operation(
        "GET", _PATH, list_all, Permission.READ, "List webhook endpoints", _TAG, obj("*", endpoints=array(obj("*", **_ENDPOINT))),
    )  # fmt: skip
    yield Operation("GET", _ONE, get, Permission.READ, "Get a webhook endpoint", _TAG, obj("*", **_ENDPOINT))
    yield Operation(
        "PATCH", _ONE, update, Permission.ADMINISTER, "Change a webhook endpoint, or switch it off or on", _TAG,
        obj("*", **_ENDPOINT), body=EndpointUpdate,
    )  # fmt: skip
    yield Operation(
        "DELETE", _ONE, delete, Permission.ADMINISTER, "Delete a webhook endpoint with the log of its deliveries", _TAG,
        obj("*", id=_ID, deleted=BOOLEAN | {"const": True}),
    )  # fmt: skip
    yield Operation(
        "POST", f"{_ONE}/rotate-secret", rotate, Permission.ADMINISTER, "Replace an endpoint's secret", _TAG, _SHOWN_ONCE,
        description="Until `formerSecretUntil`, a day from now, every event is signed with both.",
    )  # fmt: skip
    yield Operation(
        "POST", f"{_ONE}/test", test, Permission.WRITE, "Send a test event to an endpoint", _TAG, DELIVERY,
        description="It goes the way of every event; the log says what became of it.",
        also_answers={409: "The endpoint is switched off"},
    )  # fmt: skip


async def secret(call: Call[None, None]) -> dict[str, Any]:
    if call.services.webhook_secret is not None:
        return {"secret": None, "source": "installation", "formerSecretUntil": None}
    async with call.bound() as work:
        return _secrets(await signing_secrets(work.scope, None))


async def rotate_secret(call: Call[None, None]) -> dict[str, Any]:
    if call.services.webhook_secret is not None:
        raise Conflict(
            "The secret is that of the whole installation; change SETPIECE_WEBHOOK_SECRET where it runs.",
            code="secret_of_installation",
        )
    async with call.transaction() as work:
        return _secrets(await rotate_signing_secret(work))


def _secrets(found: SigningSecrets) -> dict[str, Any]:
    return {
        "secret": found.current,
        "source": "workspace",
        "formerSecretUntil": show_if_any(found.former_until),
    }


async def create(call: Call[None, EndpointCreate]) -> dict[str, Any]:
    async with call.transaction() as work:
        return _with_secret(await service.create_endpoint(work, call.body, call.services.webhooks.check))


async def list_all(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return {"endpoints": [_record(one) for one in await service.list_endpoints(work)]}


async def get(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _record(await service.get_endpoint(work, call.path["endpointId"]))


async def update(call: Call[None, EndpointUpdate]) -> dict[str, Any]:
    check = call.services.webhooks.check
    async with call.transaction() as work:
        return _record(await service.update_endpoint(work, call.path["endpointId"], call.body, check))


async def delete(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        deleted = await service.delete_endpoint(work, call.path["endpointId"])
    return {"id": show(ENDPOINT_PREFIX, deleted), "deleted": True}


async def rotate(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        return _with_secret(await service.rotate_secret(work, call.path["endpointId"]))


async def test(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        return delivery_record(await service.send_test(work, call.path["endpointId"]))


def _record(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": show(ENDPOINT_PREFIX, endpoint.id),
        "url": endpoint.url,
        "description": endpoint.description,
        "events": list(endpoint.wanted),
        "enabled": endpoint.disabled_because is None,
        "disabledReason": endpoint.disabled_because,
        "formerSecretUntil": show_if_any(endpoint.former_until),
        "createdAt": show_instant(endpoint.created_at),
        "updatedAt": show_instant(endpoint.updated_at),
    }


def _with_secret(endpoint: Endpoint) -> dict[str, Any]:
    return _record(endpoint) | {"secret": endpoint.secret}
