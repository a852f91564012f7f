"""Segments of Customer.io, over its App API.

Source: docs.customer.io, App API: "List customers in a segment" (pages of up to 30,000, `next` becomes `start`), "Get a segment
customer count", "List customers, attributes, and devices" (100 at a time); ten requests a second. The key is an *App API* key: the
Site ID and API key that Customer.io shows first are for its Track API, which cannot read segments.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.values import other_texts, texts
from setpiece.providers.lead_sources.vendor_http import VendorHttp, VendorOptions, documented

_HOST_BY_REGION = {"us": "https://api.customer.io", "eu": "https://api-eu.customer.io"}
_AT_ONCE = 100
_OURS = frozenset(
    {"email", "phone", "first_name", "last_name", "name", "title", "job_title", "company", "company_name",
     "website", "domain", "id", "cio_id", "created_at", "unsubscribed"}
)  # fmt: skip


def options(
    app_api_key: str, region: Literal["us", "eu"] = "us", base_url: str | None = None
) -> VendorOptions:
    """How Customer.io is asked."""
    return VendorOptions(
        "Customer.io",
        base_url or _HOST_BY_REGION[region],
        per_second=10,
        headers={"Authorization": f"Bearer {app_api_key}"},
    )


class CustomerIo:
    """See `LeadSource`. A query is the number of a segment, `7` or `segment:7`."""

    def __init__(self, http: VendorHttp) -> None:
        self._http = http

    async def check(self) -> None:
        await self._http.get("/v1/segments")

    async def count(self, query: str) -> int | None:
        answer = await self._http.get(f"/v1/segments/{_segment(query)}/customer_count")
        with documented(self._http.name):
            return int(answer["count"])

    def estimate(self, people: int) -> Cost:
        return Cost(
            1 + -(-people // _AT_ONCE), "requests", f"one for each {_AT_ONCE} people, at most 10 a second"
        )

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        path = f"/v1/segments/{_segment(query)}/membership"
        answer = await self._http.get(path, start=cursor, limit=min(limit, _AT_ONCE))
        with documented(self._http.name):
            members = list(answer["identifiers"])
            known = await self._attributes(members)
            records = [_record(one, known) for one in members]
        return Fetched(records, answer.get("next") or None)

    async def _attributes(self, members: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """What is known of the members, by the identifier that they were asked for with."""
        kind = _kind(members)
        ids = [str(one[kind]) for one in members if one.get(kind)]
        if not ids:
            return {}
        answer = await self._http.post("/v1/customers/attributes", {"ids": ids}, id_type=kind)
        found = [one.get("customer", one) for one in answer["customers"]]
        return {str(name): one for one in found for name in _names(one)}

    async def aclose(self) -> None:
        await self._http.aclose()


def _segment(query: str) -> str:
    segment = query.removeprefix("segment:").strip()
    if not segment.isdecimal():
        raise Invalid(
            "For Customer.io, 'leadSource.query' is the number of a segment, such as cio:segment:7.",
            code="lead_source_query",
        )
    return segment


def _kind(members: Sequence[Mapping[str, Any]]) -> str:
    """The identifier that most of them have: `ids` of a workspace that identifies by email hold empty texts."""
    return max(("cio_id", "id", "email"), key=lambda kind: sum(bool(one.get(kind)) for one in members))


def _names(customer: Mapping[str, Any]) -> list[Any]:
    """Everything the customer may have been asked for by."""
    attributes = customer.get("attributes") or {}
    identifiers = customer.get("identifiers") or {}
    found = [customer.get("id"), *identifiers.values(), attributes.get("cio_id"), attributes.get("email")]
    return [one for one in found if one]


def _record(member: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Record:
    asked = [str(member[kind]) for kind in ("cio_id", "id", "email") if member.get(kind)]
    customer = next((known[name] for name in asked if name in known), {})
    attributes = customer.get("attributes") or {}
    values = other_texts(attributes, _OURS) | texts(
        email=member.get("email") or attributes.get("email"),
        phone=attributes.get("phone"),
        firstName=attributes.get("first_name"),
        lastName=attributes.get("last_name"),
        fullName=attributes.get("name"),
        jobTitle=attributes.get("job_title") or attributes.get("title"),
        companyName=attributes.get("company") or attributes.get("company_name"),
        companyDomain=attributes.get("domain") or attributes.get("website"),
        externalId=member.get("id") or member.get("cio_id"),
    )
    has_left = customer.get("unsubscribed") or str(attributes.get("unsubscribed")).lower() == "true"
    return Record(asked[0] if asked else "", values, "Is unsubscribed in Customer.io." if has_left else None)
