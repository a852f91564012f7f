"""Subjects: two to six words in sentence case that are a whole phrase, taken from what the email is about."""

from collections.abc import Iterable, Iterator

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.clean import clean_name, count_words
from setpiece.agents.sequence.writer.finite import tokens_of
from setpiece.agents.sequence.writer.model import Brief, FactRole
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.topics import FEWEST_WORDS, MOST_WORDS, nouns_of, topics_of

_NO_TOPIC = frozenset({FactRole.CONTEXT, FactRole.ATTACHED})
_NEAR = 3
"""A subject is taken from the first sentences: later ones are not what the email is about."""
_SMALL_WORDS = lex.PREPOSITIONS | lex.DETERMINERS


def choose_subject(
    email: PlannedEmail, brief: Brief, used: frozenset[str]
) -> tuple[str, tuple[str, Phrase] | None]:
    """A subject not used in this sequence, and the words and fact it names (None when it only names the offering)."""
    if email.directives.subject:
        return email.directives.subject, None
    said = tuple(phrase for phrase in (*email.opening, *email.body) if phrase.role not in _NO_TOPIC)
    found = [
        (topic.rank + 2 * at, topic.text, phrase)
        for at, phrase in enumerate(said[:_NEAR])
        for topic in topics_of(phrase)
    ]
    named = clean_name(brief.offering_name) or ""
    for _, text, phrase in sorted(found, key=lambda one: one[0]):
        if not _is_used(text, used) and not text.casefold().startswith(named.casefold()):
            return upper_start(text), (text, phrase)
    for phrase in said:
        for subject, noun in _about(phrase, brief):
            if subject.casefold() not in used:
                return subject, (noun, phrase)
    return next(subject for subject in _plain(brief) if subject.casefold() not in used), None


def _is_used(text: str, used: frozenset[str]) -> bool:
    words = set(tokens_of(text)) - _SMALL_WORDS
    return any(len(words & set(tokens_of(other))) * 2 > len(words) for other in used)


_ABOUT = (
    "Question about {noun}",
    "{noun} at {company}",
    "A thought on {noun}",
    "A note on {noun}",
    "About {noun}",
)


def _about(phrase: Phrase, brief: Brief) -> Iterator[tuple[str, str]]:
    """A short noun out of a fact in a form that fits any noun, and that noun."""
    company = _company(brief)
    offering = brief.offering_name.casefold()
    for noun in nouns_of(phrase):
        if offering in noun.casefold():
            continue
        for form in _ABOUT:
            subject = upper_start(form.format(noun=noun, company=company))
            if ("{company}" not in form or company) and FEWEST_WORDS <= count_words(subject) <= MOST_WORDS:
                yield subject, noun


def _company(brief: Brief) -> str:
    """The company's name, or "": a placeholder could leave a subject of one word when it is filled with nothing."""
    name = clean_name(brief.recipient.company_name) or ""
    return "" if "{" in name else name


def _plain(brief: Brief) -> Iterable[str]:
    """Subjects that only say whom it is for or about; always more than there are emails."""
    company = _company(brief)
    offering = " ".join((clean_name(brief.offering_name) or "our offer").split()[:3])
    plain = [f"About {offering}", f"A note on {offering}", f"More on {offering}", f"One point on {offering}",
             f"The case for {offering}", f"A detail on {offering}", f"A word on {offering}", f"Last note on {offering}"]  # fmt: skip
    if company and count_words(company) <= MOST_WORDS - 2:
        plain.insert(0, f"Question for {company}")
    return tuple(upper_start(subject) for subject in plain)
