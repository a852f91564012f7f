"""One operation, as the page shows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.api.reference.curl import command, pretty
from setpiece.api.reference.document import FORM, anchor, errors, schema_of, success
from setpiece.api.reference.examples import Examples, nearest
from setpiece.api.reference.schemas import FieldRow, Schema, Schemas, stated_example


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    rows: tuple[FieldRow, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation, or several that differ in nothing but the method."""

    methods: tuple[Method, ...]
    path: str
    summary: str
    description: str
    parameters: tuple[FieldRow, ...]
    body_about: str
    body: tuple[FieldRow, ...]
    curl: str
    answer: Answer
    errors: tuple[str, ...]

    @property
    def short_path(self) -> str:
        """The path without the prefix of the surface, for the contents: `playbook/create`."""
        return re.sub(r"^/(api/)?v\d+/", "", self.path)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every entry of one document is made with."""

    schemas: Schemas
    linked: frozenset[str]
    """Components that answers name but do not unfold."""
    ids: Mapping[str, Any]
    """An example id for each field that holds one."""


Described = tuple[str, str, dict[str, Any]]
"""Method, path and operation."""


def describe(twins: Sequence[Described], around: Surroundings) -> Entry:
    """The entry of operations that differ in nothing but the method."""
    method, path, operation = twins[0]
    schemas = around.schemas
    status, said = success(operation)
    request = schema_of(operation.get("requestBody", {}))
    return Entry(
        methods=tuple(Method(twin, anchor(named["operationId"])) for twin, _, named in twins),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(schemas.rows(_as_object(operation.get("parameters", ())))),
        body_about=schemas.resolve(request).schema.get("description", ""),
        body=tuple(schemas.rows(request)),
        curl=_curl(method, path, operation, around),
        answer=_answer(status, schema_of(said), around),
        errors=tuple(sorted(status for status, _ in errors(operation))),
    )


def _answer(status: str, schema: Schema, around: Surroundings) -> Answer:
    example = Examples(around.schemas, around.ids).answer(schema)
    return Answer(status, tuple(around.schemas.rows(schema, around.linked)), pretty(example))


def _as_object(parameters: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The parameters as if they were the fields of an object."""
    fields = {
        parameter["name"]: parameter.get("schema", {})
        | ({"description": parameter["description"]} if "description" in parameter else {})
        for parameter in parameters
    }
    required = [parameter["name"] for parameter in parameters if parameter.get("required")]
    return {"type": "object", "properties": fields, "required": required}


def _curl(method: str, path: str, operation: dict[str, Any], around: Surroundings) -> str:
    answered = nearest(around.schemas, schema_of(success(operation)[1]))
    examples = Examples(around.schemas, {**around.ids, **answered})
    query = examples.request(
        _as_object([one for one in operation.get("parameters", ()) if one["in"] == "query"])
    )
    if "oId" in query and "oId" in answered:
        query["oId"] = answered["oId"]  # the kind's own; the parameter's example is one for every kind
    contents = operation.get("requestBody", {}).get("content", {})
    content = contents.get("application/json")
    form = _form(contents.get(FORM, {}).get("schema", {}))
    return command(
        method, _filled(path, operation), query, _body(content, examples) if content else None, form
    )


def _filled(path: str, operation: dict[str, Any]) -> str:
    """The path with an example of each id in it."""
    for one in operation.get("parameters", ()):
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["schema"].get("example", one["name"])))
    return path


def _form(schema: Schema) -> dict[str, Any]:
    """The fields of a form with their examples; None for a file."""
    fields = schema.get("properties", {}).items()
    return {
        name: None if field.get("format") == "binary" else stated_example(field) for name, field in fields
    }


def _body(content: dict[str, Any], examples: Examples) -> Any:
    stated = content.get("example") or stated_example(content["schema"])
    return stated or examples.request(content["schema"])
