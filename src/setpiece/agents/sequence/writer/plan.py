"""Decides what each email is for and which facts it uses; no fact is used twice in a sequence.

Emails are filled in rounds: first what each is about, then what it needs, then what makes it fuller, so that a
library with few facts gives every email its own before any email gets a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from setpiece.agents.sequence.writer.instruct import Directives, Instructed
from setpiece.agents.sequence.writer.jobs import (
    EXTRA_ROLES,
    MIDDLE_BY_WORTH,
    MIDDLE_IN_ORDER,
    RECIPES,
    Job,
    Slot,
)
from setpiece.agents.sequence.writer.kinship import RELATED, Kinship
from setpiece.agents.sequence.writer.model import Brief, FactRole, Goal, Length, SequenceType, Tone
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import PlannedEmail, Pool, holds_any, is_allowed, nearness
from setpiece.agents.sequence.writer.shape import Shape

WORD_BOUNDS: Mapping[Length, tuple[int, int]] = {
    Length.SHORT: (30, 60),
    Length.MEDIUM: (50, 90),
    Length.LONG: (80, 140),
}
"""Fewest and most words from greeting to call to action, by what senders measured; fewest only if facts allow."""

_LONGEST_OPENING = 3
_MOST_FACTS = 8
_FACT_WORDS = 12  # of a typical fact
_ASK_WORDS = 11  # of a goal asked about, so that the question stays short


def is_answer(phrase: Phrase) -> bool:
    """Whether an OBJECTION fact answers a worry instead of stating it."""
    return phrase.role is FactRole.OBJECTION and phrase.fact.source.field == "reframeAndResponse"


def plan_sequence(
    brief: Brief,
    phrases: Mapping[FactRole, Sequence[Phrase]],
    step_context: Mapping[int, Sequence[Phrase]],
    instructed: Instructed,
    kinship: Kinship,
) -> list[PlannedEmail]:
    """The emails that have something to say, in order and with their phrases; there may be fewer than asked for."""
    pool = Pool(phrases, kinship)
    emails = _emails_with_leads(brief, pool, instructed)
    for email in emails:
        _add_context(email, pool, step_context.get(email.step, ()))
    for email in emails:
        _fill(email, pool, needed=True)
    for round_ in range(3):
        for email in emails:
            _fill(email, pool, needed=False, at=round_)
    for _ in range(_MOST_FACTS):
        for email in emails:
            _lengthen(email, pool)
    for email in emails:
        _add_ask(email, pool, brief)
        _add_ps(email, pool, brief.style.include_ps)
    return emails


def bounds_for(brief: Brief, directives: Directives, step: int) -> tuple[int, int]:
    """Fewest and most words of an email. MIXED is medium for the first email, then short and medium in turn."""
    length = directives.length or brief.style.length
    if length is Length.MIXED:
        length = Length.SHORT if step % 2 == 0 else Length.MEDIUM
    low, high = WORD_BOUNDS[length]
    if directives.max_words is not None:
        high = directives.max_words
        low = min(low, high)
    return low, high


def _emails_with_leads(brief: Brief, pool: Pool, instructed: Instructed) -> list[PlannedEmail]:
    count = max(1, min(brief.style.num_emails, 7))
    emails: list[PlannedEmail] = []
    for job in _jobs(brief, pool, count):
        email = _lead(_new_email(brief, instructed, len(emails) + 1, job), pool)
        email = email or _lead(_new_email(brief, instructed, len(emails) + 1, Job.MORE), pool)
        if email is not None:
            _add_preferred(email, pool)
            emails.append(email)
    return emails


def _new_email(brief: Brief, instructed: Instructed, step: int, job: Job) -> PlannedEmail:
    directives = instructed.at(step)
    return PlannedEmail(step, job, bounds_for(brief, directives, step), directives)


def _jobs(brief: Brief, pool: Pool, count: int) -> list[Job]:
    """The jobs of a sequence: open a problem first, close last, and in between what the facts are good for."""
    first = (
        Job.GOAL
        if brief.style.sequence_type is SequenceType.INBOUND and pool.has(FactRole.OBJECTIVE)
        else Job.PROBLEM
    )
    last = [Job.CLOSE] if count >= 3 else []
    room = count - 1 - len(last)
    able = [job for job in MIDDLE_BY_WORTH if job is not first and _is_able(job, pool)]
    middle = able[:room] + [Job.MORE] * max(0, room - len(able))
    return [first, *sorted(middle, key=MIDDLE_IN_ORDER.index), *last]


def _is_able(job: Job, pool: Pool) -> bool:
    if job is Job.OBJECTION:
        return _answered_worry(pool) is not None
    wanted = [slot for slot in RECIPES[job] if slot.leads or slot.needed]
    return all(any(pool.has(role) for role in slot.roles) for slot in wanted)


def _answered_worry(pool: Pool) -> tuple[Phrase, Phrase] | None:
    """A worry and an answer of the same entity: a worry is not raised without an answer."""
    answer = pool.find(FactRole.OBJECTION, is_answer)
    if answer is None:
        return None
    oid = answer.fact.source.oid
    worry = pool.find(FactRole.OBJECTION, lambda p: not is_answer(p) and p.fact.source.oid == oid)
    return None if worry is None else (worry, answer)


def _lead(email: PlannedEmail, pool: Pool) -> PlannedEmail | None:
    if email.job is Job.OBJECTION:
        return _lead_objection(email, pool)
    slot = next(slot for slot in RECIPES[email.job] if slot.leads)
    phrase = pool.take_lead(slot, email)
    if phrase is None:
        return None
    email.lead = phrase
    email.add(slot.section, phrase)
    return email


def _lead_objection(email: PlannedEmail, pool: Pool) -> PlannedEmail | None:
    pair = _answered_worry(pool)
    if pair is None or not all(is_allowed(phrase, email.directives) for phrase in pair):
        return None
    for section, phrase in zip(("opening", "body"), pair, strict=True):
        pool.drop(phrase)
        email.add(section, phrase)
    email.lead = pair[0]
    return email


def _add_preferred(email: PlannedEmail, pool: Pool) -> None:
    """Facts asked for by name ("mention X") that the recipe did not pick."""
    for term in email.directives.prefer:
        only = replace(email.directives, prefer=(term,))
        if any(holds_any(phrase, (term,)) for phrase in (*email.opening, *email.body)):
            continue
        probe = replace(email, directives=only, opening=list(email.opening), body=list(email.body))
        found = next(
            (
                phrase
                for role in EXTRA_ROLES["body"]
                if (phrase := _find(pool, role, term, probe)) is not None
            ),
            None,
        )
        if found is not None:
            pool.drop(found)
            email.body.append(found)


def _find(pool: Pool, role: FactRole, term: str, email: PlannedEmail) -> Phrase | None:
    return pool.find(
        role, lambda p: holds_any(p, (term,)) and email.fits(p) and is_allowed(p, email.directives)
    )


def _add_context(email: PlannedEmail, pool: Pool, step_context: Sequence[Phrase]) -> None:
    """What is known of the person opens the first email (two facts at most); each later one gets one more."""
    own = [phrase for phrase in step_context if is_allowed(phrase, email.directives) and email.fits(phrase)]
    room = 2 if email.step == 1 else 1
    chosen = own[:room]
    while len(chosen) < room and (phrase := pool.take((FactRole.CONTEXT,), email)) is not None:
        chosen.append(phrase)
    email.opening[:0] = chosen


def _fill(email: PlannedEmail, pool: Pool, *, needed: bool, at: int = 0) -> None:
    slots = [slot for slot in RECIPES[email.job] if not slot.leads and slot.needed is needed]
    chosen: Sequence[Slot] = slots if needed else slots[at : at + 1]
    for slot in chosen:
        if not needed and slot.section == "body" and email.words >= email.bounds[0]:
            continue
        if slot.section == "opening" and len(email.opening) >= _LONGEST_OPENING:
            continue
        phrase = pool.take(slot.roles, email, at_least=0.0 if needed else _least(email))
        if phrase is not None:
            _place(email, slot, phrase)


def _least(email: PlannedEmail) -> float:
    """How near a further fact has to be: anything helps a bare email, or one that is to be long."""
    bare = len(email.body) < 2 and email.words < email.bounds[0] - _FACT_WORDS
    return 0.0 if bare or email.bounds[0] >= WORD_BOUNDS[Length.LONG][0] else RELATED


def _place(email: PlannedEmail, slot: Slot, phrase: Phrase) -> None:
    """A fact that explains comes before the proof it leads up to."""
    proofs = (FactRole.PROOF, FactRole.REFERENCE)
    if slot.section == "body" and phrase.role not in proofs:
        at = next((at for at, other in enumerate(email.body) if other.role in proofs), len(email.body))
        email.body.insert(at, phrase)
    else:
        email.add(slot.section, phrase)


def _lengthen(email: PlannedEmail, pool: Pool) -> None:
    spare = (
        4 if email.bounds[0] >= WORD_BOUNDS[Length.LONG][0] else 10
    )  # long emails lose more to joined sentences
    if email.words >= email.bounds[0] + email.bounds[0] // spare or len(email.body) >= _MOST_FACTS:
        return
    phrase = pool.take(EXTRA_ROLES["body"], email, at_least=_least(email))
    if phrase is not None:
        _place(email, Slot("body", ()), phrase)
    elif email.words < email.bounds[0] and len(email.opening) < 2 and email.job is not Job.GOAL:
        more = pool.take(EXTRA_ROLES["opening"], email, at_least=RELATED if email.body else 0.0)
        email.opening += [more] if more is not None else []


def _add_ask(email: PlannedEmail, pool: Pool, brief: Brief) -> None:
    """A goal near to the email's subject, to ask about; the first email asks about the company when it is known."""
    open_ = brief.style.goal is Goal.INITIATE_CONVERSATION and brief.style.tone in {Tone.PLAIN, Tone.FRIENDLY}
    if not open_ or email.job is Job.CLOSE or (email.step == 1 and brief.recipient.company_name):
        return
    near = partial(nearness, email, pool.kinship)
    fitting = [
        phrase
        for phrase in pool.left(FactRole.OBJECTIVE)
        if phrase.shape in {Shape.BARE, Shape.GERUND}
        and phrase.words <= _ASK_WORDS
        and is_allowed(phrase, email.directives)
    ]
    best = max(fitting, key=near, default=None)
    if best is not None and near(best) >= RELATED / 2:
        pool.drop(best)
        email.ask = best


def _add_ps(email: PlannedEmail, pool: Pool, by_default: bool) -> None:
    wanted = email.directives.ps if email.directives.ps is not None else by_default
    if wanted:
        roles = (
            FactRole.PROOF,
            FactRole.BENEFIT,
            FactRole.DIFFERENTIATOR,
            FactRole.CAPABILITY,
            FactRole.ATTACHED,
        )
        email.ps = pool.take(roles, email, fits=False)
