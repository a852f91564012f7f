"""How requests of this surface are read: bodies after the record was found, preferences, conditions and places in a list."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from setpiece.api.body import parse_object, read_bytes
from setpiece.api.operation import Call, Operation
from setpiece.kernel.errors import Conflict, Invalid
from setpiece.kernel.ids import parse, show
from setpiece.programs.model import Program
from setpiece.programs.repository import Place
from setpiece.programs.spec.shapes import Problem

PATH = "/v1/playbooks"
ONE = f"{PATH}/{{playbookId}}"
TAG = "Playbooks"
PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "example": "handling=strict"},
    "description": "With `handling=strict`, whatever would be ignored or changed is an error",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "example": '"7"'},
    "description": "The `ETag` that was read: what somebody else changed meanwhile is not overwritten",
}
_TAG = re.compile(r'\*|"[^"]*"')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def both(operation: Operation) -> Operation:
    """The operation at both prefixes: older clients call `/api/v1/playbooks`."""
    return replace(operation, also_at=[*operation.also_at, (operation.method, f"/api{operation.path}")])


async def read_object(call: Call[Any, Any], *, may_be_empty: bool = False) -> dict[str, Any]:
    """The request's JSON object. It is read here, not before: that a record is not there is said first.

    Raises:
        Invalid: it is no JSON object.
    """
    body = await read_bytes(call.request, call.services.settings.max_body_bytes)
    return {} if may_be_empty and not body.strip() else parse_object(body)


def is_strict(call: Call[Any, Any]) -> bool:
    """Whether the client wants errors instead of being forgiven. Source: RFC 7240, 4.4."""
    wanted = ",".join(call.request.headers.getlist("prefer")).lower()
    strict = re.search(r"(?:^|[,;])\s*handling\s*=\s*\"?strict\"?\s*(?:[,;]|$)", wanted) is not None
    if strict:
        call.add_header("preference-applied", "handling=strict")
    return strict


def etag(program: Program) -> str:
    return f'"{program.version}"'


def unless_changed(call: Call[Any, Any]) -> Callable[[Program], None]:
    """Raises Conflict when the request has an `If-Match` that the program is past."""
    wanted = ",".join(call.request.headers.getlist("if-match"))
    tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}

    def require(program: Program) -> None:
        if wanted and not any(_TAG.fullmatch(tag) for tag in tags):
            raise Invalid(
                f"'If-Match' must be the 'ETag' that was read, with its quotes, such as {etag(program)}."
            )
        if wanted and not tags & {"*", etag(program)}:
            raise Conflict(
                f"The playbook was changed meanwhile: it is at version {program.version}; read it again, then change it.",
                code="precondition_failed",
                details={"xVersion": program.version},
            )

    return require


def warned(answer: dict[str, Any], warnings: Sequence[Problem]) -> dict[str, Any]:
    """The answer, with what was ignored or changed where anything was."""
    told = [{"field": one.field, "code": one.code, "message": one.as_warning} for one in warnings]
    return answer | ({"warnings": told} if told else {})


def show_place(place: Place) -> str:
    """A cursor: where the next page begins."""
    return show(str((place.at - _EPOCH) // _MICROSECOND), place.id)


def read_place(cursor: str | None) -> Place | None:
    """Raises Invalid when it is no cursor of ours."""
    if cursor is None:
        return None
    microseconds, _, _ = cursor.partition("_")
    place_id = parse(cursor)
    try:
        at = _EPOCH + int(microseconds[:20]) * _MICROSECOND
    except (ValueError, OverflowError):
        place_id = None
    if place_id is None:
        raise Invalid("'cursor' must be the 'cursor' of the page before.")
    return Place(at, place_id)
