"""`plan` and `write`: from a brief to a plan, and from there to a draft. Shape, plan, put into words, check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from setpiece.agents.sequence.writer.bounds import is_hard, is_short, reading_grade, within_bounds
from setpiece.agents.sequence.writer.check import allowed_numbers, is_unprintable, numbers_in, problem_with
from setpiece.agents.sequence.writer.clean import clean_name, count_words, longest_sentence
from setpiece.agents.sequence.writer.detect import hear
from setpiece.agents.sequence.writer.instruct import read_instructions
from setpiece.agents.sequence.writer.join import Line
from setpiece.agents.sequence.writer.kinship import Relatedness, kinship_of
from setpiece.agents.sequence.writer.letter import greeting, signature
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    Draft,
    DraftEmail,
    FactRole,
    Part,
    SectionName,
    Sections,
    Tone,
)
from setpiece.agents.sequence.writer.notes import (
    hard_note,
    missing_note,
    short_note,
    unmet_wishes_note,
    unusable_note,
)
from setpiece.agents.sequence.writer.outside import is_refused
from setpiece.agents.sequence.writer.phrase import Phrase, phrases_of
from setpiece.agents.sequence.writer.plan import emails_wanted, plan_sequence
from setpiece.agents.sequence.writer.planned import EmailPlan, PlannedFact, SequencePlan
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.realise import Realiser
from setpiece.agents.sequence.writer.subject import choose_subject
from setpiece.agents.sequence.writer.tongues import TONGUES
from setpiece.agents.sequence.writer.tongues.tongue import Tongue
from setpiece.agents.sequence.writer.voice import Voice

_PARAGRAPH_WORDS = 40


@dataclass(frozen=True, slots=True)
class Prepared:
    """A brief made ready: its language, its phrases, the emails planned, and what there is to say about it."""

    brief: Brief
    tongue: Tongue
    voice: Voice
    related: Relatedness
    emails: Sequence[PlannedEmail]
    notes: Sequence[str]


@dataclass(slots=True)
class _Sequence:
    """What must stay unique over the emails of one sequence, and the numbers it may print."""

    said: set[str]
    subjects: dict[str, str]
    numbers: frozenset[str]


def plan(brief: Brief, related: Relatedness | None = None) -> SequencePlan:
    """What each email would be for and which facts it would use. `write` follows it, leaving a fact out where it must."""
    prepared = prepare(brief, related)
    emails = tuple(_plan_of(email) for email in prepared.emails)
    notes = [*missing_note(len(emails), brief), *prepared.notes]
    return SequencePlan(prepared.tongue.code, emails, tuple(dict.fromkeys(notes)))


def write(brief: Brief, related: Relatedness | None = None) -> Draft:
    """The emails of a sequence, each sentence about the offering or the reader tied to a fact.

    An email without a fact is not written: with fewer facts the draft has fewer emails, and a note says so; with
    none it has no email. The same brief gives the same draft.
    """
    prepared = prepare(brief, related)
    realiser = Realiser(prepared.brief, prepared.tongue, prepared.voice, prepared.related)
    unique = _Sequence(set(), {}, allowed_numbers(prepared.brief))
    emails: list[DraftEmail] = []
    hard: list[tuple[int, float]] = []
    short: list[int] = []
    for at, email in enumerate(prepared.emails):
        lines = _passing(realiser.lines(email, at == len(prepared.emails) - 1), prepared, email, unique)
        hello = _greeting(prepared, email)
        lines = within_bounds(lines, email, prepared.tongue, hello)
        if any(line.claims for line in lines):
            emails.append(_assemble(prepared, email, lines, unique))
            if is_hard(lines, email, prepared.tongue):
                hard.append((len(emails), reading_grade(lines, prepared.tongue)))
            if is_short(lines, email, hello):
                short.append(len(emails))
    if brief.style.same_cta and emails:
        emails = [_with_cta(email, emails[0].sections.cta) for email in emails]
    ended = missing_note(len(emails), brief) or short_note(short, _fewest(prepared, short))
    notes = dict.fromkeys([*ended, *prepared.notes, *hard_note(hard, brief.style.craft.grade[1])])
    return Draft(tuple(emails), tuple(notes), prepared.tongue.code)


def prepare(brief: Brief, related: Relatedness | None = None) -> Prepared:
    """Everything that is settled before words: for `plan`, for `write`, and for a language model in its place."""
    heard = hear(brief)
    tongue = TONGUES[heard.language]
    brief = replace(
        brief, offering_name=clean_name(brief.offering_name) or tongue.our_offer, facts=heard.facts
    )
    instructed = read_instructions(brief.instructions, emails_wanted(brief))
    voice = Voice.of(brief)
    phrases, step_context, lost = _phrases(brief, tongue, voice)
    texts = (one.text for found in (*phrases.values(), *step_context.values()) for one in found)
    related = related or kinship_of(tuple(texts))
    emails = plan_sequence(brief, phrases, step_context, instructed, related, tongue.grade_of)
    notes = [*instructed.notes, *unmet_wishes_note(instructed, phrases), *heard.notes, *unusable_note(lost)]
    return Prepared(brief, tongue, voice, related, emails, notes)


def _plan_of(email: PlannedEmail) -> EmailPlan:
    facts = tuple(
        PlannedFact(part, phrase.role, phrase.fact, phrase.fact_text)
        for part in Part
        for phrase in email.of(part)
    )
    return EmailPlan(email.step, email.job, email.goal, email.bounds, facts)


def _phrases(
    brief: Brief, tongue: Tongue, voice: Voice
) -> tuple[Mapping[FactRole, Sequence[Phrase]], Mapping[int, Sequence[Phrase]], int]:
    phrases: dict[FactRole, list[Phrase]] = {}
    unusable = 0
    for role in FactRole:
        found, lost = phrases_of(role, brief.facts.get(role, ()), voice, tongue.to_phrase)
        phrases[role] = [
            one for one in found if not (is_unprintable(one.text, brief) or is_refused(one, brief))
        ]
        unusable += lost + len(found) - len(phrases[role])
    steps: dict[int, list[Phrase]] = {}
    for step, facts in brief.step_context.items():
        found, lost = phrases_of(FactRole.CONTEXT, facts, voice, tongue.to_phrase)
        steps[step] = [one for one in found if not is_refused(one, brief)]
        unusable += lost + len(found) - len(steps[step])
    return phrases, steps, unusable


def _fewest(prepared: Prepared, short: Sequence[int]) -> int:
    return max((email.bounds[0] for email in prepared.emails if email.step in short), default=0)


def _passing(lines: list[Line], prepared: Prepared, email: PlannedEmail, unique: _Sequence) -> list[Line]:
    """The lines that may be sent: no broken rule, and not said before in the sequence."""
    directives, style = email.directives, email.style
    quoted = [
        directives.cta,
        directives.subject,
        directives.signed_as,
        directives.sign_off,
        style.cta,
        style.subject,
    ]
    numbers = unique.numbers.union(*(numbers_in(text) for text in quoted if text))
    longest = style.craft.sentence_words
    kept: list[Line] = []
    for line in lines:
        key = line.text.casefold()
        repeated = key in unique.said and line.section != "cta"
        too_long = bool(line.claims) and longest_sentence(line.text) > longest
        if (
            repeated
            or too_long
            or problem_with(line.text, prepared.brief, numbers)
            or _is_avoided(line, email)
        ):
            continue
        unique.said.add(key)
        kept.append(line)
    return kept


def _is_avoided(line: Line, email: PlannedEmail) -> bool:
    text = line.text.casefold()
    return bool(line.claims) and any(term.casefold() in text for term in email.directives.avoid)


def _assemble(prepared: Prepared, email: PlannedEmail, lines: list[Line], unique: _Sequence) -> DraftEmail:
    tongue, directives = prepared.tongue, email.directives
    subject, claim = _subject(prepared, email, lines, unique)
    tone = Tone(directives.tone or email.style.tone)
    claims = tuple(claim for line in lines for claim in line.claims)
    line = _greeting(prepared, email)
    return DraftEmail(
        subject=subject,
        core_value_prop=_core_value_prop(lines),
        sections=Sections(
            greeting=(line,) if line else (),
            opening=_paragraphs(lines, "opening"),
            body=_paragraphs(lines, "body"),
            closing=_paragraphs(lines, "closing"),
            cta=_paragraphs(lines, "cta"),
            ps=_paragraphs(lines, "ps"),
            signature=signature(tongue, email.sender, tone, directives.sign_off, directives.signed_as),
        ),
        claims=claims + ((claim,) if claim else ()),
    )


def _greeting(prepared: Prepared, email: PlannedEmail) -> str:
    if not email.directives.greeting:
        return ""
    tone = Tone(email.directives.tone or email.style.tone)
    return greeting(prepared.tongue, prepared.brief, tone, email.style.greeting)


def _with_cta(email: DraftEmail, cta: tuple[str, ...]) -> DraftEmail:
    return replace(email, sections=replace(email.sections, cta=cta))


def _subject(
    prepared: Prepared, email: PlannedEmail, lines: list[Line], unique: _Sequence
) -> tuple[str, Claim | None]:
    """The subject, and its claim when it names a fact; one subject for all when the settings want that."""
    style = prepared.brief.style
    shared = style.same_subject or not style.unique_subjects
    if unique.subjects and shared and not email.directives.subject:
        return next(iter(unique.subjects.values())), None
    said = [line.phrase for line in lines if line.phrase is not None and line.section in {"opening", "body"}]
    subject, named = choose_subject(email, said, prepared.brief, prepared.tongue, frozenset(unique.subjects))
    unique.subjects.setdefault(subject.casefold(), subject)
    if named is None:
        return subject, None
    words, source = named
    return subject, Claim(subject, "subject", source, words)


def _core_value_prop(lines: list[Line]) -> str:
    """The sentence that says what the email offers: the first of the body, else of the opening."""
    stated = [line for line in lines if line.claims]
    body = [line.text for line in stated if line.section == "body"]
    return (body or [line.text for line in stated] or [""])[0]


def _paragraphs(lines: list[Line], section: SectionName) -> tuple[str, ...]:
    """The sentences of a section in paragraphs of at most 40 words."""
    paragraphs: list[list[str]] = []
    for line in (line for line in lines if line.section == section):
        if (
            not paragraphs
            or line.apart
            or count_words(" ".join(paragraphs[-1])) + count_words(line.text) > _PARAGRAPH_WORDS
        ):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    return tuple(" ".join(sentences) for sentences in paragraphs)
