"""The job title is one of the persona's common titles, or nearly."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from setpiece.library.titles.parse import Role
from setpiece.library.titles.words import shown
from setpiece.matching.model import PersonaCandidate
from setpiece.matching.roles import form_of, profile_of
from setpiece.matching.signal import Measure, Scene

_CONTAINED = 0.85
_PARTLY = 0.6
_SECOND_ROLE = 0.9
_AS_GOOD_AS_EQUAL = 0.9
"""Judgement: same level and function with a word more or less is nearly the title; shared topic words of the
same field are a hint; a title's second role counts a little less than its first."""


def open_common_title(
    scene: Scene, _candidates: Sequence[PersonaCandidate]
) -> Measure[PersonaCandidate] | None:
    """1.0 for the same words in any order, spelling or of the languages read; less for a word more or less."""
    if not scene.title.roles:
        return None

    ours = scene.title.roles
    forms, topics = frozenset(map(form_of, ours)), frozenset().union(*(r.topic for r in ours))

    def value(persona: PersonaCandidate) -> float:
        profile = profile_of(persona.name, persona.titles)
        if profile.words.isdisjoint(topics) and not profile.has_any(forms):
            return 0.0
        return max((likeness for likeness, _ in _likenesses(ours, persona)), default=0.0)

    def note(persona: PersonaCandidate) -> str:
        likeness, title = max(_likenesses(ours, persona), key=itemgetter(0))
        how = "is one of" if likeness >= _AS_GOOD_AS_EQUAL else "resembles one of"
        return f"the job title {how} its common titles (“{shown(title)}”)"

    return Measure(value, note)


def _likenesses(roles: Sequence[Role], persona: PersonaCandidate) -> Iterator[tuple[float, str]]:
    """Each common title with its likeness to each role of the prospect's title."""
    for title, theirs in profile_of(persona.name, persona.titles).roles:
        for place, ours in enumerate(roles):
            yield _likeness(ours, theirs) * (_SECOND_ROLE if place else 1.0), title


def _likeness(ours: Role, theirs: Role) -> float:
    if form_of(ours) == form_of(theirs):
        return 1.0
    common = ours.topic & theirs.topic
    if not common:
        return 0.0
    shared = len(common) / len(ours.topic | theirs.topic)
    if ours.functions != theirs.functions:
        related = not ours.functions or not theirs.functions
        return _PARTLY * shared if related else 0.0
    if ours.seniority != theirs.seniority:
        return _PARTLY * shared * 0.5
    return _CONTAINED if common in (ours.topic, theirs.topic) else _PARTLY * shared
