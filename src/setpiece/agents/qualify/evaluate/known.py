"""What was given about a person or company, as fields and clauses that a rule can quote."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from setpiece.agents.qualify.evaluate.words import HEDGES, NEGATORS, Word, roots, words_of

MOST_CLAUSES = 600
"""Clauses and fields of one request that are looked at; a page of prose has about fifty. Bounds the work."""
_MOST_DEPTH = 6
_MOST_CHARACTERS = 40_000

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|;\s*")
_CLAUSE = re.compile(
    r",?\s+(?:but|while|although|whereas|however)\s+|,\s+(?:and\s+)?(?=(?:they|it|she|he|we)\b)|,\s+and\s+(?=(?:the|their)\b)"
    r"|\s+and\s+(?=(?:they|it|she|he|we)\b)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-.]+")
_FREE_WORDS = 4
"""From so many words on, a field's value is also read as prose."""


@dataclass(frozen=True, slots=True)
class Field:
    """A named value: `place` as in the request, `label` its name in words."""

    place: str
    label: tuple[Word, ...]
    value: str

    @property
    def roots(self) -> frozenset[str]:
        return frozenset(word.root for word in self.label)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence with one statement in it."""

    place: str
    text: str
    words: tuple[Word, ...]

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset(word.root for word in self.words)


@dataclass(frozen=True)
class Known:
    """Everything given, ready to be asked. `names` are the words by which text may call the company or person."""

    fields: tuple[Field, ...] = ()
    clauses: tuple[Clause, ...] = ()
    job_title: str | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    cut: bool = False
    """Whether more was given than is looked at."""

    @cached_property
    def clauses_by_root(self) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for at, clause in enumerate(self.clauses):
            for root in clause.roots:
                found[root].add(at)
        return {root: frozenset(places) for root, places in found.items()}

    def clauses_with(self, wanted: Sequence[str]) -> Iterator[Clause]:
        """The clauses that hold all these roots, in order."""
        if not wanted:
            return
        shared = frozenset.intersection(*(self.clauses_by_root.get(one, frozenset()) for one in wanted))
        yield from (self.clauses[at] for at in sorted(shared))

    def clauses_with_any(self, wanted: frozenset[str]) -> Iterator[Clause]:
        """The clauses that hold one of these roots, in order."""
        places = {at for root in wanted for at in self.clauses_by_root.get(root, ())}
        yield from (self.clauses[at] for at in sorted(places))


def read_known(
    given: Mapping[str, str | None], context: Any, *, job_title: str | None, names: Sequence[str | None]
) -> Known:
    """Read the request's own fields and whatever its `runtimeContext` holds: text, or named values at any depth."""
    fields = [_field(name, name, value) for name, value in given.items() if value]
    clauses: list[Clause] = []
    for place, label, value in _leaves("runtimeContext", "", context, 0):
        if label:
            fields.append(_field(place, label, value))
        if not label or len(value.split()) >= _FREE_WORDS:
            clauses.extend(_clauses(place, value[:_MOST_CHARACTERS]))
    called = frozenset(word.root for name in names if name for word in words_of(name))
    cut = len(fields) > MOST_CLAUSES or len(clauses) > MOST_CLAUSES
    title = job_title or next((one.value for one in fields if one.roots == _TITLE_LABEL), None)
    return Known(tuple(fields[:MOST_CLAUSES]), tuple(clauses[:MOST_CLAUSES]), title, called, cut)


_TITLE_LABEL = frozenset(word.root for word in words_of("job title"))
_UNLABELLED = frozenset(
    {"", "all", "1", "2", "3", "4", "5", "6", "7", "text", "notes", "summary", "context", "description"}
)
"""Keys that name a place for prose rather than a fact."""


_FOREIGN = roots(
    "competitor customer client investor parent partner vendor supplier previous former past similar history other"
)
"""Objects under such a key tell of somebody else, or of another time."""


def is_current(field: Field) -> bool:
    """Whether the field's name says what is, not what was, may be, or holds for others."""
    return not field.roots & (_FOREIGN | HEDGES | NEGATORS)


def _leaves(place: str, label: str, value: Any, depth: int) -> Iterator[tuple[str, str, str]]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, Mapping):
        for key, one in value.items():
            if isinstance(one, Mapping | list) and roots(_CAMEL.sub(" ", str(key))) & _FOREIGN:
                continue
            yield from _leaves(f"{place}.{key}", str(key), one, depth + 1)
    elif isinstance(value, list):
        yield from _list_leaves(place, label, value, depth)
    elif value is not None and str(value).strip():
        told = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else str(value)
        yield place, "" if label.lower() in _UNLABELLED else label, told or ""


def _list_leaves(place: str, label: str, values: list[Any], depth: int) -> Iterator[tuple[str, str, str]]:
    """A list of short values is one value; of sentences or objects, each its own."""
    plain = [str(one) for one in values if isinstance(one, str | int | float) and not isinstance(one, bool)]
    if (
        label.lower() not in _UNLABELLED
        and len(plain) == len(values)
        and all(len(one.split()) < _FREE_WORDS for one in plain)
    ):
        yield place, label, ", ".join(plain)
        return
    for at, one in enumerate(values):
        yield from _leaves(f"{place}[{at}]", label, one, depth + 1)


def _field(place: str, name: str, value: str) -> Field:
    return Field(place, words_of(_CAMEL.sub(" ", name)), " ".join(value[:_MOST_CHARACTERS].split()))


def _clauses(place: str, text: str) -> Iterator[Clause]:
    for sentence in _SENTENCE.split(text):
        if sentence.rstrip().endswith("?"):
            continue  # a question says nothing
        for part in _CLAUSE.split(sentence):
            if words := words_of(part):
                yield Clause(place, " ".join(part.split()), words)
