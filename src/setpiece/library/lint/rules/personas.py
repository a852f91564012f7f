"""Personas that cannot be told apart, and personas that nothing is for."""

from collections import defaultdict
from collections.abc import Iterator

from setpiece.library.lint.model import LintedLibrary, Place, Rule, Said, Severity, facts_of
from setpiece.library.lint.near import near_groups
from setpiece.library.lint.rules.wording import named, quoted
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import LinkRole
from setpiece.library.titles.parse import parse_title
from setpiece.library.titles.words import content_words

_ALIKE = 0.6
"""Words (or titles) in common, over those of either: a copy of which a quarter was rewritten has 0.6. The nearest two personas
of the example library have 0.15."""
_FEWEST_WORDS = 8
"""A persona with fewer words has not said enough to be compared by them."""


def _near_duplicates(library: LintedLibrary) -> Iterator[Said]:
    personas = library.of("persona")
    told: set[frozenset[int]] = set()
    for sets, what in ((_words(personas), "in their texts"), (_titles(personas), "in their job titles")):
        for group in near_groups(sets, _ALIKE):
            if frozenset(group) in told:
                continue
            told.add(frozenset(group))
            several = [personas[at] for at in group]
            field = "commonJobTitles" if "titles" in what else "name"
            yield Said(
                f"{named(several)} are nearly the same {what}; merge them, or say what tells them apart.",
                tuple(Place(one, field) for one in several),
            )


def _words(personas: list[Entity]) -> list[frozenset[str]]:
    found = [content_words(" ".join(fact.text for fact in facts_of(one))) for one in personas]
    return [words if len(words) >= _FEWEST_WORDS else frozenset() for words in found]


def _titles(personas: list[Entity]) -> list[frozenset[str]]:
    return [
        frozenset(key for title in one.texts("commonJobTitles") if (key := _title_key(title)))
        for one in personas
    ]


def _title_key(title: str) -> str:
    """Equal for spellings of one title: `CEO` and `Chief Executive Officer`."""
    return " | ".join(" ".join(role.words) for role in parse_title(title).roles)


def _shared_titles(library: LintedLibrary) -> Iterator[Said]:
    places: dict[str, list[Place]] = defaultdict(list)
    for persona in library.of("persona"):
        for at, title in enumerate(persona.texts("commonJobTitles")):
            if key := _title_key(title):
                places[key].append(Place(persona, "commonJobTitles", at))
    for shared in places.values():
        personas = list({place.entity.id: place.entity for place in shared}.values())
        if len(personas) > 1:
            title = shared[0].entity.texts("commonJobTitles")[shared[0].index or 0]
            yield Said(
                f"The job title {quoted(title)} is listed by {named(personas)}, so it cannot decide between them; "
                "leave it to one.",
                tuple(shared),
            )


def _unused(library: LintedLibrary) -> Iterator[Said]:
    """A persona that has a draft is not forgotten. Silent where a playbook for an offering of the persona names no persona: such a playbook is for all of them."""
    if not library.playbooks:
        return
    used = {one for playbook in library.playbooks.values() for one in playbook.linked(LinkRole.PERSONA)}
    for_all = {
        one.traits.offering_id for one in library.playbooks.values() if not one.linked(LinkRole.PERSONA)
    }
    for persona in library.of("persona"):
        if (
            persona.id not in used
            and persona.active
            and not any(persona.offerings.open_to(one) for one in for_all)
        ):
            yield Said(
                f"No playbook, not even a draft, is for {quoted(persona.name)}; add it to one, or set it inactive.",
                (Place(persona, "name"),),
            )


NEAR_DUPLICATE_PERSONAS = Rule(
    "near-duplicate-personas",
    Severity.WARNING,
    "Two personas have most of their words or job titles in common.",
    _near_duplicates,
)
SHARED_JOB_TITLE = Rule(
    "shared-job-title",
    Severity.WARNING,
    "One job title, in whatever spelling, is listed by several personas.",
    _shared_titles,
)
PERSONA_UNUSED = Rule(
    "persona-unused",
    Severity.INFO,
    "There are playbooks, and none of them, not even a draft, is for the persona.",
    _unused,
)
