"""Small words of other languages that look like English short forms: `Rechtspflegerin am Amtsgericht`."""

import re
from functools import cache

from setpiece.library.titles.lists import translating
from setpiece.library.titles.vocabulary import noise


def without_particles(text: str) -> str:
    """The title without them. `AM`, `Senior AM EMEA` and `senior am emea` keep theirs: those are account managers.

    Such a word is a particle when it joins two others and is written small in a title that also has capitals, or, where
    the case says nothing, when what follows it is no English word of titles.
    """
    found = _between_words().search(text)
    if not found:
        return text
    mixed = text != text.upper() and text != text.lower()
    return _between_words().sub(lambda match: " " if _joins(match, mixed=mixed) else match.group(), text)


@cache
def _between_words() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)\s+({'|'.join(sorted(noise.PARTICLES))})\s+(?=(\w+))", re.IGNORECASE)


def _joins(match: re.Match[str], *, mixed: bool) -> bool:
    if mixed:
        return match[1].islower()
    following = match[2].casefold()
    return (following,) not in translating().english and following not in noise.QUALIFIERS
