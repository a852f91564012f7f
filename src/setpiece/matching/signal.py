"""What a signal is, and the scene it looks at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from setpiece.library.titles.domains import host_of
from setpiece.library.titles.parse import Title, parse_title
from setpiece.library.titles.words import content_words
from setpiece.matching.model import Kind, PlaybookCandidate, Prospect, Similar

Candidate = TypeVar("Candidate")


@dataclass(frozen=True, slots=True)
class Measure(Generic[Candidate]):
    """A signal prepared for one choice.

    `value` gives 0..1 for a candidate; `note` a clause that says why in plain words, or an empty text. Notes are
    asked for only where a value above 0 is shown.
    """

    value: Callable[[Candidate], float]
    note: Callable[[Candidate], str]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known before candidates of one kind are compared.

    `fits` are the scores already given to candidates of other kinds, for the signals that follow links;
    `pinned` are the kinds that were not left to them.
    """

    prospect: Prospect
    title: Title
    host: str
    runtime_words: frozenset[str]
    selection_words: frozenset[str]
    company_words: frozenset[str]
    similar: Similar = field(default_factory=Similar)
    fits: Mapping[Kind, Mapping[str, float]] = field(default_factory=dict)
    offering_by_playbook: Mapping[str, str] = field(default_factory=dict)
    offerings_by_persona: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    named_plays: Mapping[str, float] = field(default_factory=dict)
    """By offering: how well the person fits a playbook that names the company or a competitor; 0..1."""
    pinned: frozenset[Kind] = frozenset()
    playbook: PlaybookCandidate | None = None

    def fit(self, kind: Kind) -> Mapping[str, float]:
        return self.fits.get(kind, {})


@dataclass(frozen=True, slots=True)
class Signal(Generic[Candidate]):
    """One source of evidence.

    `open` prepares it for all candidates of one choice and returns the measure for each of them, or None when
    the prospect gives it nothing to go by; then it takes no part and its weight is not reachable.
    """

    name: str
    weight: float
    open: Callable[[Scene, Sequence[Candidate]], Measure[Candidate] | None]


def set_scene(prospect: Prospect, similar: Similar | None = None) -> Scene:
    """Read the prospect once for all signals."""
    known = (prospect.industry, prospect.company_size, prospect.location, prospect.company_facts)
    return Scene(
        prospect=prospect,
        title=parse_title(prospect.job_title or ""),
        host=host_of(prospect.company_domain or ""),
        runtime_words=content_words(prospect.runtime_context or ""),
        selection_words=content_words(prospect.selection_context or ""),
        company_words=content_words(" ".join(text for text in known if text)),
        similar=similar or Similar(),
    )
