"""Every answer before it leaves: the plan kept, the craft's bounds, each sentence supported by the facts it cites."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from setpiece.agents.sequence.llm_writer.outline import Citable, EmailOutline, Outline
from setpiece.agents.sequence.llm_writer.support import Names, unsupported
from setpiece.agents.sequence.llm_writer.words import tokens_of
from setpiece.agents.sequence.llm_writer.written import Sentence, WrittenEmail
from setpiece.agents.sequence.writer.check import numbers_in, problem_with
from setpiece.agents.sequence.writer.clean import clean_text, count_words, is_mostly_latin, split_sentences
from setpiece.agents.sequence.writer.model import Goal

LONGEST_SENTENCE_WORDS = 24
"""Under 25, by what senders measured."""
_SUBJECT_WORDS = (2, 6)
_SLACK = 0.75
"""An email may be shorter than its aim, or than its facts make, by a quarter: the model joins what the planner counts apart."""
_CALENDAR = frozenset({"call", "meeting", "meet", "calendar", "minutes", "slot", "schedule"})
_MOST_PROBLEMS = 20
"""Told back at once; more help no model."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, in words that the model and a person understand."""

    step: int
    place: str
    reason: str

    def __str__(self) -> str:
        return f"Email {self.step}, {self.place}: {self.reason}."


@dataclass(slots=True)
class _Sequence:
    """What may come only once in a sequence, and what holds for all of it."""

    outline: Outline
    names: Names
    said: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)


def problems_in(emails: Sequence[WrittenEmail], outline: Outline) -> list[Problem]:
    """Everything that keeps these emails from being sent, the first twenty; empty when they may be."""
    wanted = [email.step for email in outline.emails]
    if [email.step for email in emails] != wanted:
        return [Problem(0, "the whole", f"it must hold the emails {wanted} in this order")]
    sequence = _Sequence(outline, Names(outline.brief))
    found = [
        problem
        for written, planned in zip(emails, outline.emails, strict=True)
        for problem in _of_email(written, planned, sequence)
    ]
    return found[:_MOST_PROBLEMS]


def _of_email(written: WrittenEmail, planned: EmailOutline, sequence: _Sequence) -> Iterator[Problem]:
    facts = {fact.id: fact for fact in planned.facts}
    for reason in _of_subject(written, planned, facts, sequence):
        yield Problem(planned.step, "the subject", reason)
    for sentence in written.sentences:
        for reason in _of_sentence(sentence, planned, facts, sequence):
            yield Problem(planned.step, f"“{sentence.text[:120]}”", reason)
    for reason in _of_whole(written, planned):
        yield Problem(planned.step, "the whole", reason)


def _of_sentence(
    sentence: Sentence, planned: EmailOutline, facts: dict[str, Citable], sequence: _Sequence
) -> Iterator[str]:
    text = sentence.text
    key = text.casefold()
    if key in sequence.said:
        yield "it was said before"
    sequence.said.add(key)
    if len(split_sentences(text)) != 1 or "\n" in text:
        yield "it is not one sentence"
    if count_words(text) > LONGEST_SENTENCE_WORDS:
        yield f"it has more than {LONGEST_SENTENCE_WORDS} words"
    if avoided := next((term for term in planned.avoid if term.casefold() in key), None):
        yield f"“{avoided[:40]}” was to be avoided"
    yield from _printed(text, sentence.facts, facts, sequence)


def _of_subject(
    written: WrittenEmail, planned: EmailOutline, facts: dict[str, Citable], sequence: _Sequence
) -> Iterator[str]:
    if planned.subject:
        return  # given, and put in place of the model's
    subject, unique = written.subject, not sequence.outline.shares_subject
    least, most = _SUBJECT_WORDS
    if not least <= count_words(subject) <= most:
        yield f"it must have {least} to {most} words"
    if unique and subject.casefold() in sequence.subjects:
        yield "it was used before"
    sequence.subjects.add(subject.casefold())
    if not _is_sentence_case(subject, written, facts, sequence.names):
        yield "it must be in sentence case: a capital first, then only in names"
    yield from _printed(subject, written.subject_facts, facts, sequence, is_subject=True)


def _printed(
    text: str,
    ids: Sequence[str],
    facts: dict[str, Citable],
    sequence: _Sequence,
    *,
    is_subject: bool = False,
) -> Iterator[str]:
    """What holds for every text that is printed."""
    if clean_text(text) != text or not is_mostly_latin(text):
        yield "it holds markup or characters that an email should not"
    if strangers := [one for one in ids if one not in facts]:
        yield f"{', '.join(strangers)[:60]} is no fact of this email"
    cited = [facts[one] for one in ids if one in facts]
    numbers = numbers_in(" ".join([*(fact.said for fact in cited), *sequence.names.all]))
    if problem := problem_with(text, sequence.outline.brief, numbers | _spelled(cited)):
        yield problem
    reasons = unsupported(text, cited, sequence.names)
    yield from (
        one for one in reasons if not (is_subject and "hardly says" in one)
    )  # a subject only names its fact


def _spelled(cited: Sequence[Citable]) -> frozenset[str]:
    """Numbers that a fact has in words and a sentence may have in digits."""
    return numbers_in(" ".join(word for fact in cited for word in tokens_of(fact.said)))


def _of_whole(written: WrittenEmail, planned: EmailOutline) -> Iterator[str]:
    words = 2 + sum(count_words(one.text) for one in written.sentences if one.section != "ps")
    least = int(_SLACK * min(planned.words[0], planned.expected_words))
    if not least <= words <= planned.words[1]:
        yield f"it has {words} words; it must have {least} to {planned.words[1]}"
    cited = Counter(fact for one in written.sentences for fact in one.facts)
    if not cited:
        yield "it cites no fact"
    if twice := [fact for fact, times in cited.items() if times > 1]:
        yield f"{', '.join(twice)} is used in more than one sentence"
    asks = [one for one in written.sentences if one.section == "cta"]
    if not asks and not planned.cta:
        yield "it asks for nothing; end with one sentence in the section cta"
    questions, most = sum("?" in one.text for one in written.sentences), planned.most_questions
    if questions > most:
        yield f"it asks {questions} questions; {most} is the most"
    if planned.goal is Goal.INITIATE_CONVERSATION:
        words_of_asks = {word for one in asks for word in tokens_of(one.text)}
        if bad := sorted(_CALENDAR & words_of_asks):
            yield f"it asks for the calendar (“{bad[0]}”); ask for interest"


def _is_sentence_case(subject: str, written: WrittenEmail, facts: dict[str, Citable], names: Names) -> bool:
    """A capital at the start, and later only in names and words that a cited fact has so."""
    known = " ".join(
        [*(facts[one].said for one in written.subject_facts if one in facts), *names.all]
    ).split()
    later = names.out_of(subject).split()[1:]
    return subject[:1] == subject[:1].upper() and all(
        word.islower() or not word[:1].isalpha() or word in known for word in later
    )
