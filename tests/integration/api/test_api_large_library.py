"""In a library of thousands the right persona is still found."""

from typing import Any

import pytest
from caller import Caller
from play_example import CONTROLLER, PRODUCT, TREASURER

from setpiece.api.services import Services
from setpiece.kernel.clock import now
from setpiece.library.model import Offerings
from setpiece.library.persona import PERSONA
from setpiece.library.service import build, entities, stored
from setpiece.workspaces.work import Work

_CROWD = 2_000
_FIELDS = ("Billing", "Facilities", "Catering", "Fleet", "Grants", "Permits", "Archives", "Laundry")
_RANKS = ("Coordinator", "Clerk", "Inspector", "Planner", "Dispatcher", "Steward", "Registrar", "Surveyor")


@pytest.fixture
async def crowd(api: Caller, services: Services, tenant: Any) -> None:
    """Two thousand personas with other titles, written as an import writes them; before and after the right ones."""
    product = await api.create("product", **PRODUCT)
    await api.create("persona", **CONTROLLER, primaryOfferingOId=product["oId"])
    principal = await services.authenticator.authenticate(tenant.secret)
    async with services.database.transaction(tenant.workspace_id) as scope:
        work = Work(scope, principal.member, now())
        made = [build(work, PERSONA, _somebody(number), Offerings()) for number in range(_CROWD)]
        await entities(work).insert([stored("Created", None, one, work) for one in made])
    await api.create("persona", **TREASURER)


def _somebody(number: int) -> dict[str, Any]:
    field, rank = _FIELDS[number % 8], _RANKS[number // 8 % 8]
    return {
        "name": f"{field} {rank} {number}",
        "commonJobTitles": [f"{field} {rank}", f"Head of {field}"],
        "painPoints": [f"{field} forms are filled in by hand"],
    }


TITLES = {
    "Controller": "Controller",
    "Financial Controller EMEA": "Controller",
    "Head of Accounting": "Controller",
    "Group Treasurer": "Treasurer",
    "Head of Treasury": "Treasurer",
}


async def test_the_right_persona_is_found_among_thousands(api: Caller, crowd: None):
    assert await api.total("persona") == _CROWD + 2
    for title, expected in TITLES.items():
        answer = await api.post("agents/sequence/run", {"jobTitle": title, "firstName": "Ada"})
        assert answer["data"]["persona"]["name"] == expected, title
        assert answer["data"]["persona"]["matchConfidence"] in ("MEDIUM", "HIGH")


async def test_a_pin_is_found_among_thousands_although_nothing_speaks_for_it(api: Caller, crowd: None):
    (persona,) = (await api.get("persona/list", text="Laundry Surveyor 1983"))["data"]
    body = {"jobTitle": "Controller", "customContext": {"persona": {"oId": persona["oId"]}}}
    answer = await api.post("agents/sequence/run", body)
    assert answer["data"]["persona"]["oId"] == persona["oId"]


async def test_a_playbook_picks_among_thousands_the_persona_linked_to_its_offering(api: Caller, crowd: None):
    answer = await api.post("playbook/create", {"context": "The month-end close and the auditors' receipts"})
    assert "Controller" in [persona["name"] for persona in answer["personas"]]


async def test_paging_through_all_of_it_shows_each_once(api: Caller, crowd: None):
    seen: list[str] = []
    while True:
        page = await api.get("persona/list", limit=500, offset=len(seen))
        seen.extend(record["oId"] for record in page["data"])
        if not page["hasNext"]:
            break
    assert len(seen) == len(set(seen)) == _CROWD + 2


async def test_a_product_among_many_is_chosen_by_the_persona_that_is_linked_to_it(api: Caller):
    for number in range(120):
        await api.create("product", name=f"Example {number}", customerBenefits=["Time is saved"])
    ours = (await api.create("product", **PRODUCT))["oId"]
    await api.create("persona", **CONTROLLER, primaryOfferingOId=ours)
    for number in range(5):
        await api.create("product", name=f"Later {number}", customerBenefits=["Time is saved"])
    answer = await api.post("agents/sequence/run", {"jobTitle": "Controller", "firstName": "Ada"})
    assert answer["data"]["product"]["name"] == PRODUCT["name"]


async def test_nothing_in_common_with_any_of_many_products_does_not_mean_that_there_is_none(api: Caller):
    for number in range(120):
        await api.create("product", name=f"Example {number}", customerBenefits=["Time is saved"])
    answer = await api.post("agents/sequence/run", {"firstName": "Ada"})
    assert answer["found"]
    assert answer["data"]["product"]["matchConfidence"] == "LOW"
