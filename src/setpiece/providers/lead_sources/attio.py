"""Lists of Attio.

Source: docs.attio.com, REST API v2: "List entries" (`limit` up to 500, `offset`), "List records" filtered by `record_id`, "Identify
self". Scopes: `list_entry:read`, `list_configuration:read`, `record_permission:read`, `object_configuration:read`. Attio takes 100 reads a second; a tenth of it
is enough here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.values import first, texts
from setpiece.providers.lead_sources.vendor_http import VendorHttp, VendorOptions, documented

_AT_ONCE = 200
_LIST = re.compile(r"[a-z0-9_-]{1,100}", re.IGNORECASE)


def options(token: str, base_url: str | None = None) -> VendorOptions:
    """How Attio is asked."""
    return VendorOptions(
        "Attio",
        base_url or "https://api.attio.com",
        per_second=10,
        headers={"Authorization": f"Bearer {token}"},
    )


class Attio:
    """See `LeadSource`. A query is the slug or the id of a list of people, `prospects` or `list:prospects`."""

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    async def check(self) -> None:
        answer = await self._http.get("/v2/self")
        scopes = str(answer.get("scope") if isinstance(answer, dict) else "")
        if isinstance(answer, dict) and answer.get("active") is False:
            raise Invalid("The key of Attio is not active any more.", code="lead_source_refused")
        if scopes and "list_entry:read" not in scopes:
            raise Invalid("The key of Attio lacks the scope list_entry:read.", code="lead_source_refused")

    async def count(self, query: str) -> int | None:
        """Attio does not say."""
        _list(query)
        return None

    def estimate(self, people: int) -> Cost:
        return Cost(3 * -(-people // _AT_ONCE), "requests", f"three for each {_AT_ONCE} people, 10 a second")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        begin, most = int(cursor or 0), min(limit, _AT_ONCE)
        asked = {"limit": most, "offset": begin}
        answer = await self._http.post(f"/v2/lists/{_list(query)}/entries/query", asked)
        with documented(self._http.name):
            entries = list(answer["data"])
            ids = [str(one["parent_record_id"]) for one in entries if one["parent_object"] == "people"]
            if entries and not ids:
                raise Invalid("This list of Attio holds no people.", code="lead_source_query")
            people = await self._records("people", ids)
            companies = await self._records("companies", _companies_of(people.values()))
        records = [_record(one, people[one], companies) for one in ids if one in people]
        return Fetched(records, str(begin + most) if len(entries) == most else None)

    async def _records(self, kind: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The values of records by id."""
        if not ids:
            return {}
        wanted = sorted(set(ids))
        asked = {"filter": {"record_id": {"$in": wanted}}, "limit": len(wanted)}
        answer = await self._http.post(f"/v2/objects/{kind}/records/query", asked)
        return {str(one["id"]["record_id"]): one["values"] for one in answer["data"]}

    async def aclose(self) -> None:
        await self._http.aclose()


def _list(query: str) -> str:
    name = query.removeprefix("list:").strip()
    if not _LIST.fullmatch(name):
        raise Invalid(
            "For Attio, 'leadSource.query' is the slug or id of a list, such as attio:list:prospects.",
            code="lead_source_query",
        )
    return name


def _companies_of(people: Any) -> list[str]:
    found = (first(values.get("company")).get("target_record_id") for values in people)
    return [str(one) for one in found if one]


def _record(person_id: str, values: Mapping[str, Any], companies: Mapping[str, Mapping[str, Any]]) -> Record:
    name, phone = first(values.get("name")), first(values.get("phone_numbers"))
    company_id = first(values.get("company")).get("target_record_id")
    company = companies.get(str(company_id), {})
    return Record(
        person_id,
        texts(
            email=first(values.get("email_addresses")).get("email_address"),
            phone=phone.get("phone_number") or phone.get("original_phone_number"),
            firstName=name.get("first_name"),
            lastName=name.get("last_name"),
            fullName=name.get("full_name"),
            jobTitle=first(values.get("job_title")).get("value"),
            companyName=first(company.get("name")).get("value"),
            companyDomain=first(company.get("domains")).get("domain"),
            linkedInProfile=first(values.get("linkedin")).get("value"),
            crmContactId=person_id,
            crmAccountId=company_id,
        ),
    )
