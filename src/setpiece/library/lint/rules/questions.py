"""Qualifying questions that never decide anything."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from setpiece.library.lint.model import LintedLibrary, Place, Rule, Said, Severity
from setpiece.library.lint.rules.wording import named, quoted
from setpiece.library.model import Entity
from setpiece.library.titles.words import content_words, fold, word_list

_FIELD = "qualifyingQuestions"
_OPENERS = frozenset(
    """do does did is are was were has have had can could will would should do don't doesn't didn't isn't aren't wasn't hasn't
    haven't can't won't lack lacks""".split()  # noqa: SIM905 - a word list
)
_SAYING_NOTHING = frozenset(
    """good great fit right suitable suited relevant interesting interested qualified ideal icp match nice promising worth likely
    customer prospect person lead account target buyer""".split()  # noqa: SIM905 - a word list
)
_FEWEST_ALIKE = 3
"""Entities of a kind from which a question on all of them is told: with two it may be meant so."""

Asked = tuple[int, Mapping[str, Any]]


def _active(entity: Entity) -> list[Asked]:
    return [(at, one) for at, one in enumerate(entity.qualifying_questions) if not one.get("archivedAt")]


def _by_text(entity: Entity) -> Mapping[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for at, one in _active(entity):
        found[_key(one)].append((at, one))
    return found


def _key(question: Mapping[str, Any]) -> str:
    """Equal for questions of the same words; small words count, because `from` and `to` differ."""
    return " ".join(fold(question["question"]).replace("?", " ").split())


def _repeated(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        for asked in _by_text(entity).values():
            if len(asked) > 1 and not _contradicts(asked):
                yield Said(
                    f"{quoted(entity.name)} asks {quoted(asked[0][1]['question'])} {len(asked)} times; keep one and give it the weight.",
                    tuple(Place(entity, _FIELD, at) for at, _ in asked),
                )


def _contradicting(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        for asked in _by_text(entity).values():
            if _contradicts(asked):
                yield Said(
                    f"{quoted(entity.name)} counts a yes to {quoted(asked[0][1]['question'])} both for and against; decide.",
                    tuple(Place(entity, _FIELD, at) for at, _ in asked),
                )


def _contradicts(asked: list[Asked]) -> bool:
    return len({one.get("fitType", "GOOD") for _, one in asked}) > 1


def _not_yes_no(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        for at, one in _active(entity):
            first = fold(one["question"]).replace("’", "'").split()[:1]
            if not first or first[0].strip("¿?.,") not in _OPENERS:
                yield Said(
                    f"{quoted(one['question'])} does not read as a yes-or-no question in English, so its answer stays unknown; "
                    "begin it with Does, Is or Has.",
                    (Place(entity, _FIELD, at),),
                )


def _vague(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        for at, one in _active(entity):
            if not content_words(one["question"]) - _SAYING_NOTHING:
                yield Said(
                    f"{quoted(one['question'])} names nothing that could be known; ask for a fact.",
                    (Place(entity, _FIELD, at),),
                )


def _only_low(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        active = _active(entity)
        if len(active) > 1 and all(one.get("weight", "MEDIUM") == "LOW" for _, one in active):
            yield Said(
                f"All questions of {quoted(entity.name)} weigh LOW, so none outweighs another; say which matter.",
                tuple(Place(entity, _FIELD, at) for at, _ in active),
            )


def _only_archived(library: LintedLibrary) -> Iterator[Said]:
    for entity in library.entities:
        if entity.qualifying_questions and not _active(entity):
            yield Said(
                f"All questions of {quoted(entity.name)} are archived, so nothing qualifies it.",
                (Place(entity, _FIELD),),
            )


def _same_everywhere(library: LintedLibrary) -> Iterator[Said]:
    """Only questions that count the same way everywhere: the other ones do decide."""
    for kind in ("product", "service", "persona", "segment", "playbook"):
        several = [one for one in library.of(kind) if one.active]
        if len(several) < _FEWEST_ALIKE:
            continue
        places: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for entity in several:
            for at, one in _active(entity):
                places[" ".join(word_list(one["question"])), one.get("fitType", "GOOD")].append(
                    Place(entity, _FIELD, at)
                )
        for found in places.values():
            if len({place.entity.id for place in found}) == len(several):
                question = found[0].entity.qualifying_questions[found[0].index or 0]["question"]
                yield Said(
                    f"Every {kind} asks {quoted(question)}, so it never decides between {named(several)}; "
                    "move it to what they have in common.",
                    tuple(found),
                )


QUESTION_REPEATED = Rule(
    "question-repeated",
    Severity.WARNING,
    "An entity asks the same question twice, which counts it twice.",
    _repeated,
)
QUESTION_CONTRADICTS = Rule(
    "question-contradicts",
    Severity.ERROR,
    "An entity counts a yes to one question both for and against.",
    _contradicting,
)
QUESTION_NOT_YES_NO = Rule(
    "question-not-yes-no",
    Severity.WARNING,
    "A question cannot be answered with yes or no, so it never counts.",
    _not_yes_no,
)
QUESTION_TOO_VAGUE = Rule(
    "question-too-vague",
    Severity.WARNING,
    "A question names nothing that could be known, as in “Is it a good fit?”.",
    _vague,
)
QUESTIONS_ONLY_LOW = Rule(
    "questions-only-low",
    Severity.INFO,
    "All of an entity's questions weigh LOW, so the weights say nothing.",
    _only_low,
)
QUESTIONS_ARCHIVED = Rule(
    "questions-archived",
    Severity.INFO,
    "All of an entity's questions are archived, so none is asked.",
    _only_archived,
)
QUESTION_EVERYWHERE = Rule(
    "question-everywhere",
    Severity.INFO,
    "Three or more entities of a kind all ask the same, so it never decides.",
    _same_everywhere,
)
