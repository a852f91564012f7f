"""What the rules find in one sentence. Pure."""

from collections.abc import Iterator, Sequence

from setpiece.reports.moments.cut import quotation
from setpiece.reports.moments.languages.language import Language, Rule
from setpiece.reports.moments.model import Kind, Moment, Said, Topic
from setpiece.reports.moments.said import is_quotable

LEAST_WORDS = 3
"""Shorter sentences say nothing without what came before them."""
_MOST_OF_ONE_SENTENCE = 3
_QUESTION_STRENGTH, _OFFER_STRENGTH, _PROMISE_STRENGTH = 0.9, 0.8, 0.9
_SILENCED = {
    Kind.QUESTION: frozenset(Kind) - {Kind.QUESTION, Kind.REQUEST},
    Kind.REQUEST: frozenset({Kind.NEED, Kind.CRITERION, Kind.TIMING, Kind.QUESTION, Kind.PREFERENCE}),
    Kind.COMPETITOR: frozenset({Kind.OBJECTION, Kind.PAIN, Kind.BUDGET, Kind.SITUATION, Kind.TIMING}),
    Kind.OTHERS_DOUBT: frozenset(
        {Kind.OBJECTION, Kind.STAKEHOLDER, Kind.SITUATION, Kind.PAIN, Kind.CRITERION}
    ),
    Kind.OBJECTION: frozenset({Kind.WELCOME, Kind.NEED, Kind.PAIN, Kind.SITUATION}),
    Kind.AGREEMENT: frozenset({Kind.WELCOME, Kind.NEED, Kind.TIMING}),
    Kind.REFUSAL: frozenset({Kind.AGREEMENT, Kind.WELCOME}),
    Kind.DECISION: frozenset({Kind.STAKEHOLDER, Kind.SITUATION, Kind.PAIN, Kind.BUDGET}),
    Kind.CRITERION: frozenset({Kind.NEED, Kind.SITUATION, Kind.WELCOME, Kind.PREFERENCE}),
    Kind.WELCOME: frozenset({Kind.PAIN, Kind.CRITERION}),
    Kind.COMMITMENT: frozenset({Kind.TIMING, Kind.STAKEHOLDER, Kind.PREFERENCE}),
    Kind.PREFERENCE: frozenset({Kind.REFUSAL, Kind.NEED, Kind.SITUATION, Kind.CRITERION}),
    Kind.PAIN: frozenset({Kind.SITUATION, Kind.TIMING}),
}
"""What a sentence is not as well, when it is the first."""
_HALVES = frozenset(
    {
        Kind.COMMITMENT,
        Kind.REQUEST,
        Kind.OBJECTION,
        Kind.WELCOME,
        Kind.PREFERENCE,
        Kind.AGREEMENT,
        Kind.REFUSAL,
    }
)
"""Kinds of which one sentence often holds two: "Send me a summary, and I will invite him." """


def hits_in(said: Said, language: Language) -> list[Moment]:
    """A moment for each kind that the sentence is, by its strongest rule, without those that another rules out."""
    if said.is_question:
        is_real = len(said.words) >= LEAST_WORDS and language.asking.search(said.text)
        return list(_of_question(said, language)) if is_real else []
    return list(_allowed([_moment(rule, said, language) for rule in _strongest(said, language)]))


def _of_question(said: Said, language: Language) -> Iterator[Moment]:
    """A question, and whether it asks for something to be done."""
    rule_id = f"{language.code}.question"
    yield _bare(Kind.QUESTION, said, rule_id, _QUESTION_STRENGTH, language)
    yield from (
        _moment(rule, said, language) for rule in _strongest(said, language) if rule.kind is Kind.REQUEST
    )


def _strongest(said: Said, language: Language) -> Iterator[Rule]:
    best: dict[Kind, Rule] = {}
    text = said.text  # joined once, not for each of a hundred rules
    for rule in language.rules:
        known = best.get(rule.kind)
        if (known is None or rule.strength > known.strength) and rule.pattern.search(text):
            best[rule.kind] = rule
    if Kind.WELCOME in best and language.negative.search(said.text):
        del best[Kind.WELCOME]
    yield from best.values()


def _moment(rule: Rule, said: Said, language: Language) -> Moment:
    match = rule.pattern.search(said.text)
    assert match
    is_whole = rule.is_whole or rule.kind not in _HALVES
    quoted = quotation(said, match.start(), language, is_whole=is_whole)
    return Moment(
        rule.kind, quoted, rule.id, rule.strength, topic_of(quoted, language) or topic_of(said, language)
    )


def _bare(kind: Kind, said: Said, rule_id: str, strength: float, language: Language) -> Moment:
    quoted = quotation(said, 0, language, is_whole=True)
    topic, terms = topic_of(said, language), terms_of(quoted, language)
    return Moment(kind, quoted, rule_id, strength, topic, terms=terms)


def _allowed(hits: Sequence[Moment]) -> Iterator[Moment]:
    ranked = sorted(hits, key=lambda hit: -hit.strength)
    kept = [hit for hit in ranked if not any(_rules_out(other, hit) for other in ranked)]
    yield from kept[:_MOST_OF_ONE_SENTENCE]


def _rules_out(other: Moment, hit: Moment) -> bool:
    """Of two kinds that rule each other out, the stronger stays."""
    if hit.kind not in _SILENCED.get(other.kind, ()):
        return False
    return other.kind not in _SILENCED.get(hit.kind, ()) or other.strength >= hit.strength


def topic_of(said: Said, language: Language) -> Topic | None:
    text = said.text
    return next((topic for topic, pattern in language.topics if pattern.search(text)), None)


def terms_of(said: Said, language: Language) -> dict[str, str]:
    """The words of a sentence that a report may use, as they stand there."""
    found: dict[str, str] = {}
    text = said.text
    for name, pattern in language.terms.items():
        if match := pattern.search(text):
            words = match["it"] if "it" in pattern.groupindex else match[0]
            found.setdefault(name.removesuffix("_first"), words.strip().rstrip(".,"))
    return found


def of_seller(said: Said, language: Language) -> Iterator[Moment]:
    """What somebody who sells offered or promised; nothing else of theirs is evidence about the buyer."""
    if len(said.words) < LEAST_WORDS or said.is_question or not is_quotable(said):
        return
    if language.promise.search(said.text):
        yield _bare(Kind.PROMISE, said, f"{language.code}.promise", _PROMISE_STRENGTH, language)
    elif language.offer.search(said.text):
        yield _bare(Kind.OFFER, said, f"{language.code}.offer", _OFFER_STRENGTH, language)
