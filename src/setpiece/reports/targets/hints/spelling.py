"""Names as a recogniser may write them: `Maria`, `María` and `Mariah` are one, `Maria` and `Mario` are two."""

import re
from functools import lru_cache

_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("[sc]h(?=[ae-z])"), "s"),
    (re.compile("ck|qu|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c"), "k"),
    (re.compile("g(?=[eiy])"), "j"),
    (re.compile("z"), "s"),
    (re.compile("y"), "i"),
    (re.compile("(?<=[bdlmnrst])j(?=[aeou])"), "i"),
    (re.compile("[vw]"), "b"),
    (re.compile("h"), ""),
    (re.compile("ee|ea|ei|ie|ii"), "i"),
    (re.compile("ou|oo"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=[a-z]{2})e$"), ""),
)
_VOWELS = frozenset("aeiou")
LEAST_PREFIX = 3
"""Letters of a short form such as `Dan` for `Daniel`."""


@lru_cache(maxsize=8192)
def sound_of(name: str) -> str:
    """A plain name without what recognisers and languages write in several ways."""
    for found, instead in _SOUNDS:
        name = found.sub(instead, name)
    return name


@lru_cache(maxsize=32_768)
def alike(wanted: str, heard: str) -> float:
    """1 for one name, 0.9 when both sound the same, 0.7 for a vowel within or a short form; 0 for two names."""
    if wanted == heard:
        return 1.0
    if min(len(wanted), len(heard)) < 2 or wanted[0].isdigit() or heard[0].isdigit():
        return 0.0
    one, other = sound_of(wanted), sound_of(heard)
    if one == other:
        return 0.9
    if _one_vowel_apart(one, other):
        return 0.7
    short, long = sorted((wanted, heard), key=len)
    if long == f"{short}s":
        return 0.0
    return (
        0.7 if len(short) >= LEAST_PREFIX and long.startswith(short) and len(long) - len(short) <= 5 else 0.0
    )


@lru_cache(maxsize=32_768)
def company_alike(wanted: str, heard: str) -> float:
    """As `alike`; long names may lose, gain or change a letter: `Northwin` for `Northwind`."""
    if wanted == heard or sound_of(wanted) == sound_of(heard):
        return 1.0
    long_enough = min(len(wanted), len(heard)) >= 6
    return 0.8 if long_enough and _edits(wanted, heard) <= (2 if len(wanted) >= 9 else 1) else 0.0


def _one_vowel_apart(one: str, other: str) -> bool:
    """The last letter tells women's names from men's in Spanish and Portuguese, so it has to be the same."""
    if len(one) != len(other) or len(one) < 4 or one[-1] != other[-1]:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and _VOWELS.issuperset(apart[0])


def _edits(one: str, other: str) -> int:
    """Letters to add, drop or change (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b)))
        before = now
    return before[-1]
