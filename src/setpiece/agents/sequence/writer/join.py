"""One sentence of an email with its claims, and sentences that belong together made one."""

from dataclasses import dataclass, replace

from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.model import Claim, FactRole, Part, SectionName
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.tongue import Tongue

_JOINED_WORDS = 18
"""A joined sentence stays easy to read aloud in one breath."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its place and the claims it makes (none for a courtesy)."""

    section: SectionName
    text: str
    claims: tuple[Claim, ...] = ()
    phrase: Phrase | None = None
    part: Part | None = None
    apart: bool = False
    """Whether a new paragraph starts with it."""


def moved(claims: tuple[Claim, ...], sentence: str) -> tuple[Claim, ...]:
    """The claims, as made by another sentence that holds theirs."""
    return tuple(replace(claim, sentence=sentence) for claim in claims)


def join_known(lines: list[Line], tongue: Tongue) -> list[Line]:
    """Two short statements on the reader become one: "You are hiring and use HubSpot."."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and tongue.you and _is_known(before, tongue) and _is_known(line, tongue):
            both = _joined(
                before, line, f"{before.text[:-1]} {tongue.and_} {line.text.removeprefix(tongue.you)}"
            )
            if both is not None:
                joined[-1] = both
                continue
        joined.append(line)
    return joined


def join_situation(lines: list[Line], tongue: Tongue, *, linked: bool) -> list[Line]:
    """What is known of the reader and the problem it brings become one: "You are hiring, and new reps take months ..."."""
    if len(lines) < 2 or not linked:
        return lines
    known, lead = lines[0], lines[1]
    plain = lead.phrase is not None and lead.phrase.shape is Shape.CLAUSE and lead.part is Part.LEAD
    if known.part is not Part.SITUATION or not plain or not _is_plain(known.text, tongue):
        return lines
    assert lead.phrase is not None
    if lead.text[:-1].casefold() != lead.phrase.text.casefold() or not _is_plain(lead.text, tongue):
        return lines
    text = tongue.linked.format(a=known.text[:-1], b=f"{lead.phrase.text}.")
    both = _joined(known, lead, text)
    return lines if both is None else [both, *lines[2:]]


def join_deeds(lines: list[Line], offering: str, tongue: Tongue) -> list[Line]:
    """Two things the offering does, said in a row, become one: "Setpiece writes emails and names the sources."."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        goes_on = not line.apart and _is_deed(line, offering, tongue)
        if before is not None and goes_on and _is_deed(before, offering, tongue):
            assert line.phrase is not None
            both = _joined(before, line, f"{before.text[:-1]} {tongue.and_} {line.phrase.text}.")
            if both is not None:
                joined[-1] = both
                continue
        joined.append(line)
    return joined


def _joined(before: Line, line: Line, text: str) -> Line | None:
    if count_words(text) > _JOINED_WORDS:
        return None
    claims = moved(before.claims, text) + moved(line.claims, text)
    return replace(before, text=text, claims=claims)


def _is_known(line: Line, tongue: Tongue) -> bool:
    own = line.phrase is not None and line.phrase.role is FactRole.CONTEXT
    return own and line.text.startswith(tongue.you) and _is_plain(line.text, tongue)


def _is_deed(line: Line, offering: str, tongue: Tongue) -> bool:
    if line.section != "body" or line.phrase is None or line.phrase.shape is not Shape.THIRD:
        return False
    starts = (f"{offering} ", *tongue.its)
    if not line.text.startswith(starts) or not line.text.endswith(f"{line.phrase.text}."):
        return False
    return _is_plain(line.text, tongue)


def _is_plain(text: str, tongue: Tongue) -> bool:
    """Nothing in the sentence that another "and" could be taken to go on with."""
    return "," not in text and f" {tongue.and_} " not in text and text.endswith(".")
