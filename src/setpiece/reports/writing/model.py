"""What is asked of a report, what it is made of while it is written, and what comes out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.reports.moments import Said, Topic

Language = Literal["en", "es", "pt"]
LEAST_SPEECH_S = 30.0
"""Below this much speech of the speaker nothing is said of them: the issue's bound."""


class Template(StrEnum):
    SALES_PLAYBOOK = "sales_playbook"
    GENERAL_REPORT = "general_report"


@dataclass(frozen=True, slots=True)
class LibraryFact:
    """Something that the library says of the offering and that may be told to a buyer.

    Attributes:
        kind: The library kind, such as `objection`.
        field: The field it stands in, such as `reframeAndResponse`.
        about: What the entry is about, for an objection its concern: compared with what was said, never printed.
    """

    kind: str
    name: str
    field: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted.

    Attributes:
        language: Of the report; quotations stay as they were said.
        title: Stands over the report; None for the template's own.
        library: Facts of one offering; empty when none is known.
    """

    template: Template
    language: Language = "en"
    title: str | None = None
    library: tuple[LibraryFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """Who may be asked for help. Without any, rules find the moments and the embedded writer writes."""

    embedder: Embedder | None = None
    llm: ConfiguredModel | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A report.

    Attributes:
        document: The `json` of the contract.
        markdown: The same content.
        evidence: For the summary and each section key what its statements rest on.
        notes: What whoever asked should know of how it was made; empty when nothing is out of the ordinary.
    """

    document: Mapping[str, Any]
    markdown: str
    evidence: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Something to say: a frame of the language, and what fills it.

    Attributes:
        quotes: Fill the slots `q`, `q2`, `q3` with the words and the time.
        cites: Fill the slots `at`, `at2` with the time alone; they may have been quoted before.
        words: Fill slots of their own names with words that were said, such as `amount`.
        measures: Fill slots of their own names; each is a number of the speaker's measures by its name there.
        title: The frame of an action's title; actions only.
    """

    frame: str
    quotes: tuple[Said, ...] = ()
    cites: tuple[Said, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    rules: tuple[str, ...] = ()
    facts: tuple[LibraryFact, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A point in words."""

    text: str
    point: Point
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report; without statements its `nothing` says so.

    Attributes:
        phrases: Of the traits section only, exactly three.
    """

    key: str
    kind: Literal["paragraph", "traits", "actions"]
    title: str
    statements: tuple[Statement, ...]
    nothing: str = ""
    nothing_title: str = ""
    phrases: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        return " ".join(one.text for one in self.statements) or self.nothing
