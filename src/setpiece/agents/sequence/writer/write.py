"""`write`: from a brief to a draft. Shape the facts, plan the emails, put them into words, check each sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from setpiece.agents.sequence.writer.check import allowed_numbers, is_unprintable, numbers_in, problem_with
from setpiece.agents.sequence.writer.clean import clean_name, count_words
from setpiece.agents.sequence.writer.instruct import Instructed, read_instructions
from setpiece.agents.sequence.writer.join import Line
from setpiece.agents.sequence.writer.kinship import Kinship
from setpiece.agents.sequence.writer.letter import greeting, signature
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    Draft,
    DraftEmail,
    FactRole,
    SectionName,
    Sections,
    Tone,
)
from setpiece.agents.sequence.writer.phrase import Phrase, Voice, phrases_of
from setpiece.agents.sequence.writer.plan import plan_sequence
from setpiece.agents.sequence.writer.pool import PlannedEmail, holds_any
from setpiece.agents.sequence.writer.realise import Realiser
from setpiece.agents.sequence.writer.subject import choose_subject

_PARAGRAPH_WORDS = 45


@dataclass(slots=True)
class _Sequence:
    """What must stay unique over the emails of one sequence, and the numbers it may print."""

    said: set[str]
    subjects: set[str]
    numbers: frozenset[str]


def write(brief: Brief) -> Draft:
    """The emails of a sequence, each sentence about the offering or the reader tied to a fact.

    An email without a fact is not written: with fewer facts the draft has fewer emails, and a note says so; with
    none it has no email. The same brief gives the same draft.
    """
    offering = clean_name(brief.offering_name) or "our offer"
    brief = replace(brief, offering_name=offering)
    count = max(1, min(brief.style.num_emails, 7))
    instructed = read_instructions(brief.instructions, count)
    phrases, step_context, notes = _prepare(brief)
    kinship = Kinship(phrase for found in (*phrases.values(), *step_context.values()) for phrase in found)
    planned = plan_sequence(brief, phrases, step_context, instructed, kinship)
    emails = _realise(brief, planned, Realiser(brief, kinship))
    notes = [*instructed.notes, *_unmet_wishes(instructed, phrases), *_missing(len(emails), count), *notes]
    return Draft(tuple(emails), tuple(dict.fromkeys(notes)))


def _prepare(
    brief: Brief,
) -> tuple[Mapping[FactRole, Sequence[Phrase]], Mapping[int, Sequence[Phrase]], list[str]]:
    voice = Voice.of(brief)
    phrases: dict[FactRole, list[Phrase]] = {}
    unusable = 0
    for role in FactRole:
        found, lost = phrases_of(role, brief.facts.get(role, ()), voice)
        phrases[role] = [phrase for phrase in found if not is_unprintable(phrase.text, brief)]
        unusable += lost + len(found) - len(phrases[role])
    steps: dict[int, list[Phrase]] = {}
    for step, facts in brief.step_context.items():
        steps[step], lost = phrases_of(FactRole.CONTEXT, facts, voice)
        unusable += lost
    return phrases, steps, _unusable_note(unusable)


def _unusable_note(count: int) -> list[str]:
    if not count:
        return []
    facts = "1 fact was" if count == 1 else f"{count} facts were"
    return [
        f"{facts} left out: too long for one sentence, a question, a note to the seller, or not in English script."
    ]


def _missing(written: int, wanted: int) -> list[str]:
    if written >= wanted:
        return []
    if not written:
        return [
            "No email was written: there is no usable fact. Add pain points to the persona and capabilities to the offering."
        ]
    return [f"{written} of {wanted} emails were written: there are no more facts that have not been used."]


def _unmet_wishes(instructed: Instructed, phrases: Mapping[FactRole, Sequence[Phrase]]) -> list[str]:
    wishes = {term for step in (instructed.for_all, *instructed.by_step.values()) for term in step.prefer}
    everything = [phrase for found in phrases.values() for phrase in found]
    unmet = sorted(term for term in wishes if not any(holds_any(phrase, (term,)) for phrase in everything))
    return [f"No fact mentions “{term[:80]}”, so it is not in the emails." for term in unmet]


def _realise(brief: Brief, planned: list[PlannedEmail], realiser: Realiser) -> list[DraftEmail]:
    unique = _Sequence(set(), set(), allowed_numbers(brief))
    emails: list[DraftEmail] = []
    for at, email in enumerate(planned):
        lines = _passing(realiser.lines(email, at == len(planned) - 1), brief, email, unique)
        lines = _within_bounds(lines, email)
        if any(line.claims for line in lines):
            emails.append(_assemble(brief, email, lines, unique))
    return emails


def _passing(lines: list[Line], brief: Brief, email: PlannedEmail, unique: _Sequence) -> list[Line]:
    """The lines that may be sent: no broken rule, and not said before in the sequence."""
    directives = email.directives
    quoted = [
        text
        for text in (directives.cta, directives.subject, directives.signed_as, directives.sign_off)
        if text
    ]
    numbers = unique.numbers.union(*(numbers_in(text) for text in quoted))
    kept: list[Line] = []
    for line in lines:
        key = line.text.casefold()
        repeated = key in unique.said and line.section != "cta"
        if repeated or problem_with(line.text, brief, numbers) or _is_avoided(line, email):
            continue
        unique.said.add(key)
        kept.append(line)
    return kept


def _is_avoided(line: Line, email: PlannedEmail) -> bool:
    return bool(line.claims) and any(
        term.casefold() in line.text.casefold() for term in email.directives.avoid
    )


def _within_bounds(lines: list[Line], email: PlannedEmail) -> list[Line]:
    """Takes facts from the end of the body while the email is longer than its bound; one always stays."""
    lines = list(lines)
    while _letter_words(lines) > email.bounds[1]:
        at = next((at for at in range(len(lines) - 1, 0, -1) if lines[at].section == "body"), None)
        if at is None or sum(1 for line in lines if line.claims) < 2:
            break
        del lines[at]
    return lines


def _letter_words(lines: list[Line]) -> int:
    return 2 + sum(count_words(line.text) for line in lines if line.section != "ps")


def _assemble(brief: Brief, email: PlannedEmail, lines: list[Line], unique: _Sequence) -> DraftEmail:
    subject, claim = _subject(brief, email, lines, unique)
    directives = email.directives
    tone = Tone(directives.tone or brief.style.tone)
    claims = tuple(claim for line in lines for claim in line.claims)
    return DraftEmail(
        subject=subject,
        core_value_prop=_core_value_prop(lines),
        sections=Sections(
            greeting=(greeting(brief, tone),) if directives.greeting else (),
            opening=_paragraphs(lines, "opening"),
            body=_paragraphs(lines, "body"),
            closing=_paragraphs(lines, "closing"),
            cta=_paragraphs(lines, "cta"),
            ps=_paragraphs(lines, "ps"),
            signature=signature(brief, tone, directives.sign_off, directives.signed_as),
        ),
        claims=claims + ((claim,) if claim else ()),
    )


def _subject(
    brief: Brief, email: PlannedEmail, lines: list[Line], unique: _Sequence
) -> tuple[str, Claim | None]:
    """The subject, and its claim when it names a fact; one subject for all when they need not be unique."""
    if unique.subjects and not brief.style.unique_subjects and not email.directives.subject:
        return next(iter(unique.subjects)), None
    printed = {line.phrase.fact_text for line in lines if line.phrase}
    email = replace(
        email,
        opening=[phrase for phrase in email.opening if phrase.fact_text in printed],
        body=[phrase for phrase in email.body if phrase.fact_text in printed],
    )
    subject, named = choose_subject(email, brief, frozenset(unique.subjects))
    unique.subjects.add(subject.casefold() if brief.style.unique_subjects else subject)
    if named is None:
        return subject, None
    words, phrase = named
    return subject, Claim(subject, "subject", phrase.fact.source, words)


def _core_value_prop(lines: list[Line]) -> str:
    """The sentence that says what the email offers: the first of the body, else of the opening."""
    stated = [line for line in lines if line.claims]
    body = [line.text for line in stated if line.section == "body"]
    return (body or [line.text for line in stated] or [""])[0]


def _paragraphs(lines: list[Line], section: SectionName) -> tuple[str, ...]:
    """The sentences of a section in paragraphs of at most 45 words."""
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
