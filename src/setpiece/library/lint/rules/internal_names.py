"""Internal names that stand in texts which outsiders read."""

import re
from collections.abc import Iterator, Mapping

from setpiece.library.lint.model import LintedLibrary, Place, Rule, Said, Severity
from setpiece.library.lint.rules.wording import at, quoted
from setpiece.library.model import Entity
from setpiece.library.titles.words import stem

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
"""Words of the longest internal name that is looked for."""

Words = tuple[str, ...]


def _leaks(library: LintedLibrary) -> Iterator[Said]:
    names = _internal_names(library)
    if not names:
        return
    sizes = sorted({len(words) for words in names})
    firsts = {words[0] for words in names}
    for fact in library.facts:
        words = [found[0] for found in _WORD.finditer(fact.text)]
        folded = [word.casefold() for word in words]
        if firsts.isdisjoint(folded):
            continue
        for owner in _found(words, folded, names, sizes):
            yield Said(
                f"{at(fact.place)} says {quoted(owner.internal_name or '')}, the internal name of {quoted(owner.name)}; "
                "an email may quote it.",
                (fact.place, Place(owner, "internalName")),
            )


def _internal_names(library: LintedLibrary) -> Mapping[Words, Entity]:
    """Internal names by their words. One whose words all stand in the shown name gives nothing away."""
    found: dict[Words, Entity] = {}
    for entity in library.entities:
        words = _words(entity.internal_name or "")
        if (
            words
            and len(words) <= _MOST_WORDS
            and not set(map(stem, words)) <= set(map(stem, _words(entity.name)))
        ):
            found.setdefault(words, entity)
    return found


def _words(text: str) -> Words:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _found(
    words: list[str], folded: list[str], names: Mapping[Words, Entity], sizes: list[int]
) -> Iterator[Entity]:
    told: set[Words] = set()
    for start in range(len(folded)):
        for size in sizes:
            key = tuple(folded[start : start + size])
            owner = names.get(key)
            if owner is not None and key not in told and _is_meant(words, start, size, owner):
                told.add(key)
                yield owner


def _is_meant(words: list[str], start: int, size: int, owner: Entity) -> bool:
    """A name of one everyday word counts only where it is written as a name: `Regulated`, but not `regulated markets`."""
    if size > 1 or not words[start].isalpha():
        return True
    internal = (owner.internal_name or "").strip()
    is_code = internal.isupper() or not internal[1:].islower()
    return words[start] == internal and (is_code or start > 0)


INTERNAL_NAME_LEAKS = Rule(
    "internal-name-leaks",
    Severity.ERROR,
    "An internal name stands in a text that an email may quote.",
    _leaks,
)
