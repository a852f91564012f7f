"""How well roles fit each other, and what a persona's titles say once they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from setpiece.library.titles import functions, seniority
from setpiece.library.titles.functions import Function
from setpiece.library.titles.parse import Role, Title, parse_title
from setpiece.library.titles.seniority import Seniority
from setpiece.library.titles.terms import MAX_TITLE_KEYS

Post = tuple[Function, Seniority | None]
"""A function at a level."""

Form = tuple[tuple[str, ...], tuple[Function, ...]]
"""A title's words without qualifiers, and its functions: `Head of Strategic Finance` is no `Head of Finance`."""

_SECOND_FUNCTION = 0.9
_SECOND_ROLE = 0.8
_VAGUE = 0.6
"""A title's later functions and roles count, but less than what it names first, and a function
taken from a weak word beside unknown ones counts least. Judgement."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A persona's common titles as read; its name stands in when it lists none."""

    roles: tuple[tuple[str, Role], ...]
    posts: Mapping[Post, float]
    """How much each counts, 0..1: less for what one of its titles names second."""
    words: frozenset[str]
    forms: frozenset[Form]

    def has_any(self, forms: frozenset[Form]) -> bool:
        """Whether one of its titles says exactly the same."""
        return not self.forms.isdisjoint(forms)


@lru_cache(maxsize=8_192)
def profile_of(name: str, titles: tuple[str, ...]) -> Profile:
    """Read a persona's titles once; the work is kept for the next prospect."""
    read = [(title, parse_title(title)) for title in titles[:MAX_TITLE_KEYS] or (name,)]
    roles = tuple((title, role) for title, parsed in read for role in parsed.roles)
    words = frozenset(word for _, parsed in read for word in parsed.words)
    return Profile(
        roles, _posts(role for _, role in roles), words, frozenset(form_of(role) for _, role in roles)
    )


def form_of(role: Role) -> Form:
    return role.words, role.functions


def _posts(roles: Iterable[Role]) -> Mapping[Post, float]:
    posts: dict[Post, float] = {}
    for role in roles:
        for place, function in enumerate(role.functions):
            post, part = (function, role.seniority), _SECOND_FUNCTION if place else 1.0
            posts[post] = max(posts.get(post, 0.0), part)
    return posts


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
