"""Files that commands about playbooks are given."""

from pathlib import Path
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.library.transfer.reading import parse

_MOST_OUTCOMES = 5_000  # in one request
_TYPE_BY_SUFFIX = {
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/json",
}
_LONGEST_FILE = 64 * 1024 * 1024  # bytes; the server takes no longer one, either


def _parsed(path: Path) -> Any:
    return parse(read_bytes(path), "json" if path.suffix.lower() == ".json" else None)


def read_object(path: Path) -> dict[str, Any]:
    content = _parsed(path)
    if not isinstance(content, dict):
        raise Invalid(f"{path} must hold an object.")
    return content


def section_of(body: dict[str, Any]) -> dict[str, Any]:
    found = body.get("strategy") or {}
    if not isinstance(found, dict):
        raise Invalid("'strategy' must be an object.")
    return found


def read_batches(path: Path) -> list[dict[str, Any]]:
    """The outcomes of a file, in as many requests as they need."""
    content = _parsed(path)
    found = content if isinstance(content, list) else _listed(content)
    if not isinstance(found, list) or not found:
        raise Invalid(f"{path} must hold a list of outcomes, or one under 'outcomes'.")
    shared = {"xComplete": True} if isinstance(content, dict) and content.get("xComplete") is True else {}
    return [
        {"outcomes": found[start : start + _MOST_OUTCOMES]} | shared
        for start in range(0, len(found), _MOST_OUTCOMES)
    ]


def _listed(content: Any) -> Any:
    return content.get("outcomes") if isinstance(content, dict) else None


def read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise Invalid(f"{path} is larger than {_LONGEST_FILE // 1024 // 1024} MB; split it.")
        return path.read_bytes()
    except OSError as problem:
        raise Invalid(f"{path} cannot be read: {problem.strerror}.") from problem


def media_type_of(path: Path) -> str:
    found = _TYPE_BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        raise Invalid(f"{path} must be a .csv or .json file.")
    return found
