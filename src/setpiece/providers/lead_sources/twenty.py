"""People of Twenty, the open-source CRM.

Source: docs of Twenty, REST API: `GET /rest/people` with `filter`, `limit` (at most 60), `starting_after` and `depth`; the answer has
`data.people`, `pageInfo.hasNextPage`, `pageInfo.endCursor` and `totalCount`. Its cloud takes 100 requests a minute.
"""

from collections.abc import Mapping
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.values import inside, texts
from setpiece.providers.lead_sources.vendor_http import VendorHttp, VendorOptions, documented, shape_problem

_AT_ONCE = 60


def options(token: str, base_url: str | None = None) -> VendorOptions:
    """How Twenty is asked."""
    return VendorOptions(
        "Twenty",
        base_url or "https://api.twenty.com",
        per_second=1.6,
        headers={"Authorization": f"Bearer {token}"},
    )


class Twenty:
    """See `LeadSource`. A query is a filter of its REST API, `filter:jobTitle[ilike]:"%growth%"`, or `people` for everybody.

    A saved view of Twenty is a filter that only its pages know: copy it here.
    """

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    async def check(self) -> None:
        await self._page(None, 1, None)

    async def count(self, query: str) -> int | None:
        found = (await self._page(_filter(query), 1, None)).get("totalCount")
        return found if isinstance(found, int) else None

    def estimate(self, people: int) -> Cost:
        return Cost(-(-people // _AT_ONCE), "requests", f"one for each {_AT_ONCE} people, 96 a minute")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        answer = await self._page(_filter(query), min(limit, _AT_ONCE), cursor)
        with documented(self._http.name):
            records = [_record(one) for one in answer["data"]["people"]]
            page = answer["pageInfo"]
            return Fetched(records, str(page["endCursor"]) if page["hasNextPage"] else None)

    async def _page(self, wanted: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
        found = await self._http.get(
            "/rest/people", filter=wanted, limit=limit, starting_after=cursor, depth=1
        )
        if not isinstance(found, dict):
            raise shape_problem(self._http.name, TypeError("no object"))
        return found

    async def aclose(self) -> None:
        await self._http.aclose()


def _filter(query: str) -> str | None:
    """None for everybody."""
    if query == "people":
        return None
    kind, _, wanted = query.partition(":")
    if kind != "filter" or not wanted.strip():
        raise Invalid(
            """For Twenty, 'leadSource.query' is twenty:people or a filter, such as twenty:filter:city[eq]:"Paris".""",
            code="lead_source_query",
        )
    return wanted.strip()


def _record(person: Mapping[str, Any]) -> Record:
    number = inside(person, "phones", "primaryPhoneNumber")
    calling_code = inside(person, "phones", "primaryPhoneCallingCode") or ""
    has_code = not number or str(number).startswith("+") or not calling_code
    return Record(
        str(person["id"]),
        texts(
            email=inside(person, "emails", "primaryEmail"),
            phone=number if has_code else f"{calling_code}{number}",
            firstName=inside(person, "name", "firstName"),
            lastName=inside(person, "name", "lastName"),
            jobTitle=person.get("jobTitle"),
            companyName=inside(person, "company", "name"),
            companyDomain=inside(person, "company", "domainName", "primaryLinkUrl"),
            linkedInProfile=inside(person, "linkedinLink", "primaryLinkUrl"),
            city=person.get("city"),
            crmContactId=person["id"],
            crmAccountId=person.get("companyId"),
        ),
    )
