"""From a raw job title to clean English tokens, one list per role it names.

Titles come from forms, CRMs and profile pages: all capitals, emojis, `|` between roles, employers after `at`,
past roles after `ex-`, gender endings. All of that is settled here, so that `titles` sees plain words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from setpiece.library.titles.lists import translating
from setpiece.library.titles.particles import without_particles
from setpiece.library.titles.vocabulary import noise, seniority_phrases
from setpiece.library.titles.vocabulary.phrases import Words, phrases
from setpiece.library.titles.words import fold

MAX_TITLE_CHARS = 300
"""A job title is read up to here; the longest real ones seen are under 200 characters."""

MAX_ROLES = 4
BORDER = "&"

_GENDER_NOTE = re.compile(r"\([mwdfhxi](?:\s?[/|*,]\s?[mwdfhxi]){1,3}\)|\bm/w/d\b|\bh/f\b|\bf/h\b")
_GENDER_ENDING = re.compile(
    r"(?<=\w)(?:[:*_/·]-?in(?:nen)?|·e|·trice|\((?:a|o|e|in|ne|ora|ra)\)|/(?:a|o|e)(?=\W|$))(?!\w)"
)
_SINGLE_LETTERS = re.compile(r"\b(?:\w\.){2,}\w?")
_SHORT_AMPERSAND = re.compile(r"\b([a-z]{1,2})\s?&\s?([a-z]{1,2})\b")
_ROLE_BREAK = re.compile(r"[|•·;\n\r\t»›→>–—]{1,}| - | // |\s/\s|\bturned\b|\bnow\b")
_CLAUSE_BREAK = re.compile(r"[,()\[\]{}:]")
_EX = re.compile(r"\bex[- ]\S.*|\bex$")
_TOKEN = re.compile(r"[^\W_]+|[&/+]")

_FORM_WORDS = {"chief", "officer", "manager", "engineer"}
_RANKS = {words[0] for words in phrases(seniority_phrases.LEVELS) if len(words) == 1}
_PRINCIPALS = _RANKS | {"chief", "vice", "president", "cxo", "management", "board"}
_OF_RANKS = {"managing", "general", "executive", "senior", "regional"}
_SERVING = {"assistant", "secretary", "advisor", "adviser", "aide", "support", "staff", "office", "reporting"}


def role_tokens(title: str) -> list[list[str]]:
    """Tokens of each role the title names, present roles only, in the order given; at most four roles."""
    folded = _with_meant(_tidy(title[:MAX_TITLE_CHARS]))
    roles = (_tokens_of_role(role) for role in _ROLE_BREAK.split(folded) if role.strip())
    return [tokens for tokens in roles if any(token != BORDER for token in tokens)][:MAX_ROLES]


def _tidy(title: str) -> str:
    """Folded text with symbols as role breaks, gender endings gone and `V.P.`, `R&D` written as one word."""
    text = without_particles(unicodedata.normalize("NFKC", title))
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_symbol_as_break, text))
    text = _GENDER_ENDING.sub("", _GENDER_NOTE.sub(" ", fold(text)))
    text = _SINGLE_LETTERS.sub(lambda match: match.group().replace(".", ""), text)
    return _SHORT_AMPERSAND.sub(r"\1n\2", text)


def _symbol_as_break(character: str) -> str:
    """Emojis part roles; control and invisible characters vanish into a space."""
    category = unicodedata.category(character)
    if category == "So":
        return "|"
    return " " if category[0] == "C" and character not in "\n\r\t" else character


def _tokens_of_role(role: str) -> list[str]:
    tokens: list[str] = []
    for clause in _CLAUSE_BREAK.split(_without_employer(role)):
        present = _EX.sub("", clause)
        raw = _TOKEN.findall(present)
        if raw and raw[0] not in noise.PAST:
            tokens += [BORDER, *_english(raw)]
    return _without_principal(tokens)


def _without_employer(role: str) -> str:
    """`Head of Sales at Growth Labs` and `CEO @acme` end before the employer."""
    for mark in noise.EMPLOYER_MARKS:
        before, found, _ = f" {role}".partition(f" {mark} " if mark != "@" else " @")
        if found and before.strip():
            role = before
    return role


def _english(raw: Sequence[str]) -> Iterator[str]:
    """Abbreviations, other languages, compounds and misspellings put into English words."""
    for token, known in translating().phrases.scan([_spelt(token) for token in raw]):
        if known is not None:
            yield from known
        elif token in noise.JOINTS:
            yield BORDER
        else:
            yield from _english_word(token)


@lru_cache(maxsize=16_384)
def _spelt(token: str) -> str:
    """The token without a slip of the pen; a word that is known, or a compound, has none."""
    if token in translating().known or len(_english_word(token)) > 1:
        return token
    return translating().speller.correct(token) or token


@lru_cache(maxsize=16_384)
def _english_word(token: str) -> Words:
    """A German compound taken apart, also when umlauts are written `ae`; any other word as it is."""
    lists = translating()
    plain = token.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if (token,) in lists.english:
        return (token,)
    masculine = plain.removesuffix("in")
    if known := lists.phrases.get(plain) or lists.phrases.get(masculine) or lists.english.get((masculine,)):
        return known
    return lists.compounds.split(plain) or (token,)


def _with_meant(folded: str) -> str:
    """Short forms of several meanings spelt out where the rest of the title says which is meant."""
    raw = _TOKEN.findall(folded)
    short_forms = translating().short_forms
    if short_forms.isdisjoint(raw):
        return folded
    others = frozenset(_english([token for token in raw if token not in short_forms]))
    for short in short_forms.intersection(raw):
        if meaning := _meant(short, others):
            folded = re.sub(rf"\b{short}\b", " ".join(meaning), folded)
    return folded


def _meant(short: str, others: Set[str]) -> Words | None:
    """The second meaning of a short form when the rest of the title speaks of it: `CPO (Procurement)`."""
    for form, meaning in translating().second_meanings:
        if form == short and others & (set(meaning) - _FORM_WORDS):
            return meaning
    return None


def _without_principal(tokens: list[str]) -> list[str]:
    """An assistant to the CEO is no CEO: whoever is served is cut off, and fillers go. A bare partner owns."""
    for at, word in enumerate(tokens):
        if word in noise.FILLERS and _serves(tokens[:at]) and (word == "to" or _names_rank(tokens[at + 1 :])):
            tokens = tokens[:at]
            break
    kept = [token for token in tokens if token not in noise.FILLERS]
    return ["managing", "partner"] if kept == [BORDER, "partner"] else kept


def _serves(before: Sequence[str]) -> bool:
    return any(token in _SERVING for token in before)


def _names_rank(after: Sequence[str]) -> bool:
    """Whether the words after a preposition begin with a rank: `to the [Chief ...]`, `do [Director]`."""
    named = [token for token in after if token not in noise.FILLERS][:2]
    return bool(named) and (named[0] in _PRINCIPALS or (named[-1] in _RANKS and named[0] in _OF_RANKS))
