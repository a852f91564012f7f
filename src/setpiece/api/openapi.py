"""The OpenAPI document, made from the operations."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from setpiece import __version__
from setpiece.api.errors import GTM_PREFIX, is_programs
from setpiece.api.gtm import answers
from setpiece.api.operation import Operation
from setpiece.library.service import KIND_BY_NAME

_REF = "#/components/schemas/{model}"
_ERRORS = {
    "400": "The request is wrong; the message says what to change",
    "401": "No valid key",
    "403": "The key may not do this, or the workspace is read-only",
    "404": "There is no such record in this workspace",
    "409": "It does not go with the state of the record; the message says why",
    "413": "The body is too large",
    "503": "The database does not answer",
}
_ERRORS_WITHOUT_KEY = {"503": "Something that is needed does not answer"}
_ERRORS_OF_REPORTS = {
    "400": "The request cannot be read",
    "401": "No valid key",
    "403": "The key may not do this, or the workspace is read-only",
    "404": "There is no such record in this workspace",
    "408": "The body did not come in time",
    "409": "It does not go with what was sent or done before",
    "413": "The body is too large",
    "422": "A field is wrong; the message says what to change",
    "429": "Too many requests; Retry-After says when to come again",
    "503": "Something that is needed does not answer",
}
_ERRORS_OF_PROGRAMS = {
    "400": "The request is wrong; the message says what to change",
    "401": "No valid key",
    "403": "The key may not do this, or the workspace is read-only",
    "404": "There is no such record in this workspace",
    "408": "The body did not come in time",
    "409": "It does not go with what was sent or done before",
    "413": "The body is too large",
    "503": "Something that is needed does not answer",
}
_PATH_EXAMPLES = {
    "playbookId": "pb_0AbCdEfGhIjKlMnOpQrStU",
    "runId": "run_0AbCdEfGhIjKlMnOpQrStU",
    "pivotId": "piv_0AbCdEfGhIjKlMnOpQrStU",
    "leadId": "lead_0AbCdEfGhIjKlMnOpQrStU",
    "listId": "ll_0AbCdEfGhIjKlMnOpQrStU",
    "mediaId": "med_0AbCdEfGhIjKlMnOpQrStU",
    "jobId": "job_0AbCdEfGhIjKlMnOpQrStU",
    "endpointId": "whe_0AbCdEfGhIjKlMnOpQrStU",
    "deliveryId": "dlv_0AbCdEfGhIjKlMnOpQrStU",
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "Sent again within 24 hours with the same content, it is answered as the first time",
}


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """OpenAPI 3.1 of all surfaces."""
    listed = tuple(operations)
    bodies = {operation.body for operation in listed if operation.body}
    names, schemas = models_json_schema(
        [(body, "validation") for body in sorted(bodies, key=lambda b: b.__name__)], ref_template=_REF
    )
    components = schemas.get("$defs", {}) | _in_queries(listed) | answers.SHARED
    components |= {kind.title: answers.record_schema(kind) for kind in KIND_BY_NAME.values()}
    paths: dict[str, Any] = {}
    for operation in listed:
        body = names[(operation.body, "validation")] if operation.body else None
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, body)
        for method, path in operation.also_at:
            if path == operation.path:
                paths[path][method.lower()] = _operation(operation, body, method)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Setpiece", "version": __version__, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{name: []} for name in _SECURITY],
        "tags": [{"name": tag} for tag in dict.fromkeys(operation.tag for operation in listed)],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY},
    }


_ABOUT = (
    "Library, playbooks and agents of one workspace. The key names the workspace; ids of another workspace "
    "answer 404. Unknown fields are ignored and named in `_metadata.message`. Null, an empty text, list or object means "
    "'not given', at any depth; `clear` in an update names the fields to empty."
)
_SECURITY = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "api_key"},
    "xApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "mappaApiKey": {"type": "apiKey", "in": "header", "name": "Mappa-Api-Key"},
    "bearer": {"type": "http", "scheme": "bearer"},
}


def _operation(operation: Operation, body: Any, method: str | None = None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _name(operation, method),
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": {
            str(operation.status): {
                "description": "Done",
                "content": _content({operation.answer_type: operation.answer, **operation.other_answers}),
            },
            **_further(operation),
        },
    }
    if operation.description:
        described["description"] = operation.description
    if parameters := [*_in_path(operation), *_in_headers(operation), *_parameters(operation)]:
        described["parameters"] = parameters
    if operation.permission is None:
        described["security"] = []
    if body:
        content: dict[str, Any] = {"schema": body}
        if operation.example:
            content["example"] = operation.example
        described["requestBody"] = {"required": True, "content": {"application/json": content}}
    elif file := operation.raw_body or operation.streamed_body:
        described["requestBody"] = {"required": not operation.is_body_optional, "content": _content(file)}
    return described


def _content(schema_by_type: Mapping[str, Any]) -> dict[str, Any]:
    return {media_type: {"schema": schema} for media_type, schema in schema_by_type.items()}


def _name(operation: Operation, method: str | None) -> str:
    """A unique name: of the path alone where, as on the GTM surface, no path has two methods but as an alias."""
    if not operation.path.startswith(GTM_PREFIX):
        words = re.sub(r"\W+", "_", operation.path.lower()).strip("_")
        return f"{operation.method.lower()}_{words}"
    name = operation.path.removeprefix(f"{GTM_PREFIX}/").replace("/", "_").replace("-", "_")
    return f"{name}_{method.lower()}" if method else name


def _further(operation: Operation) -> dict[str, Any]:
    """Answers with other statuses, in the shape of the operation's surface."""
    if operation.path.startswith(GTM_PREFIX):
        return {status: _error(text, "Error") for status, text in _ERRORS.items()}
    told = _ERRORS_OF_PROGRAMS if is_programs(operation.path) else _ERRORS_OF_REPORTS
    statuses = _ERRORS_WITHOUT_KEY if operation.permission is None else told
    errors = {int(status): text for status, text in statuses.items()} | dict(operation.also_answers)
    return {
        str(status): _error(text, "Gone" if status == 410 else "ReportsError")
        if status >= 400
        else {"description": text, "content": _content({operation.answer_type: operation.answer})}
        for status, text in sorted(errors.items())
    }


def _error(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": answers.ref(schema)}}}


def _in_queries(operations: Iterable[Operation]) -> dict[str, Any]:
    """The components that query parameters refer to."""
    found: dict[str, Any] = {}
    for query in {operation.query for operation in operations if operation.query}:
        found |= query.model_json_schema(ref_template=_REF).get("$defs", {})
    return dict(sorted(found.items()))


def _in_path(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", operation.path)
    return [
        {"name": name, "in": "path", "required": True, "schema": answers.string(_PATH_EXAMPLES.get(name))}
        for name in names
    ]


def _in_headers(operation: Operation) -> list[dict[str, Any]]:
    return [*([_IDEMPOTENCY_KEY] if operation.is_idempotent else []), *map(dict, operation.headers)]


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _plain(field)}
        | ({"description": field["description"]} if "description" in field else {})
        for name, field in schema["properties"].items()
    ]


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema without null: a query has no null, an absent parameter is absent."""
    options = [option for option in field.get("anyOf", ()) if option.get("type") != "null"]
    kept = {name: value for name, value in field.items() if name not in ("anyOf", "title", "description")}
    if kept.get("default", ...) is None:
        del kept["default"]
    return kept | (options[0] if options else {})
