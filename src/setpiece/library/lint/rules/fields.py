"""Fields that are empty, old, unfinished, too long or said twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from setpiece.library.lint.model import Fact, LintedLibrary, Place, Rule, Said, Severity
from setpiece.library.lint.rules.wording import at, named, quoted
from setpiece.library.model import Entity
from setpiece.library.titles.words import word_list

_NEEDED: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "product": (
        (("capabilities", "keyFeatures", "distinctCapabilities"), "no email can say what it does"),
        (("challengesAddressed", "statusQuo"), "no email can name a problem it solves"),
        (("differentiatedValue", "customerBenefits"), "no email can say why it is worth it"),
    ),
    "service": (
        (("deliverables", "competencies"), "no email can say what is delivered"),
        (("challengesAddressed", "likelyAlternative"), "no email can name a problem it solves"),
        (("comparativeAdvantage", "customerBenefits"), "no email can say why it is worth it"),
    ),
    "core-feature": ((("whatItDoes",), "it cannot be used in an email"),),
    "persona": (
        (("commonJobTitles",), "only its name can match a job title"),
        (("painPoints", "keyConcerns", "keyObjectives"), "an email has nothing of the reader to begin with"),
    ),
    "segment": (
        (("firmographics", "firmographicCharacteristics"), "no company can be told to belong to it"),
    ),
    "use-case": ((("desiredOutcomes", "scenarios"), "it cannot be used in an email"),),
    "competitor": ((("comparativeWeaknesses", "reasonsWeWin"), "a play against it has nothing to say"),),
    "alternative": ((("whereItBreaks", "hiddenCostsAndPitfalls"), "it cannot be used in an email"),),
    "objection": ((("reframeAndResponse",), "there is no answer to it"),),
    "buying-trigger": ((("whyThisCreatesUrgency", "costOfInaction"), "it cannot be used in an email"),),
    "proof-point": ((("howWeTalkAboutThis",), "its name has to serve as the sentence"),),
    "reference": ((("emailSnippets", "keyStats"), "nothing of it is cleared for emails"),),
    "playbook": ((("keyInsight",), "it has no angle"),),
}
"""Per kind: of these fields one at least has to hold something, or what follows."""

_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|<%|\[(?:insert|your|add|name|company|todo|tbd)\b[^\]]*\]|\b(?:lorem ipsum|TBD|TODO|TBC|FIXME|XXX)\b|\?\?\?"
)
_CUT_OFF = ("…", "...")
_FEWEST_WORDS = 3
"""Content words from which two equal texts are no coincidence."""


def _empty(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        for fields, consequence in _NEEDED.get(entity.kind, ()):
            if entity.active and not any(_holds(entity, one) for one in fields):
                yield Said(
                    f"{quoted(entity.name)} has no {' and no '.join(fields)}: {consequence}.",
                    tuple(Place(entity, one) for one in fields),
                )


def _holds(entity: Entity, field: str) -> bool:
    value = entity.data.get(field)
    if isinstance(value, Mapping):
        return any(text.strip() for texts in value.values() for text in texts)
    return any(text.strip() for text in entity.texts(field))


def _stale(library: LintedLibrary) -> Iterator[Said]:
    if not library.stored or not library.entities:
        return
    newest = max(map(_changed, library.entities))
    bound = timedelta(days=library.settings.stale_after_days)
    for entity in library.entities:
        behind = newest - _changed(entity)
        if entity.active and behind > bound:
            yield Said(
                f"{quoted(entity.name)} was last changed {behind.days} days before the newest change of the library; check that it "
                "still holds.",
                (Place(entity, "updatedAt"),),
            )


def _changed(entity: Entity) -> datetime:
    return entity.updated_at or entity.created_at


def _placeholders(library: LintedLibrary) -> Iterator[Said]:
    for fact in library.facts:
        if found := _PLACEHOLDER.search(fact.text):
            yield Said(f"{at(fact.place)} still has the placeholder {quoted(found[0])}.", (fact.place,))


def _cut_off(library: LintedLibrary) -> Iterator[Said]:
    for fact in library.facts:
        if fact.text.rstrip().endswith(_CUT_OFF):
            yield Said(f"{at(fact.place)} ends with dots: {quoted(fact.text)}; finish it.", (fact.place,))


def _too_long(library: LintedLibrary) -> Iterator[Said]:
    most = library.settings.longest_fact_words
    for fact in _in_lists(library):
        words = len(fact.text.split())
        if words > most:
            yield Said(
                f"{at(fact.place)} has {words} words; more than {most} fill an email, so split it.",
                (fact.place,),
            )


def _in_lists(library: LintedLibrary) -> Iterator[Fact]:
    """The facts that stand in a sentence of an email; summaries and descriptions may be longer."""
    return (fact for fact in library.facts if fact.place.index is not None)


def _repeated(library: LintedLibrary) -> Iterator[Said]:
    """Within an entity, and among entities of one kind: a sequence says each fact once. Playbooks retell facts, and may."""
    places: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in _in_lists(library):
        words = word_list(fact.text)
        if len(words) >= _FEWEST_WORDS and fact.entity.kind != "playbook":
            places[fact.entity.kind, " ".join(words)].append(fact)
    for several in places.values():
        if len(several) > 1:
            owners = list({fact.entity.id: fact.entity for fact in several}.values())
            yield Said(
                f"{quoted(several[0].text)} stands {len(several)} times, in {named(owners)}; keep it where it belongs.",
                tuple(fact.place for fact in several),
            )


def _same_name(library: LintedLibrary) -> Iterator[Said]:
    found: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in library.entities:
        found[entity.kind, " ".join(entity.name.casefold().split())].append(entity)
    for (kind, _), several in found.items():
        if len(several) > 1:
            yield Said(
                f"{len(several)} entries of the kind {kind} are called {quoted(several[0].name)}; rename or merge them.",
                tuple(Place(one, "name") for one in several),
            )


EMPTY_FIELD = Rule(
    "empty-field", Severity.WARNING, "What an entity of its kind needs to be of use is empty.", _empty
)
STALE = Rule(
    "stale",
    Severity.INFO,
    "An entity has not been changed for 180 days (or as many as are given) before the newest change.",
    _stale,
)
PLACEHOLDER = Rule(
    "placeholder",
    Severity.ERROR,
    "A text still holds a placeholder such as TBD, lorem ipsum or {{…}}.",
    _placeholders,
)
CUT_OFF = Rule("cut-off", Severity.WARNING, "A text ends with dots, as if it had been cut off.", _cut_off)
TOO_LONG = Rule(
    "too-long", Severity.WARNING, "A fact has more than 40 words, which is most of an email.", _too_long
)
REPEATED_FACT = Rule(
    "repeated-fact",
    Severity.WARNING,
    "One fact stands twice in an entity, or in two of the same kind.",
    _repeated,
)
SAME_NAME = Rule("same-name", Severity.WARNING, "Two entities of a kind have the same name.", _same_name)
