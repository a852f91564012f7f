"""From wishes to a speaker: the evidence is added up, and shares of its exponentials are the scores.

    points(s) = the sum over all wishes of the points for speaker s
    score(s)  = exp(points(s)) / (exp(points of nobody) + sum over all speakers t of exp(points(t)))

Somebody is chosen when their score is at least `LEAST_SCORE` and ahead of the next by at least `LEAST_MARGIN`; the score is the confidence.
"""

import math
from collections.abc import Sequence

from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.amounts import answers_most, asks_most, measured, speaks_at
from setpiece.reports.targets.hints.belonging import described, of_department
from setpiece.reports.targets.hints.evidence import Evidence, Reason
from setpiece.reports.targets.hints.heard import Heard, hear
from setpiece.reports.targets.hints.lexicon.cue import Side
from setpiece.reports.targets.hints.lexicon.roles import Role
from setpiece.reports.targets.hints.reading import read_hint
from setpiece.reports.targets.hints.sides import on_side
from setpiece.reports.targets.hints.topics import spoke_of
from setpiece.reports.targets.hints.wishes import (
    CalledWish,
    DepartmentWish,
    Reading,
    RoleWish,
    TopicWish,
    Wish,
)
from setpiece.reports.targets.model import Candidate, Found
from setpiece.reports.targets.telling import percent, tell, whom

LEAST_SCORE = 0.6
LEAST_MARGIN = 0.3
"""Chosen on the develop half of examples/eval/targets.yaml."""
MOST_REASONS = 3
PART_OF_SELLING = 0.4
"""Of what tells a seller, for who presents: it is nearly always one of the sellers."""


async def find_by_hint(call: Call, hint: str, embedder: Embedder | None, language: str) -> Found:
    """The speaker whom a hint describes, or nobody with the reason."""
    sentences = hear(call)
    reading = read_hint(hint)
    if not call.people or not sentences:
        return Found(None, tell(language, "nobody"), 0.0, ())
    if not reading.wishes:
        return Found(None, _not_understood(reading, hint, language), 0.0, _even(call))
    evidence = [await _evidence(wish, call, sentences, embedder) for wish in reading.wishes]
    candidates = _scored(call, evidence, language)
    first, second = candidates[0], candidates[1].score if len(candidates) > 1 else 0.0
    if first.score < LEAST_SCORE or first.score - second < LEAST_MARGIN:
        return Found(None, _missed(call, candidates, evidence, hint, language), first.score, candidates)
    return Found(first.speaker, _why(call, first, reading, hint, language), first.score, candidates)


async def _evidence(
    wish: Wish, call: Call, sentences: Sequence[Heard], embedder: Embedder | None
) -> Evidence:
    found = await _affirmed(wish, call, sentences, embedder)
    return found.denied([one.speaker for one in call.people]) if wish.is_denied else found


async def _affirmed(
    wish: Wish, call: Call, sentences: Sequence[Heard], embedder: Embedder | None
) -> Evidence:
    match wish:
        case RoleWish(role):
            return _of_role(role, call, sentences)
        case DepartmentWish(department):
            return of_department(call, sentences, department)
        case CalledWish(words, is_origin):
            return described(call, sentences, words, is_origin=is_origin)
        case TopicWish(text, in_questions, is_first):
            return await spoke_of(sentences, text, embedder, in_questions=in_questions, is_first=is_first)


_SIDES = {
    Role.BUYS: Side.BUYS,
    Role.SELLS: Side.SELLS,
    Role.APPLIES: Side.APPLIES,
    Role.DECIDES: Side.DECIDES,
    Role.CALLS: Side.CALLS,
}


def _of_role(role: Role, call: Call, sentences: Sequence[Heard]) -> Evidence:
    speakers = [one.speaker for one in call.people]
    match role:
        case Role.ASKS:
            return asks_most(sentences, speakers)
        case Role.ANSWERS:
            return answers_most(sentences, speakers)
        case Role.INTERVIEWS:
            return _both(asks_most(sentences, speakers), on_side(call, sentences, Side.INTERVIEWS), speakers)
        case Role.PRESENTS:
            selling = on_side(call, sentences, Side.SELLS, PART_OF_SELLING)
            return _both(on_side(call, sentences, Side.SHOWS), selling, speakers)
        case Role.SPEAKS_FIRST | Role.SPEAKS_LAST:
            return speaks_at(sentences, last=role is Role.SPEAKS_LAST)
    return on_side(call, sentences, _SIDES[role]) if role in _SIDES else measured(call, role)


def _both(one: Evidence, other: Evidence, speakers: Sequence[int]) -> Evidence:
    for speaker in speakers:
        one.points_by_speaker[speaker] += other.points_by_speaker[speaker]
        one.reasons_by_speaker[speaker] += other.reasons_by_speaker[speaker]
    return one


def _scored(call: Call, evidence: Sequence[Evidence], language: str) -> tuple[Candidate, ...]:
    points = {
        one.speaker: sum(each.points_by_speaker[one.speaker] for each in evidence) for one in call.people
    }
    nobody = max(one.nobody for one in evidence)
    top = max(nobody, *points.values())
    whole = math.exp(nobody - top) + sum(math.exp(one - top) for one in points.values())
    ranked = sorted(points, key=lambda one: (-points[one], one))
    return tuple(
        Candidate(
            one, round(math.exp(points[one] - top) / whole, 4), _because(_reasons(one, evidence), language)
        )
        for one in ranked
    )


def _reasons(speaker: int, evidence: Sequence[Evidence]) -> list[Reason]:
    """The weightiest, those for the speaker first."""
    found = [reason for each in evidence for reason in each.reasons_by_speaker[speaker]]
    return sorted(found, key=lambda one: -one.weight)


def _because(reasons: Sequence[Reason], language: str) -> tuple[str, ...]:
    told = [tell(language, one.key, *one.values) for one in reasons if one.weight > 0]
    return tuple(dict.fromkeys(told))[:MOST_REASONS]


def _why(call: Call, first: Candidate, reading: Reading, hint: str, language: str) -> str:
    told = tell(language, "meant", whom(call, first.speaker, language), _quoted(hint), percent(first.score))
    told += "".join(f" {one}" for one in first.because)
    if reading.unjudged:
        told += " " + tell(language, "unjudged", ", ".join(reading.unjudged))
    return told


def _missed(
    call: Call, candidates: Sequence[Candidate], evidence: Sequence[Evidence], hint: str, language: str
) -> str:
    """What was looked for in vain, and how far everybody got."""
    nothing = next((one for one in evidence if one.missing and _is_empty(one)), None)
    reached = ", ".join(f"{whom(call, one.speaker, language)} {percent(one.score)}" for one in candidates[:3])
    told = tell(language, "unclear", _quoted(hint), reached, percent(LEAST_SCORE))
    return f"{tell(language, *nothing.missing)} {told}" if nothing and nothing.missing else told


def _is_empty(one: Evidence) -> bool:
    return max(one.points_by_speaker.values(), default=0.0) <= one.nobody


def _not_understood(reading: Reading, hint: str, language: str) -> str:
    if reading.numbered:
        return tell(language, "numbered", reading.numbered)
    if reading.unjudged:
        return tell(language, "only_unjudged", ", ".join(reading.unjudged))
    return tell(language, "not_understood", _quoted(hint))


def _even(call: Call) -> tuple[Candidate, ...]:
    return tuple(Candidate(one.speaker, 0.0) for one in call.people)


def _quoted(hint: str) -> str:
    shown = " ".join(hint.split())
    return shown if len(shown) <= 80 else shown[:79] + "…"
