"""Strict checks of what a file holds: nothing unknown, nothing of the wrong type, nothing named twice."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from setpiece.kernel.content import check_content
from setpiece.kernel.errors import Invalid
from setpiece.kernel.field_problems import findings, place, sentence
from setpiece.library.kind import Kind
from setpiece.library.schemas import CustomField, QualifyingQuestion, Sent, change_of
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.transfer.document import VERSION, Document, Entry
from setpiece.library.transfer.keys import slug
from setpiece.library.transfer.links import link_fields
from setpiece.library.transfer.problems import Problems
from setpiece.library.transfer.schemas import entry_schema

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_NESTED: Mapping[str, type[Sent]] = {"customFields": CustomField, "qualifyingQuestions": QualifyingQuestion}


def check(contents: Iterable[tuple[str, Any]]) -> Document:
    """One document from the contents of one or several files, each with the name to call it by ('' for none)."""
    checker = _Checker()
    for file, content in contents:
        checker.take(file, content)
    return Document(tuple(checker.entries), checker.problems, frozenset(checker.unsound))


class _Checker:
    """Gathers entries and problems; a key counts as taken even when its entry has problems."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems = Problems()
        self.unsound: set[tuple[str, str]] = set()
        self._kind_by_collection = {kind.collection: kind for kind in KIND_BY_NAME.values()}
        self._place_by_id: dict[tuple[str, str], str] = {}

    def take(self, file: str, content: Any) -> None:
        if not isinstance(content, dict):
            self.problems.add(file, f"a library file is a mapping that begins with 'setpiece: {VERSION}'")
            return
        self._check_version(file, content)
        for name, entries in content.items():
            if name == "setpiece":
                continue
            kind = self._kind_by_collection.get(name)
            if kind is None:
                self.problems.add(file, _unknown("collection", name, self._kind_by_collection))
            elif isinstance(entries, list):
                self._take_collection(file, kind, entries)
            elif entries is not None:
                self.problems.add(file, f"'{name}' must be a list")

    def _check_version(self, file: str, content: Mapping[str, Any]) -> None:
        version = content.get("setpiece")
        if version is None:
            self.problems.add(
                file, f"'setpiece: {VERSION}' is missing at the top; it names the version of the format"
            )
        elif version != VERSION or isinstance(version, bool):
            self.problems.add(
                file, f"'setpiece' must be {VERSION}, the version of the format, not {str(version)[:20]}"
            )

    def _take_collection(self, file: str, kind: Kind, entries: list[Any]) -> None:
        prefix = f"{file}: " if file else ""
        for index, content in enumerate(entries):
            where = f"{prefix}{kind.collection}[{index}]"
            if not isinstance(content, dict):
                self.problems.add(where, "must be a mapping of fields")
                continue
            self._take_entry(where + _called(content), kind, content)

    def _take_entry(self, where: str, kind: Kind, content: dict[str, Any]) -> None:
        found = self.problems.total
        body = self._validated(where, kind, content)
        key = _key_of(kind, content)
        self._claim(where, kind, key, made="key" not in content)
        if body is None or self.problems.total > found:
            self.unsound.add((kind.name, key))
            return
        given = change_of(body)
        given.pop("key", None)
        links = {link.name: given.pop(link.name) for link in link_fields(kind) if link.name in given}
        self.entries.append(Entry(kind, key, where, given, {name: to for name, to in links.items() if to}))

    def _validated(self, where: str, kind: Kind, content: dict[str, Any]) -> Sent | None:
        schema = entry_schema(kind)
        for link in link_fields(kind):
            if link.required and not content.get(link.name):
                self.problems.add(where, f"'{link.name}' is required: the key of a {link.wanted}")
        try:
            check_content(content)
            return schema.model_validate(content, strict=True, extra="forbid")
        except ValidationError as wrong:
            for one in findings(wrong):
                self.problems.add(where, _worded(one, schema))
        except Invalid as wrong:
            self.problems.add(where, wrong.message.rstrip("."))
        return None

    def _claim(self, where: str, kind: Kind, key: str, *, made: bool) -> None:
        first = self._place_by_id.setdefault((kind.name, key), where)
        if first != where:
            which = f"the key '{key}'{', made from its name,' if made else ''}"
            self.problems.add(where, f"{which} is taken by {first}; give it a key of its own")


def _key_of(kind: Kind, content: Mapping[str, Any]) -> str:
    key = content.get("key")
    return str(key) if key is not None else slug(str(content.get("name") or ""), kind.name)


def _called(content: Mapping[str, Any]) -> str:
    called = content.get("key") or content.get("name")
    return f' "{called[:60]}"' if isinstance(called, str) else ""


def _worded(found: "ErrorDetails", schema: type[Sent]) -> str:
    path = found["loc"]
    if found["type"] == "extra_forbidden":
        model = _NESTED.get(str(path[0]), schema) if len(path) > 1 else schema
        return _unknown("field", place(path), model.model_fields, str(path[-1]))
    if found["type"] == "string_type" and isinstance(found["input"], bool | int | float):
        return f"{sentence(found)}; put it in quotes"
    return sentence(found)


def _unknown(what: str, shown: str, known: Iterable[str], name: str | None = None) -> str:
    closest = get_close_matches(name or shown, list(known), 1)
    hint = f"; did you mean '{closest[0]}'?" if closest else ""
    return f"{what} '{shown[:100]}' is unknown{hint}"
