"""Subjects: two to six words in sentence case that are a whole phrase, taken from what the email is about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.clean import clean_name, clean_text, count_words
from setpiece.agents.sequence.writer.finite import tokens_of
from setpiece.agents.sequence.writer.model import Brief, FactRole, Source
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.tongues.tongue import Tongue
from setpiece.agents.sequence.writer.topics import Topic

_NO_TOPIC = frozenset({FactRole.CONTEXT, FactRole.CALL, FactRole.ATTACHED})
_NEAR = 3
"""A subject is taken from the first sentences: later ones are not what the email is about."""
_SMALL_WORDS = lex.PREPOSITIONS | lex.DETERMINERS


def choose_subject(
    email: PlannedEmail, said: Sequence[Phrase], brief: Brief, tongue: Tongue, used: frozenset[str]
) -> tuple[str, tuple[str, Source] | None]:
    """A subject not used in this sequence, and the words it rests on and where they stand (None for the offering alone)."""
    asked = email.directives.subject or email.style.subject
    if asked:
        return asked, None
    fewest, most = email.style.craft.subject_words
    named = brief.offering_name.casefold()
    for phrase in [one for one in said if one.role not in _NO_TOPIC][:_NEAR]:
        for topic in sorted(tongue.topics_of(phrase), key=lambda one: one.rank):
            fits = fewest <= count_words(topic.text) <= most and not topic.text.casefold().startswith(named)
            if fits and not _is_used(topic.text, used):
                return upper_start(topic.text), _told(topic, phrase)
        for subject, noun in _about(phrase, brief, tongue):
            fits = fewest <= count_words(subject) <= most and subject.casefold() not in used
            if fits and not _is_used(noun, used):
                return subject, _told(Topic(noun, 0), phrase)
    return next(one for one in _plain(brief, tongue, most) if one.casefold() not in used), None


def _told(topic: Topic, phrase: Phrase) -> tuple[str, Source]:
    """The words of the field that a subject rests on, as they stand there: its own when they do, else the whole fact."""
    source = phrase.fact.source
    field = phrase.fact_text
    if topic.of_name:
        source, field = replace(source, field="name", index=None), clean_text(source.entity_name)
    at = field.lower().find(topic.text.lower())
    words = field[at : at + len(topic.text)]
    return (words if at >= 0 and words.lower() == topic.text.lower() else field), source


def _is_used(text: str, used: frozenset[str]) -> bool:
    words = set(tokens_of(text)) - _SMALL_WORDS
    return any(len(words & set(tokens_of(other))) * 2 > len(words) for other in used)


def _about(phrase: Phrase, brief: Brief, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """A short noun out of a fact in a form that fits any noun, and that noun."""
    company, offering = _company(brief), brief.offering_name.casefold()
    for noun in tongue.nouns_of(phrase):
        if offering in noun.casefold():
            continue
        for form in tongue.about:
            if "{company}" not in form or company:
                yield upper_start(form.format(noun=noun, company=company)), noun


def _company(brief: Brief) -> str:
    """The company's name, or "": a placeholder could leave a subject of one word when it is filled with nothing."""
    name = clean_name(brief.recipient.company_name) or ""
    return "" if "{" in name else name


def _plain(brief: Brief, tongue: Tongue, most: int) -> Iterable[str]:
    """Subjects that only say whom it is for or about; always more than there are emails."""
    company = _company(brief)
    offering = " ".join(brief.offering_name.split()[: max(1, most - 3)])
    for form in tongue.plain_subjects:
        subject = upper_start(form.format(company=company, offering=offering))
        if ("{company}" not in form or company) and (count_words(subject) <= most or "{company}" not in form):
            yield subject
