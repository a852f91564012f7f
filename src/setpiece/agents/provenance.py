"""Where each statement of an answer comes from, as the contract's annotations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.sequence.writer.model import Source
from setpiece.library.service import KIND_BY_NAME

PAGE = "page"
"""`Source.kind` of what stands on a web page; `entity_name` is then its URL."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement of an answer and the fact it rests on."""

    place: str
    """Where in the answer: `situation`, `discoveryQuestions[2]`, `company.industry`."""
    statement: str
    source: Source
    fact: str


def annotations(cited: Sequence[Cited], *, full: bool) -> dict[str, Any]:
    """All of them in the answer's order; `metadata` counts them, and is there only when everything is asked for."""
    fields = {(one.source.oid, one.source.field, one.source.index) for one in cited}
    return {
        "annotations": [_of(one, full=full) for one in cited],
        "metadata": {"claims": len(cited), "fields": len(fields)} if full else None,
    }


def annotation(
    source: Source, statement: str, fact: str, place: Mapping[str, Any], *, full: bool
) -> dict[str, Any]:
    """One annotation; `place` says where in the answer the statement stands."""
    meta = {
        **place,
        "oId": source.oid or None,
        "kind": source.kind,
        "field": source.field,
        "index": source.index,
        "fact": fact,
    }
    return {
        "type": _TYPES.get(source.kind, "LIBRARY_FIELD"),
        "title": _title(source),
        "meta": meta if full else None,
        "description": statement,
        "url": _url(source),
    }


_TYPES = {"request": "REQUEST_FIELD", PAGE: "WEB_PAGE", "call": "CALL_QUOTE"}


def _of(one: Cited, *, full: bool) -> dict[str, Any]:
    return annotation(one.source, one.statement, one.fact, {"place": one.place}, full=full)


def _title(source: Source) -> str:
    place = f"{source.field}[{source.index}]" if source.index is not None else source.field
    if source.kind == PAGE:
        return f"page {source.entity_name}: {place}"
    return f"{source.kind} “{source.entity_name}”: {place}" if source.oid else f"request: {place}"


def _url(source: Source) -> str | None:
    """Where the cited record can be read, relative to the server; a page's own address."""
    if source.kind == PAGE:
        return source.entity_name
    if source.kind in KIND_BY_NAME:
        return f"/api/v2/{source.kind}/get?oId={source.oid}"
    if source.kind == "call":
        return (
            f"/v1/reports/{source.oid}/evidence"
            if source.oid.startswith("rpt_")
            else f"/v1/files/{source.oid}/transcript"
        )
    return f"/api/v2/playbook/get?oId={source.oid}" if source.kind == "context-source" else None
