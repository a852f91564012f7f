"""The values of one entity from its sources, each with the place it was taken from."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from setpiece.agents.extraction.assign import FieldReader, reader_for
from setpiece.agents.extraction.lines import Statement, statements, title_in
from setpiece.agents.extraction.rules import LABEL_BY_WORDS, PROOF_TYPES
from setpiece.agents.sequence.writer.clean import clean_text, count_words
from setpiece.agents.sequence.writer.finite import find_finite, tokens_of
from setpiece.library.kind import Kind, Shape

MOST_VALUES = 12
"""Of one field. What stands further down a source is rarely read, and never said in an email."""
_DESCRIPTION_WORDS = range(6, 41)
_POINTING = frozenset(["they", "it", "this", "that", "these", "those", "he", "she", "we", "you", "i"])
"""A sentence that begins with one of these needs the one before it."""
_LONGEST_NAME = 120
_TITLE_PARTS = re.compile(r"\s+[|–—·]\s+|\s+-\s+")


@dataclass(frozen=True, slots=True)
class Text:
    """One source, read: a text that was given, or a page's text with its title.

    Attributes:
        number: Its place among the sources that were given, from 0.
        only_for: The field that everything in it is for, when the request says so.
    """

    number: int
    text: str
    title: str = ""
    only_for: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: field and index in the entity, source, and the statement as it is there."""

    field: str
    index: int | None
    source: int
    sentence: str


@dataclass(slots=True)
class Extracted:
    """What was found. `unused` counts the statements that no rule was sure of."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)
    unused: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.origins


def name_in(kind: Kind, texts: Sequence[Text]) -> str | None:
    """What the sources call the thing: the first title of a page or text, without the site's own name behind a bar."""
    heads = reader_for(kind).heads_a_field
    for one in texts:
        if one.only_for is None and (found := one.title or title_in(one.text, heads)):
            return _TITLE_PARTS.split(clean_text(found))[0][:_LONGEST_NAME].strip() or None
    return None


def extract(kind: Kind, texts: Sequence[Text], name: str) -> Extracted:
    """The kind's fields as far as the sources speak for them; every value is a sentence or an item of a source."""
    reader, found = reader_for(kind), _Found(kind)
    for one in texts:
        for statement in statements(one.text, reader.heads_a_field):
            found.take(one, statement, _field_of(reader, one, statement, name))
    return found.finish()


def _field_of(reader: FieldReader, source: Text, statement: Statement, name: str) -> str | None:
    return source.only_for or reader.field_of(statement, (name,))


class _Found:
    """Values while they are gathered."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._shapes = {one.name: one.shape for one in kind.fields}
        self._texts: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        self._labels: dict[str, list[str]] = defaultdict(list)
        self._label_origins: list[Origin] = []
        self._first: tuple[str, int] | None = None
        self._said: set[str] = set()
        self._unused = 0

    def take(self, source: Text, statement: Statement, name: str | None) -> None:
        if self._first is None and source.only_for is None and _describes(statement):
            self._first = statement.text, source.number
        if self._is_label(source, statement):
            return
        kept = [
            value
            for value in _values(name, statement)
            if name
            and self._shapes.get(name) in (Shape.TEXT, Shape.TEXTS)
            and value.casefold() not in self._said
        ]
        for value in kept if name else ():
            self._said.add(value.casefold())
            self._texts[name or ""].append((value, source.number, statement.text))
        self._unused += not kept

    def _is_label(self, source: Text, statement: Statement) -> bool:
        """A line such as `Industry: Software, Clinics`, for kinds whose values stand under labels."""
        field_name = next(
            (name for name, shape in self._shapes.items() if shape is Shape.TEXTS_BY_LABEL), None
        )
        label, _, rest = statement.text.partition(":")
        known = LABEL_BY_WORDS.get(label.strip().lower()) if field_name and rest else None
        if field_name is None or known is None:
            return False
        self._labels[known] += [part for part in (one.strip(" .") for one in rest.split(",")) if part]
        self._label_origins.append(Origin(f"{field_name}.{known}", None, source.number, statement.text))
        return True

    def finish(self) -> Extracted:
        found = Extracted(unused=self._unused)
        for name, values in self._texts.items():
            several = self._shapes[name] is Shape.TEXTS
            kept = values[:MOST_VALUES] if several else values[:1]
            found.values[name] = [value for value, _, _ in kept] if several else kept[0][0]
            found.origins += [
                Origin(name, index if several else None, source, sentence)
                for index, (_, source, sentence) in enumerate(kept)
            ]
            found.unused += len(values) - len(kept)
        self._add_labels(found)
        self._add_description(found)
        self._add_proof_type(found)
        return found

    def _add_labels(self, found: Extracted) -> None:
        if self._labels:
            name = next(name for name, shape in self._shapes.items() if shape is Shape.TEXTS_BY_LABEL)
            found.values[name] = {label: list(dict.fromkeys(some)) for label, some in self._labels.items()}
            found.origins += self._label_origins

    def _add_description(self, found: Extracted) -> None:
        """The first whole sentence of the sources is what the thing is, in one sentence."""
        if self._first is None:
            return
        text, source = self._first
        for name in ("description", *(["summary"] if "summary" in self._shapes else [])):
            if name not in found.values:
                found.values[name] = text
                found.origins.append(Origin(name, None, source, text))

    def _add_proof_type(self, found: Extracted) -> None:
        wordings = found.values.get("howWeTalkAboutThis")
        if self._kind.name == "proof-point" and wordings:
            found.values["type"] = proof_type(wordings[0])


def proof_type(wording: str) -> str:
    """What kind of proof a wording is."""
    return next((kind for kind, words in PROOF_TYPES if re.search(words, wording, re.IGNORECASE)), "other")


def _values(name: str | None, statement: Statement) -> list[str]:
    """The statement as values: job titles of one line stand apart."""
    text = statement.text.strip()
    if name == "commonJobTitles":
        return [part.strip(" .") for part in re.split(r",|;| or ", text) if part.strip(" .")]
    return [text]


def _describes(statement: Statement) -> bool:
    words = tokens_of(statement.text)
    return (
        not statement.is_item
        and count_words(statement.text) in _DESCRIPTION_WORDS
        and statement.text.endswith(".")
        and words[0] not in _POINTING
        and find_finite(words) is not None
    )


def shown_origins(found: Extracted) -> list[Mapping[str, Any]]:
    return [
        {"field": one.field, "index": one.index, "source": one.source, "sentence": one.sentence}
        for one in found.origins
    ]
