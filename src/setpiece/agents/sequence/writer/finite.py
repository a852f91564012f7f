"""Finds the finite verb of a phrase: what makes it a clause, and where its subject ends."""

import re

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.clean import WORD
from setpiece.agents.sequence.writer.verbs import NOUN_LIKE_VERBS, STRONG_VERBS, word_set

_TOKEN = re.compile(rf"{WORD.pattern}|,")
OBJECT_OPENERS = (lex.DETERMINERS - {"that"}) | word_set(
    "what which how where it them us you itself themselves nothing everything anything something"
)
HELPERS = lex.FINITE_AUXILIARIES - word_set("it's they're we're you're there's that's we've they've you've")
_NO_SUBJECTS = (lex.DETERMINERS - lex.SUBJECT_PRONOUNS) | lex.PREPOSITIONS | lex.CONJUNCTIONS
VERB_FORMS = (
    lex.ALL_VERBS | lex.PARTICIPLES | {"to"} | frozenset((*lex.GERUNDS, *lex.BASE_BY_THIRD, *lex.PASTS))
) - NOUN_LIKE_VERBS


def tokens_of(text: str) -> list[str]:
    """The lower-case words of a text, with each comma as a word of its own."""
    return [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]


def find_finite(words: list[str]) -> int | None:
    """The index of the first finite verb of the main clause, or None. Relative and other subordinate clauses are passed over.

    `words` are lower case; commas may stand among them as words (`tokens_of`).
    """
    subordinate = bare_relative = False
    for at in range(1, len(words)):
        word, before = words[at], _before(words, at)
        after = words[at + 1] if at + 1 < len(words) else ""
        if word == ",":
            subordinate = False
        elif not (
            _is_finite_at(word, before, after, head=_head(words, at))
            or _is_said_of_each(words, at)
            or _is_used_to(words, at)
            or _ends_relative(words, at)
        ):
            subordinate = subordinate or word in _CLAUSE_OPENERS
        elif subordinate and not _ends_relative(words, at):
            subordinate = False
        elif _opens_bare_relative(words, at):
            subordinate = True
        elif not bare_relative and _in_bare_relative(words, at):
            bare_relative = True
        elif not _goes_on_with_relative(words, at):
            return at
    if words and words[0] in _CONTRACTED_SUBJECTS:
        return 0
    return _before_manner(words)


def _opens_bare_relative(words: list[str], at: int) -> bool:
    """Whether a form such as "figures" is the noun of a relative clause: "reliability figures a board can read"."""
    later = words[at + 1 : at + 4]
    return (
        at == 1
        and words[0] not in _NO_SUBJECTS
        and words[0] not in lex.SUBJECT_PRONOUNS
        and words[1] in lex.NOUN_LIKE_THIRDS
        and len(later) == len(("a", "board", "can"))
        and later[0] in lex.DETERMINERS
        and later[2] in HELPERS
    )


def _goes_on_with_relative(words: list[str], at: int) -> bool:
    """Whether a verb after "and" goes on with a relative clause: "meetings that are booked and then do not happen"."""
    back = _subject_end(words, at) if at > 1 else 0
    while back > 0 and words[back] in {"then", "not"}:
        back -= 1
    return words[back] in {"and", "or", "but"} and bool({"that", "which", "who"}.intersection(words[1:back]))


def _before_manner(words: list[str]) -> int | None:
    """A verb that only the adverb at the end gives away: "marketing and sales count pipeline differently"."""
    if len(words) < len(("we", "count", "it", "differently")) or words[-1] in _NO_MANNER:
        return None
    if not words[-1].endswith("ly") or lex.SUBORDINATORS.intersection(words):
        return None
    several = (at for at in range(1, len(words) - 1) if words[at] in NOUN_LIKE_VERBS)
    return next((at for at in several if _is_plural_subject(_head(words, at))), None)


_NO_MANNER = word_set("daily weekly monthly quarterly yearly early only family supply reply assembly ally")


def _is_used_to(words: list[str], at: int) -> bool:
    """Whether "used to" is a verb: in "emails used to need a second look", not in "tools used to write emails"."""
    return words[at : at + 2] == ["used", "to"] and words[at + 2 : at + 3] != [] and words[at + 2] in _USED_TO


def _ends_relative(words: list[str], at: int) -> bool:
    """Whether a verb follows a relative clause of one verb: "people who left | stay", not "emails that promise"."""
    if (
        at < 3
        or words[at - 2] not in {"who", "that", "which"}
        or (words[at] not in STRONG_VERBS and words[at] not in NOUN_LIKE_VERBS)
    ):
        return False
    past = words[at - 1] in lex.PASTS or words[at - 1] in lex.CLEAR_PASTS
    return past and is_plural(words[at - 3])


def _is_said_of_each(words: list[str], at: int) -> bool:
    """Whether a form such as "points" is the verb: "one contract" and "every claim in an email" take no plural noun."""
    if (
        words[0] not in _ONE_OF
        or at < 2
        or words[at] not in lex.NOUN_LIKE_THIRDS
        or words[at - 1] in _NO_SUBJECTS
    ):
        return False
    if not _PARTED.intersection(words[1:at]):
        return words[at - 1] not in _QUALITIES
    after = words[at + 1] if at + 1 < len(words) else ""
    return words[0] in {"every", "each"} and (after in lex.PREPOSITIONS or after in lex.DETERMINERS)


_ONE_OF = word_set("every each a an one another this")
_PARTED = lex.PREPOSITIONS | lex.SUBORDINATORS | {",", "and", "or"}


_CLAUSE_OPENERS = lex.SUBORDINATORS | word_set("before after as than once")


def _before(words: list[str], at: int) -> str:
    """The word before `at`, adverbs passed over: the likely subject of a verb at `at`."""
    return words[_subject_end(words, at)]


def _subject_end(words: list[str], at: int) -> int:
    back = at - 1
    while back > 0 and words[back] in lex.ADVERBS and words[back : back + 2] != ["no", words[at]]:
        back -= 1
    return back


def _head(words: list[str], at: int) -> str:
    """The noun a verb at `at` agrees with, as far as it differs from the word before it.

    "Copies of a snippet live on": "copies". Several nouns joined by "and" count as "they".
    """
    end = _subject_end(words, at)
    if "and" in words[max(1, end - 3) : end]:
        return "they"
    of = next((i for i in range(end - 1, max(0, end - 4), -1) if words[i] in _HEAD_PREPOSITIONS), None)
    return words[of - 1] if of else words[end]


_HEAD_PREPOSITIONS = frozenset({"of", "for", "in", "to", "from", "with"})


def _in_bare_relative(words: list[str], at: int) -> bool:
    """Whether the verb belongs to a relative clause without "that": "messages nobody can explain", "tools the team ignores"."""
    back = _subject_end(words, at)
    opener = next((i for i in range(back, max(-1, back - 4), -1) if words[i] in _NOUN_OPENERS), None)
    if opener is None or opener == 0:
        return False
    return _is_likely_noun(words[opener - 1])


_NOUN_OPENERS = word_set(
    "a an the this these those my our your their his her its every each"
) | lex.SUBJECT_PRONOUNS - word_set("this that these those none most many few who people")


_NO_NOUNS = (
    lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.ADVERBS | lex.DETERMINERS | _CLAUSE_OPENERS | lex.FINITE_AUXILIARIES
    | (VERB_FORMS - frozenset(lex.NOUN_LIKE_THIRDS))
)  # fmt: skip


def _is_likely_noun(word: str) -> bool:
    """A word that ends a noun phrase, as far as its form tells."""
    return word != "," and word not in _NO_NOUNS


_CONTRACTED_SUBJECTS = word_set("it's they're we're you're there's that's we've they've you've")


def _is_finite_at(word: str, before: str, after: str, *, head: str) -> bool:
    if before in {"to", "be", "been", "being"} or before in HELPERS:
        return False
    if word in lex.FINITE_AUXILIARIES:
        return before not in lex.PREPOSITIONS
    if before in _NO_SUBJECTS:
        return False
    if before in {"that", "which", "who"} and word in lex.BASE_BY_THIRD:
        return True
    return _is_finite_verb(word, before, after, head=head)


_QUALITIES = lex.ADJECTIVES | word_set(
    "new old open late early wrong last next first long short big small good bad high low real whole own other same daily weekly "
    "monthly clear full main major single current recent previous future honest better best worse worst"
)
"""Words before a noun: "new rules every January" has no verb."""
SURE_THIRDS = word_set("lives starts stands sits reads looks matters ends hands stops pays needs rises")
"""Noun-like in their base form, but hardly ever plurals."""
_SINGULAR_PRONOUNS = word_set("it he she this that nobody everyone nothing who which")
_OBJECT_AFTER = OBJECT_OPENERS | {"to", "only", "on", "from", "why", "whether"}
_MANNER_AFTER = word_set("late early alone together twice again well fast daily weekly monthly")
_SAME_AS_PARTICIPLE = word_set("set cut read hit split spread cost")
"""Base forms that are participles as well: "targets set on leads"."""


def _is_people(noun: str) -> bool:
    """Plurals that act: "teachers copy grades" has a verb, "invoice copies" has none."""
    return noun in lex.AGENT_NOUNS or (
        noun.endswith(("ers", "ors", "ists", "ees")) and noun not in _NO_PEOPLE
    )


_NO_PEOPLE = (
    lex.NOUN_LIKE_THIRDS.keys()
    | lex.STRONG_THIRDS.keys()
    | word_set("numbers papers errors servers letters colors fees trees")
)


def _is_plural_subject(word: str) -> bool:
    plural = word in lex.PLURAL_PRONOUNS or word == "data" or is_plural(word)
    return plural and word not in lex.SENTENCE_VERBS


def _is_finite_verb(word: str, subject: str, after: str, *, head: str) -> bool:
    opens_object = after in _OBJECT_AFTER or after[:1].isdigit()
    plural = _is_plural_subject(subject)
    if word in lex.STRONG_THIRDS:
        return not plural or not _is_plural_subject(head) or subject in lex.GERUNDS or subject == "data"
    if word in SURE_THIRDS and not (plural and _is_plural_subject(head)):
        return subject not in _QUALITIES
    if word in lex.NOUN_LIKE_THIRDS:
        if subject in _QUALITIES:
            return False
        acts = opens_object or after.endswith("ly") or after in lex.PARTICLES
        return subject in _SINGULAR_PRONOUNS or (not plural and acts)
    plural = plural or _is_plural_subject(head)
    if word in STRONG_VERBS:
        return plural
    if word in NOUN_LIKE_VERBS and plural:
        if subject in _QUALITIES:
            return False
        acts = subject in lex.PLURAL_PRONOUNS or _is_people(subject)
        if word in _SAME_AS_PARTICIPLE and after in lex.PREPOSITIONS and not acts:
            return False
        return (
            acts
            or opens_object
            or after.endswith("ly")
            or after in lex.PREPOSITIONS
            or after in _MANNER_AFTER
            or after in {"", ","}
        )
    return _is_finite_past(word, after)


_USED_TO = word_set("need be have take cost mean require wait spend")


_DONE_BY_SOMEBODY = word_set("opened closed launched moved improved expanded increased decreased")


def _is_finite_past(word: str, after: str) -> bool:
    if word not in lex.PASTS or lex.PASTS[word] == word or word in lex.PARTICIPLES:
        return False
    if word in _DONE_BY_SOMEBODY and after in {"without", "by"}:
        return False  # "roles opened without approval"
    if word in lex.INTRANSITIVE_PASTS or word in lex.CLEAR_PASTS:
        return True
    return (after in lex.DETERMINERS and after not in {"each", "every"}) or after[:1].isdigit()


def is_plural(noun: str) -> bool:
    """Whether a noun looks plural. Words in -ss, -us, -is and a few names of fields do not."""
    if noun in {"people", "teams", "data", "staff", "reps"}:
        return noun != "data"
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s", "ics")) and noun not in {
        "sales", "news", "revops", "devops", "salesops", "always", "aws", "saas", "process", "business", "status"
    }  # fmt: skip
