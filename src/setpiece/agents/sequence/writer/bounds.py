"""An email's lines held to the bounds of their craft: its words, and the grade it reads at."""

from collections.abc import Sequence

from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.instruct import Directives
from setpiece.agents.sequence.writer.join import Line
from setpiece.agents.sequence.writer.model import Brief, Length, Part, SequenceType
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.tongues.tongue import Tongue

_EASIER = 0.2
"""A sentence is given up for the reading grade only when the email becomes easier by this much."""


def bounds_for(brief: Brief, directives: Directives, step: int) -> tuple[int, int]:
    """Fewest and most words of an email. MIXED is medium for the first email, then short and medium in turn."""
    style = brief.at(step).style
    length = directives.length or style.length
    if length is Length.MIXED:
        length = Length.SHORT if step % 2 == 0 else Length.MEDIUM
    low, high = style.craft.words[length]
    if directives.max_words is not None:
        high = directives.max_words
        low = min(low, high * 2 // 3)  # "under 45 words" asks for fewer, not for 44
    return low, high


def is_short(lines: Sequence[Line], email: PlannedEmail, greeting: str) -> bool:
    """Whether an email stayed under its fewest words; bare metal is meant to."""
    meant = email.style.sequence_type is SequenceType.BARE_METAL
    return not meant and _letter_words(lines, greeting) < email.bounds[0]


def is_hard(lines: Sequence[Line], email: PlannedEmail, tongue: Tongue) -> bool:
    """Whether an email reads above the grade asked for; grades are compared as whole ones, as they are measured."""
    return round(reading_grade(lines, tongue)) > email.style.craft.grade[1]


def reading_grade(lines: Sequence[Line], tongue: Tongue) -> float:
    return round(tongue.grade_of(" ".join(line.text for line in lines if line.section != "ps")), 1)


_GIVEN_UP_FIRST = (Part.PROOF, Part.CONSEQUENCE, Part.COST, Part.SITUATION, Part.ANSWER)


def within_bounds(lines: list[Line], email: PlannedEmail, tongue: Tongue, greeting: str) -> list[Line]:
    """Gives up what the argument can spare while the email is too long or too hard; one fact always stays."""
    while _letter_words(lines, greeting) > email.bounds[1]:
        spare = _spare(lines, (*_GIVEN_UP_FIRST, Part.LEAD))
        if not spare:
            break
        lines = _without(lines, spare[0])
    while is_hard(lines, email, tongue):
        now = reading_grade(lines, tongue)
        spare = [
            at
            for at in _spare(lines, _GIVEN_UP_FIRST[:3])
            if now - reading_grade(_without(lines, at), tongue) >= _EASIER
            and not _letter_words(_without(lines, at), greeting)
            < email.bounds[0]
            <= _letter_words(lines, greeting)
        ]
        if not spare:
            break
        lines = _without(lines, min(spare, key=lambda at: reading_grade(_without(lines, at), tongue)))
    return lines


def _spare(lines: list[Line], parts: Sequence[Part]) -> list[int]:
    """The places of sentences that may go, the first to go first; none while only one makes a claim."""
    stated = [at for at, line in enumerate(lines) if line.claims and line.section in {"opening", "body"}]
    if len(stated) < 2:
        return []
    return [at for part in parts for at in reversed(stated) if lines[at].part is part]


def _without(lines: list[Line], at: int) -> list[Line]:
    return [*lines[:at], *lines[at + 1 :]]


def _letter_words(lines: Sequence[Line], greeting: str) -> int:
    return count_words(greeting) + sum(count_words(line.text) for line in lines if line.section != "ps")
