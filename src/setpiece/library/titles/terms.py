"""Keys under which library entities are stored and a prospect's candidates pulled in, by index, from a large library.

    t:vice president sales   a whole title, normalised (two spellings of one title share it)
    fs:sales:vp              function and level          f:sales   function alone
    w:pipeline               a word                      d:a.example   a domain

A persona that scores above the floor shares at least one key with the prospect: the score needs a common title,
a common or related function, or common words, and each of these has its key here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from setpiece.library.titles import functions, seniority
from setpiece.library.titles.domains import host_of, parents
from setpiece.library.titles.functions import Function
from setpiece.library.titles.parse import Role, parse_title
from setpiece.library.titles.seniority import Seniority
from setpiece.library.titles.words import word_list

MAX_WORD_KEYS = 64
MAX_TITLE_KEYS = 200
"""Titles of one persona that are given keys; more than any library seen holds."""

MAX_KEY_CHARS = 120
_NEAR_LEVEL = 0.8


def persona_terms(name: str, titles: Iterable[str]) -> frozenset[str]:
    """Keys of a persona, from its common job titles and its name."""
    keys: set[str] = set()
    for title in (name, *tuple(titles)[:MAX_TITLE_KEYS]):
        parsed = parse_title(title)
        keys.update(_word_keys(parsed.words))
        for role in parsed.roles:
            keys.update(_role_keys(role))
    return frozenset(keys)


def text_terms(text: str, limit: int = MAX_WORD_KEYS) -> frozenset[str]:
    """Word keys of any other entity: the `limit` most frequent words, earlier ones first among equals."""
    return frozenset(_frequent_words(text, limit))


def domain_terms(domains: Iterable[str]) -> frozenset[str]:
    """Keys of a playbook's example domains."""
    return frozenset(f"d:{host[:MAX_KEY_CHARS]}" for host in map(host_of, domains) if host)


def prospect_terms(
    job_title: str | None, company_domain: str | None, texts: Iterable[str | None]
) -> tuple[str, ...]:
    """Keys to look a prospect's candidates up with, the most telling first, each once.

    Order: domain, whole titles, function with level, with near levels, function, title words, related functions
    from near to far, words of the contexts and of the company.
    """
    parsed = parse_title(job_title or "")
    keys = [f"d:{host[:MAX_KEY_CHARS]}" for host in parents(host_of(company_domain or ""))]
    keys += [f"t:{' '.join(role.words)[:MAX_KEY_CHARS]}" for role in parsed.roles]
    for level_floor in (1.0, _NEAR_LEVEL):
        keys += [key for role in parsed.roles for key in _level_keys(role, level_floor)]
    keys += [f"f:{function}" for role in parsed.roles for function in role.functions]
    keys += _word_keys(parsed.words)
    keys += _related_keys(function for role in parsed.roles for function in role.functions)
    for text in texts:
        keys += _frequent_words(text or "", MAX_WORD_KEYS)
    return tuple(dict.fromkeys(keys))


def _role_keys(role: Role) -> Iterator[str]:
    yield f"t:{' '.join(role.words)[:MAX_KEY_CHARS]}"
    for function in role.functions:
        yield f"f:{function}"
        if role.seniority:
            yield f"fs:{function}:{role.seniority}"


def _level_keys(role: Role, floor: float) -> list[str]:
    """Function with each level at least `floor` close to the role's, the closest first."""
    if role.seniority is None:
        return []
    near = [(seniority.closeness(role.seniority, level), level) for level in Seniority]
    levels = [level for value, level in sorted(near, key=lambda pair: -pair[0]) if value >= floor]
    return [f"fs:{function}:{level}" for function in role.functions for level in levels]


def _related_keys(named: Iterable[Function]) -> list[str]:
    near = [pair for function in named for pair in functions.neighbours(function)]
    return [f"f:{function}" for function, _ in sorted(near, key=lambda pair: -pair[1])]


def _word_keys(words: Iterable[str]) -> list[str]:
    return [f"w:{word[:MAX_KEY_CHARS]}" for word in words]


def _frequent_words(text: str, limit: int) -> list[str]:
    return _word_keys(word for word, _ in Counter(word_list(text)).most_common(limit))
