"""The wrappers of the surface. Which verb uses which is part of the contract."""

from collections.abc import Sequence
from typing import Any

from setpiece.api.errors import metadata
from setpiece.api.operation import Call
from setpiece.kernel.pages import Page


def meta(call: Call[Any, Any], *, usage: int = 0, request_id: str | None = None) -> dict[str, Any]:
    """`_metadata`; what was ignored in the request is said in `message`."""
    message = " ".join(call.warnings) or "OK"
    return metadata(request_id or call.request_id, usage=usage, message=message)


def flat(call: Call[Any, Any], record: dict[str, Any]) -> dict[str, Any]:
    """F1: the record at the top level; every `get` and `delete`."""
    return {"_metadata": meta(call), **record}


def data(call: Call[Any, Any], content: Any) -> dict[str, Any]:
    """F2: under `data`; `create` and `update`."""
    return {"_metadata": meta(call), "data": content}


def listed(call: Call[Any, Any], page: Page[Any], items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """F3: a page."""
    return {"_metadata": meta(call), "hasNext": page.has_next, "total": page.total, "data": items}


def run(
    call: Call[Any, Any],
    content: dict[str, Any] | None,
    message: str,
    *,
    usage: int = 0,
    request_id: str | None = None,
) -> dict[str, Any]:
    """F4: an agent's answer; nothing found is an answer too, with status 200."""
    answer = {
        "_metadata": meta(call, usage=usage, request_id=request_id),
        "found": content is not None,
        "message": message,
    }
    return answer if content is None else answer | {"data": content}
