"""Sentences that belong together become one: two facts on the reader, two deeds of the offering."""

from dataclasses import dataclass

from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.model import Claim, FactRole, SectionName
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape

_JOINED_WORDS = 20
"""A joined sentence stays easy to read aloud in one breath."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its place and the claims it makes (none for a courtesy)."""

    section: SectionName
    text: str
    claims: tuple[Claim, ...] = ()
    phrase: Phrase | None = None
    apart: bool = False
    """Whether a new paragraph starts with it."""


def moved(claims: tuple[Claim, ...], sentence: str) -> tuple[Claim, ...]:
    """The claims, as made by another sentence that holds theirs."""
    return tuple(Claim(sentence, claim.section, claim.source, claim.fact_text) for claim in claims)


def join_context(lines: list[Line]) -> list[Line]:
    """Two short statements on the reader become one: "You are hiring and use HubSpot."."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _is_known(before) and _is_known(line):
            both = _joined(before, line, line.text.removeprefix("You "))
            if both is not None:
                joined[-1] = both
                continue
        joined.append(line)
    return joined


def join_deeds(lines: list[Line], offering: str) -> list[Line]:
    """Two things the offering does, said in a row, become one: "Setpiece writes emails and names the sources."."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _is_deed(before, offering) and _is_deed(line, offering):
            assert line.phrase is not None
            both = _joined(before, line, f"{line.phrase.text}.")
            if both is not None:
                joined[-1] = both
                continue
        joined.append(line)
    return joined


def _joined(before: Line, line: Line, rest: str) -> Line | None:
    text = f"{before.text[:-1]} and {rest}"
    if count_words(text) > _JOINED_WORDS:
        return None
    claims = moved(before.claims, text) + moved(line.claims, text)
    return Line(before.section, text, claims, before.phrase, before.apart)


def _is_known(line: Line) -> bool:
    own = line.phrase is not None and line.phrase.role is FactRole.CONTEXT
    return own and line.text.startswith("You ") and _is_plain(line.text)


def _is_deed(line: Line, offering: str) -> bool:
    if line.section != "body" or line.phrase is None or line.phrase.shape is not Shape.THIRD:
        return False
    starts = (f"{offering} ", "It ")
    return (
        line.text.startswith(starts) and line.text.endswith(f"{line.phrase.text}.") and _is_plain(line.text)
    )


def _is_plain(text: str) -> bool:
    """Nothing in the sentence that another "and" could be taken to go on with."""
    return "," not in text and " and " not in text and text.endswith(".")
