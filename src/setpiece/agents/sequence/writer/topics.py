"""The whole phrases and nouns in a fact that could stand alone, as in a subject line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.finite import SURE_THIRDS, find_finite, is_plural, tokens_of
from setpiece.agents.sequence.writer.model import FactRole
from setpiece.agents.sequence.writer.person import as_gerund
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape, classify
from setpiece.agents.sequence.writer.verbs import STRONG_VERBS, word_set

FEWEST_WORDS, MOST_WORDS = 2, 6

_POINTING = word_set(
    "it its this that these those they them their he she his her him we us our you your i me my such"
)
"""Words that point at something a subject line does not show."""
_ASIDE_OPENERS = word_set("without while when because so before after until instead unless if whenever")
"""Words that open an afterthought: what stands before them is whole by itself."""
_ARTICLES = word_set("a an the")
_AFTER_COMMA = _ASIDE_OPENERS | word_set("so each whatever even which who")
_NO_LAST_WORDS = (
    lex.PREPOSITIONS | lex.DETERMINERS | lex.CONJUNCTIONS | lex.SUBORDINATORS | {"to"}
) - word_set("up down out back over")
_NOUN_CLAUSE_OPENERS = word_set("what how why where which who")
_LINKS = lex.PREPOSITIONS - {"of"} | lex.SUBORDINATORS | {",", "to"}
_VAGUE_HEADS = word_set(
    "thing things tool tools email emails message messages people person record records place point way reason result "
    "results team teams company companies problem something everything nothing list part kind time day week lot run year hour minute sprint test"
)
"""Nouns that say nothing without what follows them."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A whole phrase out of a fact; `rank` 0 is the best kind of phrase for a subject."""

    text: str
    rank: int
    of_name: bool = False
    """Whether it is the name of the entity that holds the fact."""


def topics_of(phrase: Phrase) -> Iterator[Topic]:
    """The whole phrases of two to six words in a fact, best first."""
    text, source = phrase.text, phrase.fact.source
    if phrase.role is FactRole.STATUS_QUO and source.kind == "alternative":
        yield from (replace(topic, of_name=True) for topic in _topic(_without_article(source.entity_name), 0))
    if phrase.shape in {Shape.NOUN, Shape.GERUND}:
        yield from _topic(_without_article(text), 0)
        yield from _topic(_before_aside(_without_article(text)), 0)
    if phrase.shape is Shape.GERUND:
        yield from _topic(_before_manner(text), 0)
    if phrase.shape is Shape.BARE:
        deed = as_gerund(text)
        yield from _topic(deed, 0)
        yield from _topic(_before_aside(deed), 0)
        yield from _topic(_before_manner(deed), 0)
    if phrase.shape is Shape.CLAUSE:
        yield from _topic(_state_of(text), 1)
    yield from (topic for end in _ends(text) for topic in _topic(end, 1 + _is_short(end)))
    if phrase.shape is Shape.NOUN:
        head = _noun_before_link(_without_article(text))
        yield from _topic(head, 1 + _is_short(head))
    yield from (Topic(head, 4) for head in _heads(phrase))


def _heads(phrase: Phrase) -> Iterator[str]:
    """What a fact is about when nothing better is in it: the subject of a clause, a deed with its object."""
    deed = as_gerund(phrase.text) if phrase.shape is Shape.BARE else phrase.text
    words = deed.split(" ")
    lowered = [word.strip(",;:").lower() for word in words]
    if phrase.shape is Shape.CLAUSE:
        end = find_finite(lowered) or 0
    elif phrase.shape in {Shape.BARE, Shape.GERUND}:
        end = next((at for at in range(2, len(words)) if lowered[at] in _LINKS), 0)
    else:
        return
    while end and lowered[end - 1] in lex.ADVERBS:
        end -= 1
    head = " ".join(words[:end])
    bare_deed = end == FEWEST_WORDS and lowered[0] in lex.GERUNDS
    if _NOUN_CLAUSE_OPENERS.intersection(lowered[1:end]) or (phrase.shape is Shape.CLAUSE and bare_deed):
        return  # "knowing who can reach" was cut, "leaving later" is about nothing
    fits = FEWEST_WORDS <= end <= MOST_WORDS and "," not in head and lowered[end - 1] not in _NO_LAST_WORDS
    says = (
        not _POINTING.intersection(lowered[:end])
        and lowered[0] not in _NO_HEADS
        and lowered[end - 1] not in _VAGUE_HEADS
    )
    if fits and says:
        yield head


_NO_HEADS = word_set(
    "nobody nothing everybody everyone somebody what how why where which who there no so and but every each"
)


def _topic(text: str, rank: int) -> Iterator[Topic]:
    text = text.rstrip(" ,;:.!")
    if FEWEST_WORDS <= count_words(text) <= MOST_WORDS and _is_whole(text):
        yield Topic(text, rank)


def _is_short(text: str) -> bool:
    return count_words(text) < 4


def _is_whole(text: str) -> bool:
    words = tokens_of(text)
    if not words or _POINTING.intersection(words) or re.search(r"[\"“”()?:;]", text):
        return False
    if words[-1] in _NO_LAST_WORDS and not (
        words[-1] == "what" and _NOUN_CLAUSE_OPENERS.intersection(words[:-1])
    ):
        return False
    if words[0] in _NOUN_CLAUSE_OPENERS:
        return len(words) > FEWEST_WORDS + 1 and find_finite(words) is not None
    shape = classify(text)
    if shape is Shape.NOUN and len(words) < 4 and words[-1] in _UNFINISHED:
        return False
    return shape is Shape.GERUND or (shape is Shape.NOUN and not _is_vague(words))


def _is_vague(words: list[str]) -> bool:
    """Whether a noun phrase has nothing beside a noun that fits any email: "one record", "sales tools"."""
    head = next((at for at, word in enumerate(words) if word in _LINKS or word == "of"), len(words))
    return head == len(words) and words[-1] in _VAGUE_HEADS and len(words) < 4


def _before_aside(text: str) -> str:
    """A phrase up to its afterthought: "paying for credits without knowing what ..." -> "paying for credits"."""
    words = text.split(" ")
    for at in range(2, len(words)):
        word = words[at].lower()
        after_comma = words[at - 1].endswith(",")
        if word in _ASIDE_OPENERS or (after_comma and _goes_on(word, words[at + 1 :])):
            return " ".join(words[:at])
    return ""


def _before_manner(deed: str) -> str:
    """A deed without how it is done: "writing to ten roles with the same three sentences" -> "writing to ten roles"."""
    head, found, _ = deed.partition(" with ")
    return head if found and count_words(head) > FEWEST_WORDS else ""


def _goes_on(word: str, rest: list[str]) -> bool:
    """Whether what follows a comma leaves what stands before it whole; the next item of a list does not."""
    if word == "and":
        return find_finite([other.strip(",").lower() for other in rest]) is not None
    return word in lex.PREPOSITIONS or word in _AFTER_COMMA


def _ends(text: str) -> Iterator[str]:
    """The ends of a fact that are phrases of their own: a noun clause, a deed, a noun phrase."""
    words = text.split(" ")
    lowered = [word.strip(",;:").lower() for word in words]
    for at in range(max(1, len(words) - MOST_WORDS - 1), len(words) - 1):
        before, end = lowered[at - 1], " ".join(words[at:])
        if lowered[at] in _NOUN_CLAUSE_OPENERS and before in _BEFORE_NOUN_CLAUSE:
            yield end
        if lowered[at] in lex.GERUNDS and before in _BEFORE_DEED:
            yield end
        if before == "to" and lowered[at] in lex.ALL_VERBS and lowered[at - 2] in _BEFORE_TO:
            yield as_gerund(end)
        if (
            lowered[at] in _ARTICLES_OF_ONE
            and before not in {"as", "of"}
            and _is_one_noun(before, lowered[at + 1 :], end)
        ):
            yield end if len(words) - at <= MOST_WORDS else _without_article(end)


def _is_one_noun(before: str, words: list[str], text: str) -> bool:
    """Whether a noun phrase after its article has an adjective or more, and nothing beside it that is not its own."""
    if (
        len(words) < FEWEST_WORDS
        or "," in text
        or words[0] in _VAGUE_HEADS
        or _NOT_ITS_OWN.intersection(words)
    ):
        return False
    # After a verb, "from the library" may say how something is done rather than what it is.
    return before in lex.PREPOSITIONS or not _MANNER.intersection(words)


_NOT_ITS_OWN = _ASIDE_OPENERS | word_set("and or next everywhere") | (lex.ADVERBS - word_set("each no not"))
_MANNER = lex.PREPOSITIONS - word_set("of for behind between")


_BEFORE_TO = word_set("want wants need needs try tries how way")


_BEFORE_NOUN_CLAUSE = (
    lex.ALL_VERBS | lex.BASE_BY_THIRD.keys() | lex.GERUNDS.keys() | word_set("about of out down")
)
_BEFORE_DEED = lex.PREPOSITIONS - word_set("without of than")
"""Not after "without": the deed is then what does not happen."""
_ARTICLES_OF_ONE = word_set("a an one another")


def _state_of(text: str) -> str:
    """What is done to the subject of a clause, as a noun phrase: "sequences are chosen by habit" -> "sequences chosen by habit"."""
    match = _PASSIVE.match(text)
    if match is None or (match["done"] not in _DONE and match["done"] not in lex.PASTS):
        return ""
    return f"{match['who']} {match['done']} {match['how']}"


_PASSIVE = re.compile(
    r"(?P<who>(?!(?:nobody|nothing|it|they|you|this|that|each|every|the|a|an|no)\b)[\w'-]+(?: [\w'-]+){0,2}?) (?:is|are) "
    r"(?P<done>\w+) (?P<how>(?:over|across|in|between|among|by|from|on|with) [\w' -]+?)"
    r"(?=,| and (?:each|nobody|they|it)\b| rather\b| instead\b|$)"
)
_DONE = word_set("chosen spread written kept known seen taken given broken hidden buried scattered sent lost")


def _noun_before_link(text: str) -> str:
    words = text.split(" ")
    for at in range(1, len(words)):
        if words[at].strip(",").lower() in _LINKS or words[at - 1].endswith(","):
            head = words[:at]
            return " ".join(head) if _is_specific(head) else ""
    return ""


_UNFINISHED = lex.PARTICIPLES | (lex.PASTS.keys() - lex.ALL_VERBS)
"""A noun phrase that ends in one was cut: "tools priced", "numbers quoted"."""


def _is_specific(words: list[str]) -> bool:
    """Whether a noun phrase cut from its relative clause still says something: "match scores", not "one record"."""
    lowered = [word.strip(",").lower() for word in words]
    vague = lowered[-1] in _VAGUE_HEADS or lowered[0] in _ARTICLES or lowered[0] in {"one", "no"}
    return len(words) >= FEWEST_WORDS and not vague


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in _ARTICLES and rest else text


def nouns_of(phrase: Phrase) -> Iterator[str]:
    """Noun phrases of two or three words, or an uncountable noun, between function words and verbs, plural or uncountable."""
    run: list[str] = []
    before = ""
    for word in [*re.findall(r"[\w'’&./-]+|[,;:]", phrase.text), ","]:
        lowered = word.lower()
        if lowered not in _BETWEEN and word[0].isalpha():
            run.append(word)
            continue
        if before in _BEFORE_VERBS and run and run[0].lower() in lex.ALL_VERBS:
            run = run[1:]  # "teams that review copy": only the copy is a noun
        opens = phrase.shape in {Shape.NOUN, Shape.CLAUSE} and (not before or before in {"your", "the"})
        if _names_something(run, opens=opens, is_noun=phrase.shape is Shape.NOUN and not before):
            yield " ".join(run)
        run, before = [], lowered


def _names_something(run: list[str], *, opens: bool, is_noun: bool) -> bool:
    if len(run) == 1:
        word = run[0].lower()
        return word in _UNCOUNTED or (
            opens and is_plural(word) and word not in _VAGUE_HEADS and len(word) > 3
        )
    if not 1 < len(run) <= 3:
        return False
    *first, last = (word.lower() for word in run)
    if (
        last in _VAGUE_HEADS
        or first[0] in _NO_FIRST_WORDS
        or any("'" in word or "’" in word for word in first)
    ):
        return False
    if any(is_plural(word) for word in first):
        return False  # "reps skip research": a verb hides in it
    if last in lex.NOUN_LIKE_THIRDS and not is_noun:
        return False  # "the company runs": it may be a verb
    return is_plural(last) or last in _UNCOUNTED


_BEFORE_VERBS = lex.FINITE_AUXILIARIES | word_set("to that which who not never")
_NO_FIRST_WORDS = word_set(
    "first last next best same other different single similar several whole existing current hundred thousand million"
)
_UNCOUNTED = word_set(
    "data messaging copy research pricing pipeline positioning outreach outbound budget wording proof"
)
_BETWEEN = (
    lex.PREPOSITIONS | lex.DETERMINERS | lex.CONJUNCTIONS | lex.SUBORDINATORS | lex.SUBJECT_PRONOUNS | lex.ADVERBS
    | lex.FINITE_AUXILIARIES | lex.STRONG_THIRDS.keys() | (lex.GERUNDS.keys() - lex.NOUNS_IN_ING) | lex.PASTS.keys()
    | STRONG_VERBS | SURE_THIRDS | _POINTING | word_set("to not been be")
)  # fmt: skip
