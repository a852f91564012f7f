"""The shapes that a field's value can have: what is taken of what a client sends, and how that is typed and shown.

A shape takes as much of a value as it can and names each change. What it cannot take at all is IGNORED: the service forgives, and
whoever wants errors instead asks for them (`Prefer: handling=strict`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

IGNORED: Final = object()
"""Nothing of the value can be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, and what was done instead.

    Attributes:
        must: Completes "'field' …".
        done: Completes "…; " where it is forgiven.
        is_silent: It is forgiven without a word.
    """

    field: str
    code: str
    must: str
    done: str = "it was ignored"
    is_silent: bool = False

    @property
    def as_error(self) -> str:
        return f"'{self.field}' {self.must}."

    @property
    def as_warning(self) -> str:
        return f"'{self.field}' {self.must}; {self.done}."


Problems = list[Problem]


class Shape(Protocol):
    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the value."""
        ...

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        """The value as a document has it, or IGNORED; what is wrong with it is added to `problems`."""
        ...

    def typed(self, taken: Any) -> Any:
        """The value as the model has it."""
        ...

    def plain(self, typed: Any) -> Any:
        """The value as a document has it again."""
        ...


class Plain:
    """What is the same in the model and in a document."""

    def typed(self, taken: Any) -> Any:
        return taken

    def plain(self, typed: Any) -> Any:
        return typed


@dataclass(frozen=True, slots=True)
class Text(Plain):
    """At most so many characters; a blank one says nothing."""

    most: int

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.most}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return _refuse(problems, field, "type", "must be a text")
        if not value.strip():
            return _refuse(problems, field, "blank", "must not be blank")
        if len(value) > self.most:
            must = f"must have at most {self.most} characters"
            problems.append(Problem(field, "too_long", must, f"the first {self.most} were kept"))
        return value[: self.most]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed set."""

    options: type[StrEnum]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if isinstance(value, str) and value in list(self.options):
            return value
        return _refuse(problems, field, "choice", f"must be one of {', '.join(self.options)}")

    def typed(self, taken: Any) -> Any:
        return self.options(taken)

    def plain(self, typed: Any) -> Any:
        return str(typed)


@dataclass(frozen=True, slots=True)
class Flag(Plain):
    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        return value if isinstance(value, bool) else _refuse(problems, field, "type", "must be true or false")


@dataclass(frozen=True, slots=True)
class Number(Plain):
    """From `least` to `most`; what lies outside is taken for the nearer end. Never made from a text."""

    least: float
    most: float
    is_whole: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "integer" if self.is_whole else "number",
            "minimum": self.least,
            "maximum": self.most,
        }

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return _refuse(problems, field, "type", f"must be a {self._called}")
        if self.is_whole and value != int(value):
            return _refuse(problems, field, "type", f"must be a {self._called}")
        nearest = min(max(value, self.least), self.most)
        if nearest != value:
            must = f"must be from {self.least:g} to {self.most:.15g}"
            problems.append(Problem(field, "out_of_bounds", must, f"{nearest:.15g} was taken"))
        return int(nearest) if self.is_whole else nearest

    @property
    def _called(self) -> str:
        return "whole number" if self.is_whole else "number"


@dataclass(frozen=True, slots=True)
class Texts:
    """At most so many texts of at most so many characters."""

    most: int
    longest: int

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "maxItems": self.most, "items": Text(self.longest).schema}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if not isinstance(value, list):
            return _refuse(problems, field, "type", "must be a list of texts")
        kept = first(self.most, value, field, problems)
        taken = [Text(self.longest).take(one, f"{field}[{at}]", problems) for at, one in enumerate(kept)]
        return [one for one in taken if one is not IGNORED]

    def typed(self, taken: Any) -> Any:
        return tuple(taken)

    def plain(self, typed: Any) -> Any:
        return list(typed)


def first(most: int, values: list[Any], field: str, problems: Problems) -> list[Any]:
    """At most the first `most` of a list."""
    if len(values) > most:
        must = f"must have at most {most} entries"
        problems.append(Problem(field, "too_many", must, f"the first {most} were kept"))
    return values[:most]


def _refuse(problems: Problems, field: str, code: str, must: str) -> Any:
    problems.append(Problem(field, code, must))
    return IGNORED


def is_object(value: Any, field: str, problems: Problems) -> bool:
    """Whether it has fields of its own; if not, that is a problem."""
    if not isinstance(value, Mapping):
        _refuse(problems, field, "type", "must be an object")
    return isinstance(value, Mapping)
