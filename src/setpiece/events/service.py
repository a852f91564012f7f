"""What a workspace does with its webhook endpoints and with the log of deliveries."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from setpiece.events.delivery_repository import DeliveryRepository, WantedDeliveries
from setpiece.events.endpoint_repository import EndpointRepository
from setpiece.events.model import ENDPOINT_PREFIX, TEST, Delivery, Endpoint, Event, check_wanted
from setpiece.events.schemas import EndpointCreate, EndpointUpdate
from setpiece.kernel.errors import Conflict, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.providers.webhooks.signing import new_signing_secret
from setpiece.workspaces.work import Work

MOST_ENDPOINTS = 20
"""Each event is written down once for each endpoint that wants it, in the transaction of what it tells."""
_SWITCHED_OFF = "It was switched off."
CheckUrl = Callable[[str], None]


async def create_endpoint(work: Work, body: EndpointCreate, check: CheckUrl) -> Endpoint:
    """A new endpoint, with its secret.

    Raises:
        Invalid: the URL may not be called, or a type of event is not known.
        Conflict: the workspace has as many as it may have.
    """
    check(body.url)
    wanted = check_wanted(body.events)
    repository = EndpointRepository(work.scope)
    if await repository.count_locked() >= MOST_ENDPOINTS:
        raise Conflict(
            f"A workspace has at most {MOST_ENDPOINTS} webhook endpoints; delete one first.",
            code="too_many_endpoints",
        )
    endpoint = Endpoint(
        new_uuid(), body.url, body.description, wanted, new_signing_secret(), None, None, None, work.at, work.at
    )  # fmt: skip
    await repository.insert(endpoint, work.author.id)
    return endpoint


async def list_endpoints(work: Work) -> Sequence[Endpoint]:
    """All of them, oldest first."""
    return await EndpointRepository(work.scope).all()


async def get_endpoint(work: Work, shown_id: str) -> Endpoint:
    """Raises NotFound when the workspace has none of that id."""
    endpoint_id = parse(shown_id)
    return _there(await EndpointRepository(work.scope).find(endpoint_id) if endpoint_id else None, shown_id)


async def update_endpoint(work: Work, shown_id: str, body: EndpointUpdate, check: CheckUrl) -> Endpoint:
    """Change what is given. Switched off, it gets nothing, also of what is on its way.

    Raises:
        NotFound, Invalid: as for `get_endpoint` and `create_endpoint`.
    """
    found = await get_endpoint(work, shown_id)
    if body.url is not None:
        check(body.url)
    disabled_because = found.disabled_because
    if body.enabled is not None:
        disabled_because = None if body.enabled else disabled_because or _SWITCHED_OFF
    changed = replace(
        found,
        url=found.url if body.url is None else body.url,
        description=found.description if body.description is None else body.description,
        wanted=found.wanted if body.events is None else check_wanted(body.events),
        disabled_because=disabled_because,
    )
    return _there(await EndpointRepository(work.scope).update(changed, work.at), shown_id)


async def rotate_secret(work: Work, shown_id: str) -> Endpoint:
    """The endpoint with a new secret; the one before it signs too for a day."""
    found = await get_endpoint(work, shown_id)
    rotated = await EndpointRepository(work.scope).rotate(found.id, new_signing_secret(), work.at)
    return _there(rotated, shown_id)


async def delete_endpoint(work: Work, shown_id: str) -> UUID:
    """Take it away, with the log of what was sent there."""
    found = await get_endpoint(work, shown_id)
    await EndpointRepository(work.scope).delete(found.id)
    return found.id


async def send_test(work: Work, shown_id: str) -> Delivery:
    """Have a test event sent there, on the road of every other event: what is shown here is only that it was queued.

    Raises:
        NotFound: there is no such endpoint.
        Conflict: it is switched off.
    """
    endpoint = await get_endpoint(work, shown_id)
    if endpoint.disabled_because:
        raise Conflict("The endpoint is switched off; switch it on first.", code="endpoint_disabled")
    told = {"endpointId": show(ENDPOINT_PREFIX, endpoint.id), "message": "This is a test."}
    event = Event(new_uuid(), TEST, told, work.at)
    repository = DeliveryRepository(work.scope)
    delivery = await repository.find(await repository.tell_endpoint(endpoint.id, event))
    assert delivery is not None
    return delivery


async def list_deliveries(work: Work, wanted: WantedDeliveries, most: int) -> tuple[Sequence[Delivery], bool]:
    """At most `most` deliveries, newest first, and whether there are more."""
    found = await DeliveryRepository(work.scope).newest(wanted, most + 1)
    return found[:most], len(found) > most


async def get_delivery(work: Work, shown_id: str) -> Delivery:
    """Raises NotFound when the workspace has none of that id, or has it no longer."""
    delivery_id = parse(shown_id)
    found = await DeliveryRepository(work.scope).find(delivery_id) if delivery_id else None
    if found is None:
        raise NotFound(f"There is no delivery '{shown_id[:64]}' in this workspace.")
    return found


async def redeliver(work: Work, shown_id: str) -> Delivery:
    """Send it again now, with the same event id and body, whatever became of it before; a dead letter gets all its attempts.

    Raises:
        NotFound: as for `get_delivery`.
    """
    found = await get_delivery(work, shown_id)
    await DeliveryRepository(work.scope).send_again(found.id, work.at)
    return await get_delivery(work, shown_id)


def _there(found: Endpoint | None, shown_id: str) -> Endpoint:
    if found is None:
        raise NotFound(f"There is no webhook endpoint '{shown_id[:64]}' in this workspace.")
    return found
