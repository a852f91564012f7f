"""Whether a phrase that opens with a word such as "exports" says what something does, or names things."""

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.finite import HELPERS, OBJECT_OPENERS, find_finite, is_plural
from setpiece.agents.sequence.writer.verbs import STRONG_VERBS, word_set


def looks_third(word: str) -> bool:
    """A word that no list has may be a verb when it says what we do: "reminds an approver"."""
    return (
        len(word) > 4
        and word.endswith("s")
        and not word.endswith(_NOUN_ENDINGS)
        and word.isalpha()
        and word not in lex.NOUN_LIKE_THIRDS
    )


_NOUN_ENDINGS = ("ss", "us", "is", "ings", "ments", "ions", "ers", "ors", "ities", "ists", "ances", "ences")


def is_deed(words: list[str], *, reads_as_deed: bool) -> bool:
    """Whether a first word such as "exports" or "changes" is a verb: "Exports the library", not "Changes to code are kept"."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    at = find_finite(words)
    if (second in _OPENERS and second != "it") or (reads_as_deed and first in _ASKING and second in _ASKED):
        # What follows a comma or "and" is a second deed: "Exports the library, shows the difference".
        return at is None or words[at] not in HELPERS or second in _ASKED
    if reads_as_deed and second == "and" and _is_second_deed(words[2:]):
        return True
    if reads_as_deed and at == 1 and second in MASS_NOUNS:
        return True  # "forecasts demand by store"
    if at is not None and not (reads_as_deed and is_plural(second) and _opens_clause_later(words, at)):
        return False
    if (second in lex.PREPOSITIONS and second != "of") or second == "to":
        if first in _ASKING and words[2:3] != [] and words[2] in _ASKED:
            return True  # "shows at which stage a seller gets stuck"
        return first in _INTRANSITIVE if reads_as_deed else first in _LEADING_TO and second == "to"
    if reads_as_deed and takes_plain_object(words):
        return True
    return second[:1].isdigit() or second.endswith("ly")


_OPENERS = OBJECT_OPENERS - {"that", "which", "where"}
_NO_OPENERS = lex.PREPOSITIONS | lex.CONJUNCTIONS | HELPERS
_ASKING = word_set("shows lists checks tracks flags names notes records marks controls")
_ASKED = word_set("which who where why whether when")
_LEADING_TO = word_set("leads needs matters")
_INTRANSITIVE = _LEADING_TO | word_set(
    "runs works lives fits plugs starts links scales syncs talks ends stands looks reads switches moves rolls speaks sits acts"
)
"""Deeds that go on with a preposition; "answers for investors" and "changes without risk" are things."""


def _is_second_deed(words: list[str]) -> bool:
    """Whether a third-person verb with an object follows: "reviews and | removes access"."""
    first, second = (*words, "", "")[:2]
    if first not in lex.BASE_BY_THIRD or not second:
        return False
    return first in lex.STRONG_THIRDS or second not in _NO_OPENERS


def _opens_clause_later(words: list[str], at: int) -> bool:
    """Whether the finite verb belongs to a clause of its own: "routes requests before money is spent"."""
    return bool(_CLAUSE_OPENERS.intersection(words[2:at]))


_CLAUSE_OPENERS = lex.SUBORDINATORS | word_set("before after until once as")


def takes_plain_object(words: list[str]) -> bool:
    """Whether what follows the first word can only be its object: a noun in the plural, or one without number."""
    second = words[1] if len(words) > 1 else ""
    if not second or words[0] in _ATTRIBUTES or second in _NO_OBJECTS:
        return False
    if second in _OPENERS:
        return True
    end = next((at for at in range(2, len(words)) if words[at] in _AFTER_NOUN), len(words))
    return any(is_plural(word) or word in MASS_NOUNS for word in {words[1], words[end - 1]})


_ATTRIBUTES = word_set(
    "sales operations systems savings goods logistics communications sports series news always perhaps"
)
"""Words in -s that stand before another noun."""
_NO_OBJECTS = (
    lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.SUBORDINATORS | HELPERS | lex.PARTICIPLES | STRONG_VERBS | {"to", ","}
    | (lex.PASTS.keys() - lex.ALL_VERBS) | lex.STRONG_THIRDS.keys()
)  # fmt: skip
_AFTER_NOUN = lex.PREPOSITIONS | lex.DETERMINERS | lex.CONJUNCTIONS | lex.SUBORDINATORS | {"to", ","}
MASS_NOUNS = word_set(
    "headcount data evidence access feedback research inventory stock spend cash capacity usage traffic revenue pipeline copy "
    "content code noise risk time money paper demand intent churn software equipment staff waste energy overtime turnover"
)
