"""Reading a job title: how high it stands, what it is about, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from setpiece.library.titles.functions import Function
from setpiece.library.titles.lists import naming
from setpiece.library.titles.naming import (
    first_clause,
    is_firm,
    is_foreign,
    is_vague,
    name_functions,
    unread_words,
)
from setpiece.library.titles.seniority import ORDER, Seniority
from setpiece.library.titles.title_text import BORDER, MAX_ROLES, MAX_TITLE_CHARS, role_tokens
from setpiece.library.titles.vocabulary import noise, seniority_phrases
from setpiece.library.titles.words import stem

_HIGH = frozenset(ORDER[: ORDER.index(Seniority.MANAGER)])
_LEADS_SELLERS = {Seniority.C_LEVEL, Seniority.VP, Seniority.HEAD}
_AS_SALES = {"account": "sales", "accounts": "sales"}


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a title.

    `words` are its English words without fillers and without qualifiers such as `EMEA` or `interim`, rank
    words first, then the others in alphabetical order: two spellings of one title give the same words.
    `topic` are those words that name neither a level nor a part of one. A `vague` role has its function from
    words that are weak or also used elsewhere, beside words that are not understood: `Sound Engineer`, `Tide Controller`.
    In an `unread` one the words before the first comma hold one that no list has.
    """

    seniority: Seniority | None
    functions: tuple[Function, ...]
    words: tuple[str, ...]
    topic: frozenset[str]
    vague: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A job title as read: its present roles, the main one first, and every word but those of rank."""

    roles: tuple[Role, ...]
    words: tuple[str, ...]

    @property
    def seniority(self) -> Seniority | None:
        return self.roles[0].seniority if self.roles else None

    @property
    def functions(self) -> tuple[Function, ...]:
        return self.roles[0].functions if self.roles else ()

    @property
    def function(self) -> Function | None:
        return self.functions[0] if self.functions else None


def in_english(title: str) -> str:
    """What the title's main role says, in English words; the title itself when nothing of it is a role."""
    roles = parse_title(title).roles
    return " ".join(roles[0].words) if roles else title


def parse_title(title: str) -> Title:
    """Read a raw title of any length or script; what cannot be understood is kept as plain words."""
    return _parse(title[:MAX_TITLE_CHARS])


@lru_cache(maxsize=32_768)
def _parse(title: str) -> Title:
    tokens_by_role = role_tokens(title)
    parted = [part for whole in _with_split_dash(tokens_by_role) for part in _posts(whole)]
    roles = tuple(dict.fromkeys(_role(part) for part in parted))[:MAX_ROLES]
    tokens = (token for tokens in tokens_by_role for token in tokens if token != BORDER)
    words = dict.fromkeys(stem(token) for token in tokens if token not in naming().ranks)
    return Title(roles, tuple(words))


def _with_split_dash(tokens_by_role: list[list[str]]) -> list[list[str]]:
    """Put `Director | IT Security` together again: a bare level and a bare topic are one role.

    So are a post that exists anywhere and a place outside offices: `Controller - Air Traffic`.
    """
    if len(tokens_by_role) < 2:
        return tokens_by_role
    first, second, *rest = tokens_by_role
    levels, functions = _levels(first), _functions(first)
    bare_level = levels and not functions and _functions(second) and not _levels(second)
    bare_topic = functions and not levels and _levels(second) and not _functions(second)
    place = functions and not is_firm(first) and is_foreign(second) and not _levels(second)
    return [[*first, BORDER, *second], *rest] if bare_level or bare_topic or place else tokens_by_role


def _posts(tokens: list[str]) -> list[list[str]]:
    """`Founder & CTO` holds two posts when each side names a high level and a function of its own.

    The one that says most comes first: a founder who is also the CTO is reached as the CTO.
    """
    parts = [list(part) for is_border, part in groupby(tokens, BORDER.__eq__) if not is_border]
    if len(parts) < 2 or not all(_seniority(part) in _HIGH and _functions(part) for part in parts):
        return [tokens]
    return sorted(parts, key=lambda part: _functions(part)[0] is Function.GENERAL_MANAGEMENT)


def _role(tokens: Sequence[str]) -> Role:
    tokens = _leading_sellers(tokens)
    words = [t for t in tokens if t != BORDER and t not in noise.QUALIFIERS] or [
        t for t in tokens if t != BORDER
    ]
    ranks = dict.fromkeys(word for word in words if word in naming().ranks)
    topic = {stem(word) for word in words if word not in naming().ranks}
    return Role(
        seniority=_seniority(tokens),
        functions=_functions(tokens),
        words=(*ranks, *sorted(topic)),
        topic=frozenset(topic),
        vague=is_vague(tokens, topic),
        unread=bool(unread_words(first_clause(tokens))),
    )


def _assists_a_rank(tokens: Sequence[str]) -> bool:
    """`CEO Assistant`: the assistant comes last, and a level of somebody else before."""
    return tokens[-1] == "assistant" and len(_levels(tokens)) > 1


def _functions(tokens: Sequence[str]) -> tuple[Function, ...]:
    if _assists_a_rank(tokens):
        return (Function.ADMINISTRATION,)
    return name_functions(tokens)


def _leading_sellers(tokens: Sequence[str]) -> Sequence[str]:
    """`VP Strategic Accounts` leads those who sell: a post of the first ranks keeps no account of its own."""
    if _seniority(tokens) in _LEADS_SELLERS and _functions(tokens)[:1] == (Function.ACCOUNT_MANAGEMENT,):
        return [_AS_SALES.get(token, token) for token in tokens]
    return tokens


def _levels(tokens: Sequence[str]) -> list[str]:
    """Every level named, as the lists have it; `chief` with `officer` after it is the C level."""
    levels = naming().levels.meanings(tokens)
    if "chief" in tokens and "officer" in tokens[tokens.index("chief") :]:
        levels.append(Seniority.C_LEVEL)
    return levels


def _seniority(tokens: Sequence[str]) -> Seniority | None:
    """The highest level named, unless the title is that of a trainee or of somebody's assistant."""
    if _assists_a_rank(tokens):
        return Seniority.INDIVIDUAL
    if seniority_phrases.BELOW_ALL.intersection(tokens):
        return Seniority.ENTRY
    levels = _levels(tokens)
    return next((level for level in ORDER if level in levels), None)
