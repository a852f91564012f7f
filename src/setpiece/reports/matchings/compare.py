"""How several people take part in calls, compared: measures, and what they said. Pure.

Every sentence is a number of the measures or a quotation with its recording and second. What follows from them for whoever reads is
not said, because nothing here knows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.reports.matchings.portrait import Part, Portrait, portray
from setpiece.reports.moments import Kind, Moment, Topic, find_moments
from setpiece.reports.targets.telling import percent

SCHEMA_VERSION = 1
SCOPE = (
    "This compares how these people take turns, and quotes what they said, in these recordings only. It is no measure of personality, "
    "of feelings or of whether people will get along, and must not be the ground for a decision about anybody."
)
DIFFERS = 1.5
"""One number is at least this many times the other before a difference is pointed out; below that, one call differs from the next."""
MOST_QUOTES = 3
_OF_SELLERS = frozenset({Kind.COMMITMENT, Kind.AGREEMENT})
_KINDS = {
    "What an agreement depends on for them": (Kind.CRITERION, Kind.NEED),
    "What they object to or doubt": (Kind.OBJECTION,),
    "How they want to work": (Kind.PREFERENCE, Kind.REQUEST),
    "What they committed to": (Kind.COMMITMENT, Kind.AGREEMENT),
}


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is compared.

    Attributes:
        name: As sentences call them, "the target" or "member 2", with a name where one is known.
        parts: The calls, the newest first.
    """

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The `json` of the contract, and the same content as Markdown."""

    document: dict[str, Any]
    markdown: str


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    lines: tuple[str, ...]


def compare(target: Participant, group: Sequence[Participant], label: str | None) -> Compared:
    """The document on one person beside each of several others."""
    portraits = {id(one): portray(one.parts) for one in (target, *group)}
    mine = portraits[id(target)]
    sections = [_Section("What is compared", (*_basis(target, mine), *_bases(group, portraits)))]
    outstanding = []
    for member in group:
        theirs = portraits[id(member)]
        if mine.is_enough and theirs.is_enough:
            sections.append(_turn_taking(target, member, mine, theirs))
            outstanding += list(_differences(target, member, mine, theirs))[:1]
        shared = tuple(_shared_topics(target, member))
        if shared:
            sections.append(_Section(f"What both {target.name} and {member.name} spoke of", shared))
    sections += [_said(one) for one in (target, *group)]
    sections.append(_Section("What this is not", (SCOPE,)))
    return _written(label or _title(target, group), _summary(target, group, outstanding), sections)


def _title(target: Participant, group: Sequence[Participant]) -> str:
    others = group[0].name if len(group) == 1 else f"{len(group)} others"
    return f"How {target.name} and {others} take part in calls"


def _summary(target: Participant, group: Sequence[Participant], outstanding: Sequence[str]) -> str:
    calls = len({part.call.recording_id for one in (target, *group) for part in one.parts})
    told = f"{_capital(target.name)} and {_listed([one.name for one in group])}, from {_count(calls, 'recording')}."
    return " ".join((told, *(outstanding or ("No measure differs enough to be pointed out.",)), SCOPE))


def _basis(one: Participant, portrait: Portrait) -> Iterator[str]:
    calls = _count(len(one.parts), "recording")
    yield f"{_capital(one.name)}: {portrait.speech_s:.0f} s of speech in {calls}."
    if not portrait.is_enough:
        yield f"That is too little speech to compare how {one.name} takes turns; 30 s are needed."


def _bases(group: Sequence[Participant], portraits: dict[int, Portrait]) -> Iterator[str]:
    for one in group:
        yield from _basis(one, portraits[id(one)])


def _turn_taking(one: Participant, other: Participant, mine: Portrait, theirs: Portrait) -> _Section:
    a, b = one.name, other.name
    lines = [
        f"{_capital(a)} has {percent(mine.share)} of the speech in their calls, {b} {percent(theirs.share)} in theirs.",
        f"{_capital(a)} asks {_count(mine.questions, 'question')} in {_count(mine.turns, 'turn')}, {b} {theirs.questions} in {theirs.turns}.",
        f"The longest stretch without another's turn is {mine.longest_s:.0f} s for {a} and {theirs.longest_s:.0f} s for {b}.",
        f"{_capital(a)} interrupts {_count(mine.interruptions, 'time')}, {b} {theirs.interruptions}.",
    ]
    if mine.words_a_turn is not None and theirs.words_a_turn is not None:
        lines.append(
            f"A turn has {mine.words_a_turn:.0f} words for {a} and {theirs.words_a_turn:.0f} for {b}, on average."
        )
    if mine.delay_s is not None and theirs.delay_s is not None:
        lines.append(
            f"Before an answer {a} leaves {mine.delay_s:.1f} s and {b} {theirs.delay_s:.1f} s (medians; below 0 both speak)."
        )
    lines += _differences(one, other, mine, theirs)
    return _Section(f"How {a} and {b} take turns", tuple(lines))


def _differences(one: Participant, other: Participant, mine: Portrait, theirs: Portrait) -> Iterator[str]:
    """What differs by half and more, the largest first."""
    measures = (
        ("share of the speech", mine.share, theirs.share),
        ("questions for each turn", mine.questions_a_turn, theirs.questions_a_turn),
        ("words in a turn", mine.words_a_turn, theirs.words_a_turn),
    )
    found = []
    for name, a, b in measures:
        if a and b and max(a / b, b / a) >= DIFFERS:
            more = one if a > b else other
            found.append(
                (max(a / b, b / a), f"{_capital(more.name)} has {max(a / b, b / a):.1f} times the {name}.")
            )
    yield from (told for _, told in sorted(found, reverse=True))


def _shared_topics(one: Participant, other: Participant) -> Iterator[str]:
    mine, theirs = _by_topic(one), _by_topic(other)
    for topic in Topic:
        if topic in mine and topic in theirs:
            yield f"{_capital(topic.value)}: {one.name} {mine[topic]}; {other.name} {theirs[topic]}."


def _by_topic(one: Participant) -> dict[Topic, str]:
    """The strongest quotation on each topic."""
    found: dict[Topic, tuple[float, str]] = {}
    for part in one.parts:
        for moment in find_moments(part.call, part.speaker).moments:
            is_own = moment.said.speaker == part.speaker
            if is_own and moment.topic and moment.strength > found.get(moment.topic, (0.0, ""))[0]:
                found[moment.topic] = moment.strength, _quoted(part, moment)
    return {topic: quoted for topic, (_, quoted) in found.items()}


def _said(one: Participant) -> _Section:
    lines = []
    for heading, kinds in _KINDS.items():
        found = [
            (moment.strength, _quoted(part, moment)) for part in one.parts for moment in _moments(part, kinds)
        ]
        quotes = [quoted for _, quoted in sorted(found, key=lambda pair: -pair[0])]
        if quotes:
            lines.append(f"{heading}: {'; '.join(dict.fromkeys(quotes[:MOST_QUOTES]))}.")
    if not lines:
        lines.append(f"Nothing was found that {one.name} asks for, objects to or commits to.")
    return _Section(f"What {one.name} said", tuple(lines))


def _moments(part: Part, kinds: Sequence[Kind]) -> Iterator[Moment]:
    """Of who sells only what they want to do: the rules for needs and doubts are written for who buys."""
    found = find_moments(part.call, part.speaker)
    for moment in found.of(*kinds):
        if moment.said.speaker == part.speaker and (not found.sells or moment.kind in _OF_SELLERS):
            yield moment


def _quoted(part: Part, moment: Moment) -> str:
    seconds = int(moment.said.start_s)
    text = moment.said.text.rstrip(".,;: ")
    return f"“{text}” ({_named(part.call.label)}, {seconds // 60}:{seconds % 60:02d})"


def _named(label: str) -> str:
    shown = " ".join(label.split())
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _written(title: str, summary: str, sections: Sequence[_Section]) -> Compared:
    document = {
        "schemaVersion": SCHEMA_VERSION,
        "title": title,
        "summary": summary,
        "sections": [
            {"section_title": one.title, "section_content": {"type": "text", "content": "\n".join(one.lines)}}
            for one in sections
        ],
    }
    parts = [f"# {_plain(title)}", _plain(summary)]
    for one in sections:
        parts += [f"## {_plain(one.title)}", "\n".join(f"- {_plain(line)}" for line in one.lines)]
    return Compared(document, "\n\n".join(parts) + "\n")


def _plain(text: str) -> str:
    """What was said is no markup."""
    for character in "\\`*_[]<>#":
        text = text.replace(character, f"\\{character}")
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
