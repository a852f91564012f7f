"""Every section of a qualification: its candidates, each scored, the highest first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.agents.qualify.evaluate.answer import answer_any, answer_question
from setpiece.agents.qualify.evaluate.known import Known
from setpiece.agents.qualify.evaluate.verdict import Verdict
from setpiece.agents.qualify.questions import questions_of
from setpiece.agents.qualify.scoring import Fit, Qualification, Question, answered, fit_of, qualify
from setpiece.agents.sequence.candidates import Loaded
from setpiece.library.model import Entity
from setpiece.matching.model import Candidates, Choice, Kind, Named, Pins, Settings
from setpiece.matching.pools import Pool, open_playbooks, open_pool

MOST_QUESTIONS = 2_000
"""Questions answered in one run: with the request's bound of clauses about a second. Candidates that matching ranks
first come first, and `message` says when it was not enough."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of a section: its entity, its place in matching's order, its questions, and its title fit if known."""

    entity: Entity
    rank: int
    questions: tuple[Question, ...]
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What can be chosen of one kind; `closed` says why nothing can."""

    kind: Kind
    candidates: tuple[Candidate, ...]
    closed: str | None = None
    left_out: int = 0
    """Candidates without a place under MOST_QUESTIONS."""


@dataclass(frozen=True, slots=True)
class Scored:
    candidate: Candidate
    qualification: Qualification


def open_sections(
    loaded: Loaded, choice: Choice, settings: Settings, kinds: Sequence[Kind], *, titled: bool
) -> tuple[Section, ...]:
    """The sections wanted, as the agent's settings leave them; `titled` when a job title is known."""
    pools = _pools(loaded.candidates, settings)
    budget = MOST_QUESTIONS
    sections = []
    for kind in kinds:
        section = _section(pools[kind], _View(loaded.entities, choice, titled), budget)
        budget -= sum(len(one.questions) for one in section.candidates)
        sections.append(section)
    return tuple(sections)


def score_section(section: Section, known: Known) -> tuple[Scored, ...]:
    """The highest balance first; equals in matching's order, then in the library's."""
    kept: dict[Question, Verdict] = {}
    scored = [Scored(one, _qualified(one, _asking(known, kept))) for one in section.candidates]
    return tuple(
        sorted(
            scored,
            key=lambda one: (
                -one.qualification.balance,
                bool(one.qualification.disqualifying),
                one.candidate.rank,
            ),
        )
    )


def _qualified(candidate: Candidate, ask: Callable[[Question], Verdict]) -> Qualification:
    return qualify([answered(question, ask(question)) for question in candidate.questions], candidate.fit)


def _asking(known: Known, kept: dict[Question, Verdict]) -> Callable[[Question], Verdict]:
    """Many candidates ask the same: it is answered once."""

    def ask(question: Question) -> Verdict:
        if question not in kept:
            told = question.alternatives
            kept[question] = answer_any(told, known) if told else answer_question(question.text, known)
        return kept[question]

    return ask


def _pools(candidates: Candidates, settings: Settings) -> Mapping[Kind, Pool[Named]]:
    none = Pins()
    pools: dict[Kind, Pool[Named]] = {
        Kind.OFFERING: open_pool(Kind.OFFERING, tuple[Named, ...](candidates.offerings), none, settings),
        Kind.SEGMENT: open_pool(Kind.SEGMENT, tuple[Named, ...](candidates.segments), none, settings),
        Kind.PERSONA: open_pool(Kind.PERSONA, tuple[Named, ...](candidates.personas), none, settings),
    }
    playbooks = open_playbooks(candidates, none, settings)
    pools[Kind.PLAYBOOK] = Pool(
        Kind.PLAYBOOK, playbooks.candidates, playbooks.pinned, closed=playbooks.closed
    )
    return pools


@dataclass(frozen=True, slots=True)
class _View:
    """What candidates are made from."""

    entities: Mapping[UUID, Entity]
    choice: Choice
    titled: bool


def _section(pool: Pool[Named], view: _View, budget: int) -> Section:
    if pool.closed:
        return Section(pool.kind, (), pool.closed)
    allowed = (pool.pinned,) if pool.pinned else pool.candidates
    found = list(_candidates(pool.kind, allowed, view))
    found.sort(key=lambda one: one.rank)
    kept: list[Candidate] = []
    for one in found:
        budget -= len(one.questions)
        if budget < 0:
            break
        kept.append(one)
    closed = None if found else f"There is no {pool.kind} in the library."
    return Section(pool.kind, tuple(kept), closed, len(found) - len(kept))


def _candidates(kind: Kind, allowed: Sequence[Named], view: _View) -> Iterator[Candidate]:
    scores = _matching_scores(view.choice, kind)
    places = {one: at for at, one in enumerate(scores)}
    for at, one in enumerate(allowed):
        entity = view.entities[UUID(one.id)]
        # Matching tells the ten best; whoever is not among them fits worse than all of them.
        fit = fit_of(scores.get(one.id, 0.0)) if kind is Kind.PERSONA and view.titled else None
        yield Candidate(entity, places.get(one.id, len(places) + at), tuple(questions_of(entity)), fit)


def _matching_scores(choice: Choice, kind: Kind) -> dict[str, float]:
    """The score of each candidate that matching shows, the chosen one first, then in its order."""
    pick, unchosen = getattr(choice, kind.value), choice.unchosen.get(kind)
    ranked = list(pick.ranked if pick else unchosen.ranked if unchosen else ())
    ranked.sort(key=lambda one: pick is None or one.id != pick.id)
    return {one.id: one.score for one in ranked}
