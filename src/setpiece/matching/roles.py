"""How well roles fit each other, and what a persona's titles say once they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from setpiece.library.titles import functions, seniority
from setpiece.library.titles.functions import Function
from setpiece.library.titles.parse import Role, Title, parse_title
from setpiece.library.titles.seniority import Seniority
from setpiece.library.titles.terms import MAX_TITLE_KEYS

Post = tuple[Function, Seniority | None]
"""A function at a level."""

_SECOND_FUNCTION = 0.9
_SECOND_ROLE = 0.8
_VAGUE = 0.6
"""A title's later functions and roles count, but less than what it names first, and a function
taken from a weak word beside unknown ones counts least. Judgement."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A persona's common titles as read; its name stands in when it lists none."""

    roles: tuple[tuple[str, Role], ...]
    posts: frozenset[Post]
    words: frozenset[str]
    word_forms: frozenset[tuple[str, ...]]

    def has_any(self, word_forms: frozenset[tuple[str, ...]]) -> bool:
        """Whether one of its titles has exactly these words."""
        return not self.word_forms.isdisjoint(word_forms)


@lru_cache(maxsize=8_192)
def profile_of(name: str, titles: tuple[str, ...]) -> Profile:
    """Read a persona's titles once; the work is kept for the next prospect."""
    read = [(title, parse_title(title)) for title in titles[:MAX_TITLE_KEYS] or (name,)]
    roles = tuple((title, role) for title, parsed in read for role in parsed.roles)
    posts = frozenset((function, role.seniority) for _, role in roles for function in role.functions)
    words = frozenset(word for _, parsed in read for word in parsed.words)
    return Profile(roles, posts, words, frozenset(role.words for _, role in roles))


def fit_by_post(title: Title) -> Mapping[Post, float]:
    """For every post the title has any closeness to: function closeness times level closeness, 0..1."""
    fits: dict[Post, float] = {}
    for at, role in enumerate(title.roles):
        for place, function in enumerate(role.functions):
            part = (_SECOND_ROLE if at else 1.0) * (_SECOND_FUNCTION if place else 1.0)
            part *= _VAGUE if role.vague else 1.0
            for near, likeness in functions.neighbours(function):
                for level in (None, *Seniority):
                    value = part * likeness * seniority.closeness(role.seniority, level)
                    fits[near, level] = max(fits.get((near, level), 0.0), value)
    return fits
