"""Local servers that speak the vendors' protocols, refuse what those refuse, and fail as a test tells them to.

Each vendor is a function from a request to an answer. All of them keep the same people, so that one suite fits all.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "key-that-is-good"
PEOPLE = 250


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class VendorServer:
    """`faults` are given before the vendor answers, one for each request: an answer, `hang up`, `cut off` or `not json`."""

    answer: Callable[["VendorServer", Asked], Answer]
    faults: list[Any] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    base_url: str = ""
    memory: dict[str, Any] = field(default_factory=dict)


def person(number: int) -> dict[str, str]:
    return {
        "id": f"{1000 + number}",
        "email": f"p{number}@acme{number // 3}.example",
        "first": f"First{number}",
        "last": f"Last{number}",
        "title": "Head of Growth",
        "company": f"Acme {number // 3}",
        "domain": f"acme{number // 3}.example",
    }


def refused(status: int, message: str) -> Answer:
    return status, {"message": message}


def customerio(server: VendorServer, asked: Asked) -> Answer:
    if asked.bearer != KEY:
        return 401, {"meta": {"error": "unauthorized"}}
    if asked.path == "/v1/segments":
        return 200, {"segments": [{"id": 7, "name": "Trials"}]}
    if asked.path == "/v1/customers/attributes":
        ids = asked.body["ids"]
        if not 1 <= len(ids) <= 100:
            return 400, {"errors": [{"detail": "ids"}]}
        return 200, {"customers": [{"customer": _customer(int(one.removeprefix("cio-")))} for one in ids]}
    if asked.path == "/v1/segments/7/customer_count":
        return 200, {"count": PEOPLE}
    if asked.path != "/v1/segments/7/membership":
        return 404, {"errors": [{"detail": "not found"}]}
    begin, limit = int(asked.query.get("start", "t0")[1:]), int(asked.query["limit"])
    end = min(begin + limit, PEOPLE)
    members = [{"email": person(n)["email"], "id": "", "cio_id": f"cio-{n}"} for n in range(begin, end)]
    return 200, {
        "identifiers": members,
        "ids": [""] * len(members),
        "next": f"t{end}" if end < PEOPLE else "",
        "new": 1,
    }


def _customer(number: int) -> dict[str, Any]:
    one = person(number)
    attributes = {
        "cio_id": f"cio-{number}", "email": one["email"], "first_name": one["first"], "last_name": one["last"],
        "job_title": one["title"], "company": one["company"], "plan": "trial", "_last_emailed": "1528932553",
    }  # fmt: skip
    return {"id": "", "attributes": attributes, "unsubscribed": number == 3, "devices": []}


def hubspot(server: VendorServer, asked: Asked) -> Answer:
    if asked.bearer != KEY:
        return refused(401, "Authentication credentials not found.")
    if asked.path == "/crm/lists/2026-03/search":
        return 200, {"lists": [], "hasMore": False, "offset": 0, "total": 0}
    if asked.path == "/crm/lists/2026-03/123":
        return 200, {"list": {"listId": "123", "additionalProperties": {"hs_list_size": str(PEOPLE)}}}
    if asked.path == "/crm/objects/2026-03/contacts/batch/read":
        ids = [int(one["id"]) for one in asked.body["inputs"]]
        if len(ids) > 100:
            return refused(400, "The maximum number of inputs is 100.")
        return 200, {"status": "COMPLETE", "results": [_contact(one) for one in ids]}
    if asked.path != "/crm/lists/2026-03/123/memberships":
        return refused(404, "List does not exist.")
    begin, limit = int(asked.query.get("after", "0")), int(asked.query["limit"])
    end = min(begin + limit, PEOPLE)
    rows = [
        {"recordId": person(n)["id"], "membershipTimestamp": "2026-01-01T00:00:00Z"}
        for n in range(begin, end)
    ]
    return 200, {"results": rows} | ({"paging": {"next": {"after": str(end)}}} if end < PEOPLE else {})


def _contact(contact_id: int) -> dict[str, Any]:
    one = person(contact_id - 1000)
    properties = {
        "email": one["email"], "firstname": one["first"], "lastname": one["last"], "jobtitle": one["title"],
        "company": one["company"], "website": one["domain"], "phone": None, "associatedcompanyid": "55",
        "hs_email_optout": "true" if contact_id == 1003 else None, "country": "France",
    }  # fmt: skip
    return {"id": str(contact_id), "properties": properties}


def attio(server: VendorServer, asked: Asked) -> Answer:
    if asked.bearer != KEY:
        return refused(401, "Invalid token.")
    if asked.path == "/v2/self":
        return 200, {
            "active": True,
            "scope": "list_entry:read record_permission:read",
            "workspace_name": "Example",
        }
    if found := re.fullmatch(r"/v2/objects/(people|companies)/records/query", asked.path):
        make = _attio_person if found[1] == "people" else _attio_company
        return 200, {"data": [make(one) for one in asked.body["filter"]["record_id"]["$in"]]}
    if asked.path != "/v2/lists/prospects/entries/query":
        return refused(404, "List not found.")
    begin, limit = asked.body["offset"], asked.body["limit"]
    if limit > 500:
        return refused(400, "limit")
    entries = [
        {
            "id": {"entry_id": f"e{n}"},
            "parent_record_id": person(n)["id"],
            "parent_object": "people",
            "entry_values": {},
        }
        for n in range(begin, min(begin + limit, PEOPLE))
    ]
    return 200, {"data": entries}


def _attio_person(record_id: str) -> dict[str, Any]:
    one = person(int(record_id) - 1000)
    name = {
        "first_name": one["first"],
        "last_name": one["last"],
        "full_name": f"{one['first']} {one['last']}",
    }
    values = {
        "name": [name], "email_addresses": [{"email_address": one["email"]}], "phone_numbers": [],
        "job_title": [{"value": one["title"]}], "linkedin": [],
        "company": [{"target_object": "companies", "target_record_id": one["company"]}],
    }  # fmt: skip
    return {"id": {"record_id": record_id}, "values": values}


def _attio_company(record_id: str) -> dict[str, Any]:
    domain = record_id.lower().replace(" ", "") + ".example"
    return {
        "id": {"record_id": record_id},
        "values": {"name": [{"value": record_id}], "domains": [{"domain": domain}]},
    }


def twenty(server: VendorServer, asked: Asked) -> Answer:
    if asked.bearer != KEY:
        return 403, {"statusCode": 403, "messages": ["Token invalid."]}
    if asked.path != "/rest/people":
        return 404, {"statusCode": 404}
    if asked.query.get("filter", "").startswith("nothing"):
        return 404, {"statusCode": 404}
    limit, begin = int(asked.query["limit"]), int(asked.query.get("starting_after", "c0")[1:])
    if limit > 60:
        return 400, {"statusCode": 400, "messages": ["limit"]}
    end = min(begin + limit, PEOPLE)
    page = {"hasNextPage": end < PEOPLE, "startCursor": f"c{begin}", "endCursor": f"c{end}"}
    people = [_twenty_person(n) for n in range(begin, end)]
    return 200, {"data": {"people": people}, "pageInfo": page, "totalCount": PEOPLE}


def _twenty_person(number: int) -> dict[str, Any]:
    one = person(number)
    return {
        "id": one["id"],
        "name": {"firstName": one["first"], "lastName": one["last"]},
        "emails": {"primaryEmail": one["email"], "additionalEmails": []},
        "phones": {"primaryPhoneNumber": "2079460000", "primaryPhoneCallingCode": "+44"},
        "jobTitle": one["title"],
        "company": {"name": one["company"], "domainName": {"primaryLinkUrl": f"https://{one['domain']}"}},
        "companyId": "c1",
    }


def salesforce(server: VendorServer, asked: Asked) -> Answer:
    if asked.path == "/services/oauth2/token":
        form = {name: values[0] for name, values in parse_qs(asked.body).items()}
        if form != {"grant_type": "client_credentials", "client_id": "app", "client_secret": KEY}:
            return 401, {"error": "invalid_client", "error_description": "invalid client credentials"}
        server.memory["token"] = f"token-{server.memory.setdefault('tokens', 0)}"
        server.memory["tokens"] += 1
        return 200, {"access_token": server.memory["token"], "token_type": "Bearer"}
    if asked.bearer != server.memory.get("token"):
        return 401, [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    if found := re.fullmatch(r"/services/data/v65\.0/query/01gX-(\d+)", asked.path):
        return 200, _rows(int(found[1]))
    if asked.path != "/services/data/v65.0/query":
        return 404, [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]
    soql = asked.query["q"]
    if soql.startswith("SELECT COUNT() FROM"):
        return 200, {"totalSize": PEOPLE, "done": True, "records": []}
    server.memory["soql"] = soql
    if "Missing__c" in soql:
        return 400, [
            {"message": "No such column 'Missing__c' on entity 'Contact'.", "errorCode": "INVALID_FIELD"}
        ]
    return 200, _rows(0)


def _rows(begin: int) -> dict[str, Any]:
    end = min(begin + 200, PEOPLE)
    done = end == PEOPLE
    rows = [_salesforce_row(n) for n in range(begin, end)]
    following = {} if done else {"nextRecordsUrl": f"/services/data/v65.0/query/01gX-{end}"}
    return {"totalSize": PEOPLE, "done": done, "records": rows} | following


def _salesforce_row(number: int) -> dict[str, Any]:
    one = person(number)
    return {
        "attributes": {"type": "Contact", "url": "/x"}, "Id": one["id"], "Email": one["email"], "Phone": None,
        "MobilePhone": None, "FirstName": one["first"], "LastName": one["last"], "Title": one["title"], "AccountId": "001",
        "Account": {"attributes": {}, "Name": one["company"], "Website": f"https://www.{one['domain']}"},
        "HasOptedOutOfEmail": number == 3, "Region__c": "North",
    }  # fmt: skip


def orange_slice(server: VendorServer, asked: Asked) -> Answer:
    """An MCP server: JSON for some answers, a stream of events for others, as the transport allows."""
    if asked.path != "/mcp":
        return 404, {"error": "path"}
    if asked.bearer != KEY:
        return 401, {"error": "unauthorized"}
    if "text/event-stream" not in asked.headers.get("accept", ""):
        return 406, {"error": "accept"}
    method, number = asked.body["method"], asked.body.get("id")
    if method == "initialize":
        result = {
            "protocolVersion": "2025-06-18",
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "x", "version": "1"},
        }
        return 200, {"jsonrpc": "2.0", "id": number, "result": result}, {"Mcp-Session-Id": "s1"}
    if asked.headers.get("mcp-session-id") != "s1":
        return 400, {"error": "session"}
    if method == "notifications/initialized":
        return 202, None
    if method == "tools/list":
        return 200, {
            "jsonrpc": "2.0",
            "id": number,
            "result": {"tools": [{"name": "find_people", "inputSchema": {}}]},
        }
    arguments = asked.body["params"]["arguments"]
    if asked.body["params"]["name"] != "find_people" or "nothing" in arguments["query"]:
        return 200, {"jsonrpc": "2.0", "id": number, "error": {"code": -32602, "message": "Unknown tool"}}
    begin = int(arguments.get("page", "0"))
    end = min(begin + arguments["count"], PEOPLE)
    found = {"rows": [_sliced(n) for n in range(begin, end)], "next": str(end) if end < PEOPLE else None}
    message = {
        "jsonrpc": "2.0",
        "id": number,
        "result": {"content": [{"type": "text", "text": json.dumps(found)}]},
    }
    ping = {"jsonrpc": "2.0", "method": "notifications/progress", "params": {}}
    events = "".join(f"event: message\r\ndata: {json.dumps(one)}\r\n\r\n" for one in (ping, message))
    return 200, events.encode(), {"Content-Type": "text/event-stream"}


def _sliced(number: int) -> dict[str, Any]:
    one = person(number)
    return {
        "ref": one["id"], "mail": one["email"], "first_name": one["first"], "last_name": one["last"], "role": one["title"],
        "company": one["company"], "site": one["domain"], "seniority": "head",
    }  # fmt: skip


@contextmanager
def serving(answer: Callable[[VendorServer, Asked], Answer]) -> Iterator[VendorServer]:
    state = VendorServer(answer)

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            asked = _read(self)
            state.asked.append(asked)
            fault = state.faults.pop(0) if state.faults else None
            if fault == "hang up":
                self.close_connection = True
                return
            status, body, *headers = fault if isinstance(fault, tuple) else state.answer(state, asked)
            encoded = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            encoded = b"<html>a proxy</html>" if fault == "not json" else encoded
            told = {
                "Content-Type": "application/json",
                "Content-Length": str(len(encoded)),
                **(headers[0] if headers else {}),
            }
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(encoded[: len(encoded) // 2] if fault == "cut off" else encoded)
            self.close_connection = self.close_connection or fault == "cut off"

        do_GET = do_POST = _do

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.base_url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _read(handler: BaseHTTPRequestHandler) -> Asked:
    parts = urlsplit(handler.path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    headers = {name.lower(): value for name, value in handler.headers.items()}
    content = handler.rfile.read(int(headers.get("content-length", "0")))
    is_json = "json" in headers.get("content-type", "")
    body = json.loads(content) if is_json else content.decode()
    return Asked(handler.command, parts.path, query, headers, body)
