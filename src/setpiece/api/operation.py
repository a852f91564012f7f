"""The road of every request: key, right, query, body, one call, answer.

The order matters: a key that may not change anything is refused before the body is looked at.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar, cast

import orjson
import structlog
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from setpiece.api.body import parse_object, read_bytes
from setpiece.api.errors import body_of, extra_headers, invalid_fields, status_of
from setpiece.api.rates import Rate
from setpiece.api.services import Services
from setpiece.kernel.content import check_content
from setpiece.kernel.errors import SetpieceError
from setpiece.kernel.ids import parse
from setpiece.storage.database import Scope
from setpiece.workspaces.audit import note
from setpiece.workspaces.model import Permission, Principal
from setpiece.workspaces.work import Work

Query = TypeVar("Query")
Body = TypeVar("Body")
Model = TypeVar("Model", bound=BaseModel)
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Call(Generic[Query, Body]):
    """One authorised request: who asks, what was sent, and how to reach the workspace's rows."""

    request: Request
    services: Services
    principal: Principal
    request_id: str
    query: Query
    body: Body
    warnings: list[str] = field(default_factory=list)

    @property
    def path(self) -> Mapping[str, str]:
        """What stands in the path's `{names}`."""
        return self.request.path_params

    def add_header(self, name: str, value: str) -> None:
        """Send it with the answer, whatever that will be."""
        self.request.state.headers = getattr(self.request.state, "headers", {}) | {name: value}

    @asynccontextmanager
    async def bound(self) -> AsyncIterator[Work]:
        """Work in which each statement commits by itself: for reads, and for writes of one statement."""
        async with self.services.database.bound(self.principal.workspace.id) as scope:
            yield self._work(scope)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Work]:
        """Work that commits at its end, or not at all."""
        async with self.services.database.transaction(self.principal.workspace.id) as scope:
            yield self._work(scope)

    def _work(self, scope: Scope) -> Work:
        principal = self.principal
        return Work(scope, principal.member, self.services.now(), principal.key_id, self.request_id)


Endpoint = Callable[[Request], Awaitable[Response]]
Handler = Callable[[Any], Awaitable[dict[str, Any] | Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a surface: enough to serve it and to document it."""

    method: str
    path: str
    handler: Handler
    permission: Permission | None
    """None: open to everyone; the handler is then given the bare request."""
    summary: str
    tag: str
    answer: dict[str, Any]
    """JSON Schema of the 200 answer."""
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    raw_body: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """JSON Schema by media type of a body that is a file: handed over as bytes, up to `max_import_bytes`."""
    streamed_body: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """JSON Schema by media type of a body that the handler reads as it arrives."""
    rate: Rate | None = None
    """How often one key may call it, where limits are switched on."""
    is_key_in_query: bool = False
    """Whether the key may stand in the query as `api_key`: for senders of webhooks, some of which can set no header."""
    is_idempotent: bool = False
    """Whether it heeds the header `Idempotency-Key`."""
    headers: Sequence[Mapping[str, Any]] = ()
    """OpenAPI parameters of further headers that it heeds."""
    is_body_optional: bool = False
    audited: str = ""
    """What a good answer is noted as in the audit log, about the id in the path: for what shows what somebody said."""
    lenient: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """What a surface forgives before the body is checked."""
    description: str = ""
    example: dict[str, Any] | None = None
    also_at: Sequence[tuple[str, str]] = ()
    """Further (method, path) pairs that answer the same and are not documented."""
    status: int = 200
    answer_type: str = "application/json"
    also_answers: Mapping[int, str] = field(default_factory=dict)
    """What further statuses mean, those of errors and those of other good answers."""
    other_answers: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """JSON Schema by media type of answers in other forms than JSON."""


def endpoint(operation: Operation) -> Endpoint:
    """The operation as an ASGI endpoint; whatever happens, it answers in the surface's shape."""

    async def answer(request: Request) -> Response:
        try:
            asked = request if operation.permission is None else await _call(operation, request)
            answered = await operation.handler(asked)
            if operation.audited and isinstance(asked, Call):
                await _note(operation.audited, asked, answered)
        except SetpieceError as error:
            return error_response(request, error)
        except Exception:
            log.exception("unexpected", path=request.url.path, request_id=request.state.request_id)
            return error_response(
                request, SetpieceError("Something went wrong on our side; nothing was changed.")
            )
        return answered if isinstance(answered, Response) else json_response(answered, operation.status)

    async def answer_with_headers(request: Request) -> Response:
        answered = await answer(request)
        answered.headers.update(getattr(request.state, "headers", {}))
        return answered

    return answer_with_headers


def json_response(content: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def error_response(request: Request, error: SetpieceError, headers: dict[str, str] | None = None) -> Response:
    settings = cast("Services", request.app.state.services).settings
    content = body_of(error, request.url.path, request.state.request_id, programs_as=settings.playbook_errors)
    status = status_of(error, request.url.path)
    headers = (headers or {}) | extra_headers(error)
    return Response(orjson.dumps(content), status, headers, media_type="application/json")


async def _note(action: str, call: "Call[Any, Any]", answered: dict[str, Any] | Response) -> None:
    """Before the answer begins. A `HEAD`, and a part that is not there, show nothing."""
    subject_id = parse(next(iter(call.path.values())))
    status = answered.status_code if isinstance(answered, Response) else 200
    if subject_id and status < 400 and call.request.method != "HEAD":
        async with call.bound() as work:
            await note(work, action, subject_id)


async def _call(operation: Operation, request: Request) -> "Call[Any, Any]":
    services = cast("Services", request.app.state.services)
    key = presented_key(request) or (
        request.query_params.get("api_key") if operation.is_key_in_query else None
    )
    principal = await services.authenticator.authenticate(key)
    request.state.workspace = principal.workspace.name
    principal.require(operation.permission or Permission.READ)
    if services.limiter and operation.rate:
        allowance = services.limiter.take(principal.key_id, operation.rate)
        request.state.headers = allowance.headers
        allowance.require(services.now())
    call: Call[Any, Any] = Call(request, services, principal, request.state.request_id, None, None)
    if operation.query is not None:
        known = ("api_key",) if operation.is_key_in_query else ()
        call.query = parse_query(operation.query, request, call.warnings, known)
    if operation.body is not None:
        content = parse_object(await read_bytes(request, services.settings.max_body_bytes))
        call.body = validate(operation.body, operation.lenient(content), call.warnings)
    elif operation.raw_body:
        call.body = await read_bytes(request, services.settings.max_import_bytes)
    return call


def presented_key(request: Request) -> str | None:
    """The key, from any of the four headers."""
    headers = request.headers
    for name in ("api_key", "x-api-key", "mappa-api-key"):
        if value := headers.get(name):
            return value.strip()
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def parse_query(
    model: type[BaseModel], request: Request, warnings: list[str], known: Sequence[str] = ()
) -> BaseModel:
    """The query parameters; lists come as repeated keys, `key[]`, `key[0]` or with commas, and `null` is absent.

    A name that is neither the model's nor `known` is noted: a filter with a slip in its name would list everything.
    """
    given: dict[str, Any] = {}
    unknown: set[str] = set()
    for raw, value in request.query_params.multi_items():
        name = re.sub(r"\[\d*\]$", "", raw)
        if name in known:
            continue
        if name not in model.model_fields:
            unknown.add(name[:100])
        elif value in ("", "null", "undefined"):
            continue
        elif name in _lists(model):
            given.setdefault(name, []).extend(part.strip() for part in value.split(","))
        else:
            given[name] = value
    if unknown:
        warnings.append(f"Ignored unknown parameters: {', '.join(sorted(unknown))[:300]}.")
    check_content(given)
    return validate(model, given, [])


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    """The parameters that take several values."""
    return frozenset(name for name, field in model.model_fields.items() if "list" in str(field.annotation))


def validate(model: type[Model], content: dict[str, Any], warnings: list[str]) -> Model:
    """The model from `content`; names it does not know are noted and ignored.

    Raises:
        Invalid: with a sentence for each wrong field.
    """
    try:
        read = model.model_validate(content)
    except ValidationError as problem:
        raise invalid_fields(problem) from problem
    if unknown := sorted(_unknown(read, content)):
        warnings.append(f"Ignored unknown fields: {', '.join(unknown)[:300]}.")
    return read


def _unknown(read: Any, sent: Any) -> Iterator[str]:
    """The names in `sent` that became nothing in `read`, at every depth: `customContext.useCase`."""
    if isinstance(read, list) and isinstance(sent, list) and len(read) == len(sent):
        for index, (one, given) in enumerate(zip(read, sent, strict=True)):
            yield from (f"[{index}]{name}" for name in _unknown(one, given))
    if not (isinstance(read, BaseModel) and isinstance(sent, dict)):
        return
    names = {field.alias or name: name for name, field in type(read).model_fields.items()}
    for name, given in sent.items():
        if name in names:
            inside = _unknown(getattr(read, names[name]), given)
            yield from (f"{name}{'' if one.startswith('[') else '.'}{one}" for one in inside)
        elif type(read).model_config.get("extra") != "allow":
            yield name[:100]
