"""Capitals at the start of a fact: lowered only where that is safe, names and acronyms kept."""

from collections.abc import Iterable
from functools import lru_cache

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.clean import words_of

_SHOUT_LETTERS = 9


_COMPANY_ENDINGS = frozenset({"inc", "ltd", "llc", "gmbh", "corp", "plc", "ag", "sa", "sl", "ltda"})
_NO_NAMES = lex.DETERMINERS | lex.PREPOSITIONS | lex.SUBORDINATORS | lex.SUBJECT_PRONOUNS
_SMALL_WORDS = lex.PREPOSITIONS | lex.DETERMINERS | lex.CONJUNCTIONS | {"to"}


def protected_words(names: Iterable[str | None], texts: Iterable[str]) -> frozenset[str]:
    """What keeps its capital: names (those of several words as a whole), and words capitalised inside a sentence."""
    given = [name.strip() for name in names if name and name.strip()]
    words = {name if " " in name else name.lower() for name in given if name[:1].isupper()}
    longer = [name for name in given if " " in name]
    for text in texts:
        for name in longer:
            text = text.replace(name, "")
        words.update(_capitalised_inside(text))
    return frozenset(words) - _NO_NAMES


@lru_cache(maxsize=8_192)
def _capitalised_inside(text: str) -> tuple[str, ...]:
    if is_title_case(text) or _is_shouted(text):
        return ()
    return tuple(word.lower() for word in words_of(text)[1:] if word[:1].isupper())


@lru_cache(maxsize=8_192)
def is_title_case(text: str) -> bool:
    """Whether every word but the small ones of a heading has a capital: not "They use Rival Inc", where "use" has none."""
    words = words_of(text)
    if any(len(word) > 3 and word[0].islower() for word in words):  # most facts: two words are looked at
        return False
    longer = [word for word in words if len(word) > 3]
    own = [word for word in words if word.lower() not in _SMALL_WORDS]
    if not words or words[-1].lower() in _COMPANY_ENDINGS:
        return False  # "Uses Rival Inc" is a short sentence that ends in a name
    return len(words) >= 3 and len(longer) >= 2 and not any(word[0].islower() for word in (*own, *longer))


def _is_shouted(text: str) -> bool:
    if not text.isupper():
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _SHOUT_LETTERS and all(char.isupper() for char in letters)


def lower_start(text: str, protected: frozenset[str]) -> str:
    """The text as it stands inside a sentence: "Manual research" -> "manual research", "HubSpot" stays."""
    if _is_shouted(text) or is_title_case(text):
        return _lower_words(text, protected)
    if text.startswith(names_of_several_words(protected)):
        return text
    first, _, rest = text.partition(" ")
    second = rest.split(" ", 1)[0]
    if _keeps_capital(first, second, protected):
        return text
    return first[:1].lower() + first[1:] + (f" {rest}" if rest else "")


@lru_cache(maxsize=256)
def names_of_several_words(protected: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in protected if " " in name)


def words_cased(text: str) -> frozenset[str]:
    """The words for which it matters to `lower_start` whether they are protected."""
    if _is_shouted(text) or is_title_case(text):
        return frozenset(_bare(word).lower() for word in text.split(" "))
    return frozenset({_without_ending(_bare_first(text.partition(" ")[0]))})


def _bare_first(word: str) -> str:
    return word.strip("\"'“”‘’(),;:")


def _without_ending(bare: str) -> str:
    return bare.lower().split("'")[0].split("’")[0]


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’(),;:.!?")


def _keeps_capital(first: str, second: str, protected: frozenset[str]) -> bool:
    bare = _bare_first(first)
    lowered = _without_ending(bare)
    if bare in {"I", "I'm", "I’m"} or bare[1:] != bare[1:].lower() or any(char.isdigit() for char in bare):
        return True
    if lowered in lex.COMMON_WORDS:
        return False
    if lowered in protected or lowered in lex.PROPER_FIRST_WORDS or bare in lex.ACRONYMS:
        return True
    return second[:1].isupper() and second not in lex.ACRONYMS


def _lower_words(text: str, protected: frozenset[str]) -> str:
    return " ".join(_lower_word(word, protected) for word in text.split(" "))


def _lower_word(word: str, protected: frozenset[str]) -> str:
    bare = _bare(word)
    mixed = bare[1:] != bare[1:].lower() and not bare.isupper()
    acronym = bare.upper() if bare.upper() in lex.ACRONYMS and bare.isupper() else None
    if (
        acronym
        or mixed
        or bare.lower() in protected
        or bare.lower() in lex.PROPER_FIRST_WORDS
        or (len(bare) == 1 and bare != "A")
    ):
        return word
    return word.lower()


def upper_start(text: str) -> str:
    """The text with its first letter as a capital; one that starts with a digit or a placeholder stays."""
    if text.startswith("{{"):
        return text
    for at, char in enumerate(text):
        if char.isalpha():
            # "ß" and "µ" have no capital that leads back to them.
            capital = char.upper() if char.upper().lower() == char.lower() else char
            return text[:at] + capital + text[at + 1 :]
        if char.isdigit():
            return text
    return text
