"""Lists of HubSpot (it calls them segments now).

Source: developers.hubspot.com, API of version 2026-03: "List memberships" (pages of up to 250, `paging.next.after`), "Retrieve a
list", "Read a batch of contacts" (100 at a time). The version stands in the path and is pinned: HubSpot took away an older one in
April 2026. Its rate for a private app is 100 requests in ten seconds.
"""

from collections.abc import Mapping
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.values import inside, other_texts, texts
from setpiece.providers.lead_sources.vendor_http import VendorHttp, VendorOptions, documented

VERSION = "2026-03"
_AT_ONCE = 100
_PROPERTIES = (
    "email", "phone", "mobilephone", "firstname", "lastname", "jobtitle", "company", "website", "hs_linkedin_url",
    "associatedcompanyid", "hs_email_optout", "lifecyclestage", "country", "industry",
)  # fmt: skip


def options(token: str, base_url: str | None = None) -> VendorOptions:
    """How HubSpot is asked."""
    return VendorOptions(
        "HubSpot",
        base_url or "https://api.hubapi.com",
        per_second=9,
        headers={"Authorization": f"Bearer {token}"},
    )


class HubSpot:
    """See `LeadSource`. A query is the number of a list of contacts, `123` or `list:123`."""

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    async def check(self) -> None:
        await self._http.post(f"/crm/lists/{VERSION}/search", {"count": 1, "objectTypeId": "0-1"})

    async def count(self, query: str) -> int | None:
        answer = await self._http.get(f"/crm/lists/{VERSION}/{_list(query)}")
        found = inside(answer, "list", "additionalProperties", "hs_list_size") or inside(
            answer, "list", "size"
        )
        return int(found) if str(found).isdecimal() else None

    def estimate(self, people: int) -> Cost:
        return Cost(2 * -(-people // _AT_ONCE), "requests", f"two for each {_AT_ONCE} people, 9 a second")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        path = f"/crm/lists/{VERSION}/{_list(query)}/memberships"
        answer = await self._http.get(path, limit=min(limit, _AT_ONCE), after=cursor)
        with documented(self._http.name):
            ids = [str(one["recordId"]) for one in answer["results"]]
            found = await self._contacts(ids) if ids else {}
        records = [_record(one, found[one]) for one in ids if one in found]
        return Fetched(records, inside(answer, "paging", "next", "after"))

    async def _contacts(self, ids: list[str]) -> dict[str, Mapping[str, Any]]:
        """The properties of contacts by id; who was deleted meanwhile is missing."""
        asked = {"properties": list(_PROPERTIES), "inputs": [{"id": one} for one in ids]}
        answer = await self._http.post(f"/crm/objects/{VERSION}/contacts/batch/read", asked)
        return {str(one["id"]): one["properties"] for one in answer["results"]}

    async def aclose(self) -> None:
        await self._http.aclose()


def _list(query: str) -> str:
    number = query.removeprefix("list:").strip()
    if not number.isdecimal():
        raise Invalid(
            "For HubSpot, 'leadSource.query' is the number of a list, such as hubspot:list:123.",
            code="lead_source_query",
        )
    return number


def _record(contact_id: str, properties: Mapping[str, Any]) -> Record:
    values = other_texts(properties, frozenset(_PROPERTIES[:11])) | texts(
        email=properties.get("email"),
        phone=properties.get("mobilephone") or properties.get("phone"),
        firstName=properties.get("firstname"),
        lastName=properties.get("lastname"),
        jobTitle=properties.get("jobtitle"),
        companyName=properties.get("company"),
        companyDomain=properties.get("website"),
        linkedInProfile=properties.get("hs_linkedin_url"),
        crmContactId=contact_id,
        crmAccountId=properties.get("associatedcompanyid"),
    )
    has_left = str(properties.get("hs_email_optout")).lower() == "true"
    return Record(contact_id, values, "Has opted out of email in HubSpot." if has_left else None)
