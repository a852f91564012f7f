"""People of Salesforce, by SOQL.

Source: Salesforce, REST API Developer Guide: "Query" (`/services/data/vXX.0/query?q=`, pages over `nextRecordsUrl`), "Limits"; OAuth 2.0
client credentials flow. Reports give only their first 2,000 rows, so people are not drawn from them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.soql import REQUIRED, Statement, read_statement
from setpiece.providers.lead_sources.values import inside, other_texts, texts
from setpiece.providers.lead_sources.vendor_http import (
    VendorHttp,
    VendorOptions,
    documented,
    read_json,
    shape_problem,
)

VERSION = "v65.0"
_PAGE = 2_000  # records that Salesforce puts into one page, as far as they fit
_NEXT = re.compile(r"/services/data/v\d{2}\.0/query/[A-Za-z0-9]+-\d+")


@dataclass(frozen=True, slots=True)
class SalesforceKey:
    """A token that lasts, or what one is got with.

    Attributes:
        client_id, client_secret: Of a connected app with the client credentials flow.
    """

    access_token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)


def options(instance_url: str) -> VendorOptions:
    """How Salesforce is asked."""
    return VendorOptions("Salesforce", instance_url, per_second=5)


class Salesforce:
    """See `LeadSource`. A query is `soql:SELECT … FROM Contact WHERE …`; `soql` says what may stand in it."""

    def __init__(self, http: VendorHttp, key: SalesforceKey) -> None:
        self._http = http
        self._key = key
        self._token = key.access_token

    async def check(self) -> None:
        await self._get(f"/services/data/{VERSION}/query", q="SELECT COUNT() FROM Contact")

    async def count(self, query: str) -> int | None:
        statement = _statement(query)
        answer = await self._get(f"/services/data/{VERSION}/query", q=statement.count_text)
        found = answer.get("totalSize") if isinstance(answer, dict) else None
        return min(found, statement.limit) if isinstance(found, int) else None

    def estimate(self, people: int) -> Cost:
        return Cost(
            -(-people // _PAGE), "requests", f"one for each {_PAGE} people of the org's daily API requests"
        )

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        """A page is as large as Salesforce makes it; `limit` is asked for as its batch size, which it takes as a hint."""
        statement = _statement(query)
        if cursor is None:
            answer = await self._get(f"/services/data/{VERSION}/query", batch_size=limit, q=statement.text)
        else:
            answer = await self._get(_next_path(cursor))
        with documented(self._http.name):
            records = [_record(one, statement) for one in answer["records"]]
            return Fetched(records, None if answer["done"] else _next_path(answer["nextRecordsUrl"]))

    async def _get(self, path: str, *, batch_size: int = _PAGE, **parameters: str) -> Any:
        """The answer, with a new token when the old one has run out."""
        for is_last in (False, True):
            token = await self._authorised()
            headers = {
                "Authorization": f"Bearer {token}",
                "Sforce-Query-Options": f"batchSize={min(max(batch_size, 200), _PAGE)}",
            }
            try:
                answer = await self._http.send("GET", path, params=parameters, headers=headers)
            except Invalid as refused:
                if refused.code != "lead_source_refused" or is_last or not self._key.client_id:
                    raise
                self._token = None
                continue
            return read_json(answer, self._http.name)
        raise AssertionError("the second time answers or raises")

    async def _authorised(self) -> str:
        if self._token is None:
            form = {
                "grant_type": "client_credentials",
                "client_id": self._key.client_id or "",
                "client_secret": self._key.client_secret or "",
            }
            answer = read_json(
                await self._http.send("POST", "/services/oauth2/token", data=form), self._http.name
            )
            with documented(self._http.name):
                self._token = str(answer["access_token"])
        return self._token

    async def aclose(self) -> None:
        await self._http.aclose()


def _statement(query: str) -> Statement:
    kind, _, text = query.partition(":")
    if kind.strip().lower() in ("report", "listview"):
        raise Invalid(
            "Salesforce gives only the first rows of a report or a list view, and a draw has to be from all; put its filter into SOQL, "
            "such as salesforce:soql:SELECT Id FROM Contact WHERE Title LIKE '%Growth%'.",
            code="lead_source_query",
        )
    if kind.strip().lower() != "soql":
        raise Invalid(
            "For Salesforce, 'leadSource.query' is SOQL, such as "
            "salesforce:soql:SELECT Id FROM Contact WHERE Title LIKE '%Growth%'.",
            code="lead_source_query",
        )
    return read_statement(text)


def _next_path(path: str) -> str:
    """A path on the same host and nowhere else: the key goes along."""
    if not _NEXT.fullmatch(path):
        raise shape_problem("Salesforce", ValueError("nextRecordsUrl"))
    return path


def _record(row: Mapping[str, Any], statement: Statement) -> Record:
    is_lead = statement.object == "Lead"
    own = {name.split(".")[0] for name in REQUIRED[statement.object]} | {"attributes"}
    asked = {name: inside(row, *name.split(".")) for name in statement.asked}
    values = other_texts(asked, frozenset(own)) | texts(
        email=row.get("Email"),
        phone=row.get("MobilePhone") or row.get("Phone"),
        firstName=row.get("FirstName"),
        lastName=row.get("LastName"),
        jobTitle=row.get("Title"),
        companyName=row.get("Company") if is_lead else inside(row, "Account", "Name"),
        companyDomain=row.get("Website") if is_lead else inside(row, "Account", "Website"),
        crmLeadId=row["Id"] if is_lead else None,
        crmContactId=None if is_lead else row["Id"],
        crmAccountId=row.get("AccountId"),
    )
    has_left = row.get("HasOptedOutOfEmail") is True
    return Record(str(row["Id"]), values, "Has opted out of email in Salesforce." if has_left else None)
