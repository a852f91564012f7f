"""What a mail is taken for: machines first, then what a person wrote themselves.

An angry word outweighs everything: somebody who is angry is never counted as a success, however friendly the rest reads. And a
success has to be earned by words: where nothing is recognised, the answer is unclear.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.programs.replies.languages.language import Language, Signal
from setpiece.programs.replies.languages.reading import folded, read_languages
from setpiece.programs.replies.machines import automatic, from_server
from setpiece.programs.replies.model import REASON_BY_KIND, Mail, Reply, ReplyKind
from setpiece.programs.replies.own_words import own_words

_NEARLY = 0.6
"""A language is looked at when it has this share of the common words of the likeliest one: Spanish and Portuguese share many."""
_TELLING = 3
"""Common words that a text must have before its language is told by them: “No thanks” has one, and it is Spanish too."""
_NEGATED_WITHIN = 3  # words before "interested": "not really that interested"
_KIND_BY_SIGNAL = {
    Signal.ANGRY: ReplyKind.ANGRY,
    Signal.STOP: ReplyKind.ASKED_TO_STOP,
    Signal.DECLINES: ReplyKind.NEGATIVE,
    Signal.LATER: ReplyKind.NOT_NOW,
    Signal.INTERESTED: ReplyKind.POSITIVE,
    Signal.NEUTRAL: ReplyKind.NEUTRAL,
}
_LONGEST_QUOTE = 60  # characters of the deciding phrase that are shown


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase that was found, where, and in which language's rules."""

    signal: Signal
    language: str
    phrase: str
    start: int


def classify(mail: Mail) -> Reply:
    """What `mail` is taken for, with the header or the phrase that decided."""
    if found := from_server(mail) or automatic(mail):
        return found
    text = folded(own_words(mail.text, mail.html))
    languages = _languages(text)
    if found := _asked_in_subject(mail):
        return found
    if away := _away(text, languages):
        return away
    decided = _decide(_evidence(text, languages), text, languages)
    return _reply(decided) if decided else Reply(ReplyKind.UNCLEAR, "no phrase that is known")


def _languages(text: str) -> list[Language]:
    """Those that the text may be in; all of them where it is too short to tell."""
    words = text.split()
    counted = [(sum(word in one.words for word in words), one) for one in read_languages()]
    most = max(count for count, _ in counted)
    return [one for count, one in counted if most < _TELLING or count >= most * _NEARLY]


def _asked_in_subject(mail: Mail) -> Reply | None:
    """Mail programs that follow a `List-Unsubscribe` address send the word as the subject (RFC 2369)."""
    subject = folded(mail.subject[:100])
    if any(one.alone[Signal.STOP].fullmatch(subject) for one in read_languages()):
        return Reply(ReplyKind.ASKED_TO_STOP, "its subject", REASON_BY_KIND[ReplyKind.ASKED_TO_STOP])
    return None


def _away(text: str, languages: Sequence[Language]) -> Reply | None:
    found = next((match for one in languages if (match := one.away.search(text))), None)
    return Reply(ReplyKind.AUTO_REPLY, _quoted(found[0])) if found else None


def _evidence(text: str, languages: Sequence[Language]) -> list[Evidence]:
    """Every known phrase; for a text that is nothing but one, what it means alone. A wish to be left alone may have a name below it."""
    bare = text.strip(" .")
    first = bare.partition(" . ")[0]  # "Unsubscribe", and below it a name
    found = [
        Evidence(signal, one.code, said, 0)
        for one in languages
        for signal, pattern in one.alone.items()
        if pattern.fullmatch(said := first if signal is Signal.STOP else bare)
    ]
    return found + [
        Evidence(signal, one.code, match[0], match.start())
        for one in languages
        for signal, pattern in one.phrases.items()
        for match in pattern.finditer(text)
    ]


def _decide(found: Sequence[Evidence], text: str, languages: Sequence[Language]) -> Evidence | None:
    """The phrase that outweighs the others."""
    first = {signal: next((one for one in found if one.signal is signal), None) for signal in Signal}
    if angry := first[Signal.ANGRY] or first[Signal.STOP]:
        return angry
    declines, later = first[Signal.DECLINES], first[Signal.LATER]
    interested = [
        one for one in found if one.signal is Signal.INTERESTED and not _negated(one, text, languages)
    ]
    if later:
        return later
    if declines and not _reconsidered(declines, interested, text, languages):
        return declines
    return next(iter(interested), None) or first[Signal.NEUTRAL]


def _negated(one: Evidence, text: str, languages: Sequence[Language]) -> bool:
    """Whether a "not" stands shortly before, in the same sentence."""
    before = text[: one.start].rpartition(" . ")[2].split()[-_NEGATED_WITHIN:]
    negations = (language.negation for language in languages if language.code == one.language)
    return any(negation.fullmatch(word) for negation in negations for word in before)


def _reconsidered(
    declines: Evidence, interested: Sequence[Evidence], text: str, languages: Sequence[Language]
) -> bool:
    """Whether interest comes after the refusal and a "but": we have one already, but show us yours."""
    after = (one for one in interested if one.start > declines.start)
    return any(
        language.adversative.search(text, declines.start, one.start)
        for one in after
        for language in languages
    )


def _reply(decided: Evidence) -> Reply:
    kind = _KIND_BY_SIGNAL[decided.signal]
    return Reply(kind, f"{decided.language}: {_quoted(decided.phrase)}", REASON_BY_KIND.get(kind))


def _quoted(phrase: str) -> str:
    return f"“{re.sub(r' +', ' ', phrase).strip()[:_LONGEST_QUOTE]}”"
