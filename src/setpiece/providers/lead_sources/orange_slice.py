"""People that Orange Slice finds by a description, over MCP.

Source: Model Context Protocol, revision 2025-06-18, "Streamable HTTP" (a request is a POST; the answer is JSON or a stream of server-sent
events; `Mcp-Session-Id` comes back with the first answer), `initialize`, `tools/list`, `tools/call`. The vendor publishes no reference for
its tools, so which tool is called, how its arguments are named and where the people stand is told in the settings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import orjson

from setpiece import __version__
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.providers.lead_sources.values import inside, other_texts, texts
from setpiece.providers.lead_sources.vendor_http import VendorHttp, VendorOptions, read_json, shape_problem

_PROTOCOL = "2025-06-18"
_ACCEPT = {"Accept": "application/json, text/event-stream"}


@dataclass(frozen=True, slots=True)
class ToolMapping:
    """Which tool finds people, and how it is spoken to.

    Attributes:
        query_argument, limit_argument, cursor_argument: Names of its arguments; None when it has no such argument.
        people_at: Where the list of people stands in its answer, names with dots between; empty when the answer is the list.
        cursor_at: Where the next page's cursor stands, in the same way; None when it gives everything at once.
        fields: Our name for each of the tool's.
        credits_per_person: What one costs.
    """

    tool: str = "search_people"
    query_argument: str = "query"
    limit_argument: str | None = "limit"
    cursor_argument: str | None = None
    people_at: str = "people"
    cursor_at: str | None = None
    fields: Mapping[str, str] = field(
        default_factory=lambda: {
            "email": "email",
            "first_name": "firstName",
            "last_name": "lastName",
            "name": "fullName",
            "title": "jobTitle",
            "company": "companyName",
            "domain": "companyDomain",
            "linkedin_url": "linkedInProfile",
            "id": "externalId",
        }
    )
    credits_per_person: float = 1.0


def options(token: str, url: str) -> VendorOptions:
    """How Orange Slice is asked: its own client keeps to ten calls a second."""
    return VendorOptions(
        "Orange Slice",
        url,
        per_second=5,
        headers={"Authorization": f"Bearer {token}", **_ACCEPT},
        timeout_s=120,
    )


class OrangeSlice:
    """See `LeadSource`. A query describes the customers in words.

    People mostly come without an address: until one is known they count as unreachable.
    """

    def __init__(self, http: VendorHttp, mapping: ToolMapping) -> None:
        self._http = http
        self._mapping = mapping
        self._ids = count(1)
        self._session: dict[str, str] = {}

    async def check(self) -> None:
        tools = (await self._call("tools/list", {})).get("tools", [])
        names = [str(inside(one, "name")) for one in tools]
        if self._mapping.tool not in names:
            raise Invalid(
                f"Orange Slice has no tool '{self._mapping.tool}'; it has {', '.join(names)[:200] or 'none'}. "
                "Name the right one as 'tool' in the file of lead sources.",
                code="lead_source_query",
            )

    async def count(self, query: str) -> int | None:
        """It cannot say without finding them, which costs."""
        if not query.strip():
            raise Invalid(
                "For Orange Slice, 'leadSource.query' describes the customers in words.",
                code="lead_source_query",
            )
        return None

    def estimate(self, people: int) -> Cost:
        each = self._mapping.credits_per_person
        return Cost(people * each, "credits", f"{each:g} for each person")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        await self.count(query)
        mapping = self._mapping
        asked: dict[str, Any] = {mapping.query_argument: query}
        if mapping.limit_argument:
            asked[mapping.limit_argument] = limit
        if mapping.cursor_argument and cursor:
            asked[mapping.cursor_argument] = cursor
        answer = _content(await self._call("tools/call", {"name": mapping.tool, "arguments": asked}))
        people = inside(answer, *mapping.people_at.split(".")) if mapping.people_at else answer
        if not isinstance(people, list):
            raise shape_problem(self._http.name, KeyError(mapping.people_at))
        following = inside(answer, *mapping.cursor_at.split(".")) if mapping.cursor_at else None
        records = [_record(one, mapping.fields) for one in people[:limit] if isinstance(one, dict)]
        return Fetched(records, str(following) if following else None)

    async def _call(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The result; said hello again when the server has forgotten the session."""
        if self._session:
            try:
                return await self._ask(method, parameters)
            except Invalid as refused:
                if refused.code != "lead_source_not_found":
                    raise
        await self._open()
        return await self._ask(method, parameters)

    async def _open(self) -> None:
        about = {
            "protocolVersion": _PROTOCOL,
            "capabilities": {},
            "clientInfo": {"name": "setpiece", "version": __version__},
        }
        self._session = {}
        number = next(self._ids)
        answer = await self._send({"id": number, "method": "initialize", "params": about})
        version = inside(_message(answer, number, self._http.name), "result", "protocolVersion")
        session = answer.headers.get("mcp-session-id")
        opened = {"MCP-Protocol-Version": str(version or _PROTOCOL)} | (
            {"Mcp-Session-Id": session} if session else {}
        )
        await self._send({"method": "notifications/initialized"}, opened)
        self._session = opened

    async def _ask(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        number = next(self._ids)
        answer = await self._send({"id": number, "method": method, "params": parameters})
        found = _message(answer, number, self._http.name)
        if error := found.get("error"):
            said = " ".join(str(inside(error, "message") or "it does not say why").split())[:200]
            raise Invalid(f"Orange Slice refuses '{method}': {said}.", code="lead_source_query")
        if not isinstance(found.get("result"), dict):
            raise shape_problem(self._http.name, KeyError("result"))
        return dict(found["result"])

    async def _send(
        self, message: Mapping[str, Any], session: Mapping[str, str] | None = None
    ) -> httpx.Response:
        headers = dict(session or self._session)
        return await self._http.send(
            "POST", self._http.base_url, json={"jsonrpc": "2.0", **message}, headers=headers
        )

    async def aclose(self) -> None:
        await self._http.aclose()


def _message(answer: httpx.Response, number: int, name: str) -> dict[str, Any]:
    """The answer to the request of that number, out of JSON or of a stream of events."""
    if "text/event-stream" not in answer.headers.get("content-type", ""):
        found = read_json(answer, name)
        return found if isinstance(found, dict) else {}
    for event in answer.text.replace("\r\n", "\n").split("\n\n"):
        data = "\n".join(line[5:].lstrip() for line in event.split("\n") if line.startswith("data:"))
        try:
            found = orjson.loads(data) if data else None
        except orjson.JSONDecodeError:
            continue
        if isinstance(found, dict) and found.get("id") == number:
            return found
    raise Unavailable(f"{name} ended its answer too early.", code="lead_source_unavailable")


def _content(result: Mapping[str, Any]) -> Any:
    """What a tool found: structured, or JSON in its text."""
    said = [one.get("text", "") for one in result.get("content", []) if isinstance(one, dict)]
    if result.get("isError"):
        raise Invalid(
            f"The tool of Orange Slice failed: {' '.join(' '.join(said).split())[:200]}.",
            code="lead_source_query",
        )
    if result.get("structuredContent") is not None:
        return result["structuredContent"]
    try:
        return orjson.loads(said[0] if said else "")
    except orjson.JSONDecodeError as unreadable:
        raise shape_problem("Orange Slice", unreadable) from unreadable


def _record(person: Mapping[str, Any], fields: Mapping[str, str]) -> Record:
    known: Sequence[tuple[str, Any]] = [(ours, person.get(theirs)) for theirs, ours in fields.items()]
    values = other_texts(person, frozenset(fields)) | texts(**dict(known))
    return Record(values.get("externalId") or values.get("linkedInProfile") or "", values)
