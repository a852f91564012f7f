"""Ways to walk through an OpenAPI document."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from setpiece.api.reference.schemas import component_name

Document = Mapping[str, Any]

FORM = "multipart/form-data"
OFTEN = 3
"""A component that answers mention this often stands once on the page and is linked from there on."""


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def success(operation: Document) -> tuple[str, dict[str, Any]]:
    """Status and content of the answer when all goes well."""
    return next((status, said) for status, said in operation["responses"].items() if status < "400")


def errors(operation: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((status, said) for status, said in operation["responses"].items() if status >= "400")


def schema_of(content: Document) -> dict[str, Any]:
    """The schema of a request body or an answer; an empty one when it is neither JSON nor a form."""
    contents = content.get("content", {})
    return dict((contents.get("application/json") or contents.get(FORM, {})).get("schema", {}))


def anchor(*words: str) -> str:
    """A name for a place on the page: letters, digits and hyphens only."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")


def often_mentioned(document: Document) -> frozenset[str]:
    """Components that answers mention often, by themselves or within other components."""
    components = document["components"]["schemas"]
    counts: Counter[str] = Counter()
    for _, _, operation in operations(document):
        counts.update(_mentions(success(operation)[1]))
    waiting = list(counts)
    for name in waiting:  # grows while it is walked through
        within = list(_mentions(components[name]))
        waiting += [inner for inner in dict.fromkeys(within) if inner not in waiting]
        counts.update(within)
    return frozenset(name for name, count in counts.items() if count >= OFTEN)


def _mentions(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("$ref"), str):
            yield component_name(value["$ref"])
        for inner in value.values():
            yield from _mentions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mentions(inner)
