"""One kind's contest decided: the pinned one, or the best eligible one above the floor, with its explanation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from setpiece.library.titles.words import shown
from setpiece.matching.confidence import FLOOR, Cap, judge
from setpiece.matching.explain import explain, explain_pin
from setpiece.matching.model import Confidence, Named, Pick, Unchosen
from setpiece.matching.pools import Pool
from setpiece.matching.ranking import Scored, show

C = TypeVar("C", bound=Named)
D = TypeVar("D", bound=Named)


@dataclass(frozen=True, slots=True)
class Contest(Generic[C]):
    """What is needed to decide on one kind.

    `exclusions` give by id the sentence why a candidate does not go with what is chosen already. `below_floor`
    is the reason given when the best eligible score is too low; `caps_of` bounds the confidence in the best; the floor may not apply when nothing was known.
    """

    pool: Pool[C]
    ranked: tuple[Scored[C], ...]
    exclusions: Mapping[str, str] = field(default_factory=dict)
    caps_of: Callable[[Scored[C]], tuple[Cap, ...]] = lambda _: ()
    below_floor: str = ""
    floor_applies: bool = True
    none_eligible: str = ""
    """Why every candidate may be excluded; empty for a general sentence."""

    @property
    def eligible(self) -> list[Scored[C]]:
        return [one for one in self.ranked if one.candidate.id not in self.exclusions]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[C]):
    """The candidate taken, if any, and what is told of it."""

    result: Pick | Unchosen
    candidate: C | None = None


def pick(contest: Contest[C]) -> Outcome[C]:
    """The pinned candidate, else the first eligible one; nothing when none may or should be chosen."""
    if contest.pool.pinned is not None:
        return _take_pinned(contest, contest.pool.pinned)
    reason = contest.pool.closed or _why_none(contest)
    if reason is not None:
        return Outcome(Unchosen(reason, show(contest.ranked, contest.exclusions)))
    return _take_best(contest)


def follow(pool: Pool[C], ranked: Sequence[Scored[C]], followed: Scored[C], leader: Pool[D]) -> Outcome[C]:
    """The candidate that a pinned one of another kind brings with it."""
    name = leader.pinned.name if leader.pinned else ""
    analysis = (
        f"“{shown(followed.candidate.name)}” goes with the {leader.kind} “{shown(name)}”, "
        f"which was pinned by {leader.pinned_by}."
    )
    return Outcome(_pick(pool, ranked, followed, {}, Confidence.HIGH, analysis), followed.candidate)


def _why_none(contest: Contest[C]) -> str | None:
    kind, eligible = contest.pool.kind, contest.eligible
    if not contest.pool.candidates:
        return f"There is no {kind} in the library to choose from."
    floor = FLOOR.get(kind, 0.0)
    if contest.floor_applies and contest.below_floor and contest.ranked[0].score < floor:
        return contest.below_floor
    if not eligible:
        return contest.none_eligible or f"No {kind} goes with what was chosen before it."
    if contest.floor_applies and eligible[0].score < floor:
        return contest.below_floor + _better_excluded(contest, sentence=True)
    return None


def _take_pinned(contest: Contest[C], pinned: C) -> Outcome[C]:
    pool = contest.pool
    remark = contest.exclusions.get(pinned.id)
    remarks = [f"{remark} The pin was honoured all the same."] if remark else []
    analysis = explain_pin(pool.kind, pinned.name, pool.pinned_by or "", remarks)
    chosen = next(one for one in contest.ranked if one.candidate is pinned)
    result = _pick(pool, contest.ranked, chosen, contest.exclusions, Confidence.HIGH, analysis)
    return Outcome(result, pinned)


def _take_best(contest: Contest[C]) -> Outcome[C]:
    best, *others = contest.eligible
    runner_up = others[0].candidate.name if others else None
    margin = round(best.score - (others[0].score if others else 0.0), 4)
    better = _better_excluded(contest)
    limits = contest.caps_of(best)
    limits = (*limits, Cap(Confidence.LOW, better)) if better else limits
    verdict = judge(contest.pool.kind, best.score, margin, runner_up, limits)
    shown_best = show([best], {})[0]
    analysis = explain(shown_best, verdict, alone=not others)
    ranked, exclusions = contest.ranked, contest.exclusions
    return Outcome(
        _pick(contest.pool, ranked, best, exclusions, verdict.confidence, analysis), best.candidate
    )


def _better_excluded(contest: Contest[C], *, sentence: bool = False) -> str:
    """Says that somebody fits clearly better but does not go with the rest; empty when that is not so."""
    top, best = contest.ranked[0], contest.eligible[0]
    floor = FLOOR.get(contest.pool.kind)
    if floor is None or top.score < floor or top.score <= best.score:
        return ""
    reason = contest.exclusions[top.candidate.id]
    text = f"“{shown(top.candidate.name)}” fits better, but {reason[0].lower()}{reason[1:-1]}"
    return f" {text}." if sentence else text


def _pick(
    pool: Pool[C],
    ranked: Sequence[Scored[C]],
    chosen: Scored[C],
    exclusions: Mapping[str, str],
    confidence: Confidence,
    analysis: str,
) -> Pick:
    rivals = [one.score for one in ranked if one is not chosen and one.candidate.id not in exclusions]
    return Pick(
        id=chosen.candidate.id,
        name=chosen.candidate.name,
        ranked=show(ranked, exclusions, chosen.candidate.id),
        margin=round(chosen.score - max(rivals, default=0.0), 4),
        confidence=confidence,
        analysis=analysis,
        pinned_by=pool.pinned_by,
    )
