"""From sentences to moments, by rules and by the question that a sentence answers. Pure; one pass, whatever the length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from setpiece.media.model import Turns
from setpiece.reports.moments.cut import quotation, stripped
from setpiece.reports.moments.model import Kind, Moment, Said, Topic
from setpiece.reports.moments.rules.rule import AskedRule, Language, Rule
from setpiece.reports.moments.said import follows, is_quotable, joined, sentences_of

LEAST_WORDS = 3
"""Shorter sentences say nothing without what came before them."""
_MOST_OF_ONE_SENTENCE = 3
_ONE_THOUGHT = 4
"""A sentence up to this long is quoted together with the next one: "Mostly proof. A short pilot …"."""
_REACH = 3
"""How many sentences after a question still answer it."""
_ARGUMENTS = frozenset(
    {Kind.PAIN, Kind.NEED, Kind.CRITERION, Kind.OBJECTION, Kind.SITUATION, Kind.DECISION, Kind.BUDGET}
)
_VAGUE = 0.2
"""What a sentence loses that nobody understands alone: it comes after one of the next class of strength."""
_TWO_SENTENCES = 28
"""Words; two longer ones are a paragraph."""
_REPLIES = frozenset({Kind.WELCOME, Kind.REFUSAL, Kind.OBJECTION})
"""What is said to something that the other side said."""
_NEAR = 8
"""Moments with words in common are no further apart: a sentence has at most three, and a quotation two sentences."""
_SILENCED = {
    Kind.QUESTION: frozenset(Kind) - {Kind.QUESTION, Kind.REQUEST},
    Kind.REQUEST: frozenset({Kind.NEED, Kind.CRITERION, Kind.TIMING, Kind.QUESTION, Kind.PREFERENCE}),
    Kind.COMPETITOR: frozenset({Kind.OBJECTION, Kind.PAIN, Kind.BUDGET, Kind.SITUATION, Kind.TIMING}),
    Kind.OTHERS_DOUBT: frozenset({Kind.OBJECTION, Kind.STAKEHOLDER}),
    Kind.OBJECTION: frozenset({Kind.WELCOME, Kind.NEED, Kind.PAIN}),
    Kind.AGREEMENT: frozenset({Kind.WELCOME, Kind.NEED}),
    Kind.DECISION: frozenset({Kind.STAKEHOLDER, Kind.SITUATION}),
    Kind.WELCOME: frozenset({Kind.PAIN, Kind.CRITERION}),
}
"""What a sentence is not as well, when it is the first."""
_SPOKEN_BY_OTHERS = frozenset({Kind.OFFER, Kind.PROMISE})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The sentences of one run of turns by one speaker, or by several of the others."""

    is_theirs: bool
    said: tuple[Said, ...]


def exchanges_of(turns: Turns, speaker: int) -> list[Exchange]:
    """A call as one speaker and all others taking turns."""
    runs = groupby(sentences_of(turns), key=lambda one: one.speaker == speaker)
    return [Exchange(is_theirs, tuple(run)) for is_theirs, run in runs]


def find(exchanges: Sequence[Exchange], language: Language) -> list[Moment]:
    """The moments of one speaker's side of a call, in order, and what the others offered and promised."""
    found: list[Moment] = []
    for place, exchange in enumerate(exchanges):
        before = exchanges[place - 1] if place else None
        after = exchanges[place + 1 : place + 3]
        if exchange.is_theirs:
            found += _of_speaker(exchange, before, after, language)
        else:
            found += _of_others(exchange, language)
    return list(_distinct(found))


def _distinct(found: Sequence[Moment]) -> Iterator[Moment]:
    """Of two moments of one kind with words in common, the longer."""
    for place, moment in enumerate(found):
        near = [*found[max(0, place - _NEAR) : place], *found[place + 1 : place + 1 + _NEAR]]
        rivals = [one for one in near if one.kind is moment.kind and one.said.overlaps(moment.said)]
        if all(_worth(one) < _worth(moment) for one in rivals):
            yield moment


def _worth(moment: Moment) -> tuple[int, float, str]:
    return len(moment.said.words), moment.strength, moment.rule


def _of_speaker(
    exchange: Exchange, before: Exchange | None, after: Sequence[Exchange], language: Language
) -> Iterator[Moment]:
    asked = question_before(before)
    about = next((rule for rule in language.asked if asked and rule.pattern.search(asked.text)), None)
    for place, said in enumerate(exchange.said):
        hits = [_asked_for(hit, about) for hit in _hits(said, language)]
        if about and place < _REACH and not said.is_question:
            hits += _answered(exchange.said, place, about, hits)
        for moment in _kept(hits):
            moment = _grounded(moment, exchange.said[place - 1] if place else None, language)
            asked_now = asked if place < _REACH else None
            yield _placed(moment, asked_now, before if place < _REACH else None, after, language)


def _grounded(moment: Moment, before: Said | None, language: Language) -> Moment:
    """A sentence that begins with "that" or "it", together with the one that says what; a bit weaker where there is none."""
    if moment.kind not in _ARGUMENTS or not language.anaphor.search(moment.said.text):
        return moment
    if before and follows(before, moment.said) and _can_stand_before(moment.said, before):
        return replace(moment, said=stripped(joined(before, moment.said), language))
    return replace(moment, strength=moment.strength - _VAGUE, is_vague=True)


def _can_stand_before(said: Said, before: Said) -> bool:
    is_short = len(before.words) + len(said.words) <= _TWO_SENTENCES
    return is_short and not before.is_question and is_quotable(before) and len(before.words) >= LEAST_WORDS


def _asked_for(hit: Moment, about: AskedRule | None) -> Moment:
    """Who was asked what hurts does not object by saying that it is expensive."""
    if about and about.kind is Kind.PAIN and hit.kind is Kind.OBJECTION:
        return replace(hit, kind=Kind.PAIN)
    return hit


def question_before(before: Exchange | None) -> Said | None:
    """The last thing that was asked, if it was asked right before."""
    if before is None:
        return None
    return next((said for said in reversed(before.said[-2:]) if said.is_question and is_quotable(said)), None)


def _hits(said: Said, language: Language) -> Iterator[Moment]:
    """What the rules of the language find in a sentence, each kind once by its strongest rule."""
    if said.is_question and language.asking.search(said.text) and len(said.words) >= LEAST_WORDS:
        yield _moment(Kind.QUESTION, said, f"{language.code}.question", 0.9, None, language)
    elif said.is_question:
        return
    best: dict[Kind, Rule] = {}
    for rule in language.rules:
        known = best.get(rule.kind)
        if (known is None or rule.strength > known.strength) and rule.pattern.search(said.text):
            best[rule.kind] = rule
    for kind, rule in best.items():
        if kind is Kind.WELCOME and language.negative.search(said.text):
            continue
        yield _moment(kind, said, rule.id, rule.strength, rule, language)


def _answered(run: Sequence[Said], place: int, about: AskedRule, hits: Sequence[Moment]) -> Iterator[Moment]:
    """A sentence is what the question before it asked for, where no rule says so already."""
    said = run[place]
    if any(hit.kind is about.kind for hit in hits) or (place and about.kind is Kind.OPENING and hits):
        return
    after = run[place + 1] if place + 1 < len(run) else None
    if len(said.words) <= _ONE_THOUGHT and after and follows(said, after) and not after.is_question:
        said = joined(said, after)
    if len(said.words) >= LEAST_WORDS and not hits:
        yield Moment(about.kind, said, about.id, about.strength - 0.1 * place)


def _moment(
    kind: Kind, said: Said, rule_id: str, strength: float, rule: Rule | None, language: Language
) -> Moment:
    match = rule.pattern.search(said.text) if rule else None
    is_whole = rule is None or rule.is_whole
    quoted = quotation(said, match.start() if match else 0, language, is_whole=is_whole)
    return Moment(kind, quoted, rule_id, strength, topic_of(quoted, language) or topic_of(said, language))


def topic_of(said: Said, language: Language) -> Topic | None:
    return next((topic for topic, pattern in language.topics if pattern.search(said.text)), None)


def _kept(hits: Sequence[Moment]) -> Iterator[Moment]:
    """The kinds that a sentence is after those are gone that another of its kinds rules out."""
    ranked = sorted(hits, key=lambda hit: -hit.strength)
    silenced: set[Kind] = set()
    for hit in ranked:
        silenced |= _SILENCED.get(hit.kind, frozenset())
    kept = [hit for hit in ranked if hit.kind not in silenced or _rules_out_all(hit, ranked)]
    yield from (hit for hit in kept[:_MOST_OF_ONE_SENTENCE] if is_quotable(hit.said))


def _rules_out_all(hit: Moment, ranked: Sequence[Moment]) -> bool:
    """Of two kinds that rule each other out, the stronger stays."""
    against = [one for one in ranked if hit.kind in _SILENCED.get(one.kind, ())]
    return all(one.kind in _SILENCED.get(hit.kind, ()) and hit.strength > one.strength for one in against)


def _placed(
    moment: Moment, asked: Said | None, before: Exchange | None, after: Sequence[Exchange], language: Language
) -> Moment:
    """With what it answered, and what it led to."""
    terms = _terms(moment.said, language)
    if moment.kind in _REPLIES and before:
        moment = replace(moment, to=_answer_in(reversed(before.said[-3:]), language))
    if moment.kind is Kind.AGREEMENT and asked:
        terms |= {
            name: words for name, words in _terms(asked, language).items() if name in {"when", "person"}
        }
    moment = replace(
        moment,
        asked=stripped(asked, language) if asked else None,
        terms=terms,
        topic=moment.topic or topic_of(moment.said, language),
    )
    if moment.kind not in {Kind.OBJECTION, Kind.QUESTION, Kind.OTHERS_DOUBT} or not after:
        return moment
    answer = _answer_in(after[0].said[:3], language)
    reaction = after[1].said[0] if answer and len(after) > 1 else None
    if reaction and not is_quotable(reaction):
        reaction = None
    return replace(moment, answer=answer, reaction=stripped(reaction, language) if reaction else None)


def _answer_in(sentences: Iterable[Said], language: Language) -> Said | None:
    """The sentence of the other side that answers: the first one with something in it."""
    full = [
        stripped(said, language)
        for said in sentences
        if len(said.words) >= _ONE_THOUGHT and not said.is_question and is_quotable(said)
    ]
    return next((said for said in full if language.offer.search(said.text)), full[0] if full else None)


def _of_others(exchange: Exchange, language: Language) -> Iterator[Moment]:
    """What the other side offered and promised; nothing else of theirs is evidence about the speaker."""
    for said in exchange.said:
        if len(said.words) < LEAST_WORDS or not is_quotable(said):
            continue
        if language.promise.search(said.text) and not said.is_question:
            yield _other(Kind.PROMISE, said, 0.9, language)
        elif language.offer.search(said.text) and not said.is_question:
            yield _other(Kind.OFFER, said, 0.8, language)


def _other(kind: Kind, said: Said, strength: float, language: Language) -> Moment:
    quoted = quotation(said, 0, language, is_whole=True)
    rule = f"{language.code}.{kind.value}"
    return Moment(kind, quoted, rule, strength, topic_of(said, language), terms=_terms(said, language))


def _terms(said: Said, language: Language) -> dict[str, str]:
    """The words of a sentence that a report may use, as they stand there."""
    found = {}
    for name, pattern in language.terms.items():
        if match := pattern.search(said.text):
            found[name] = (match["it"] if "it" in pattern.groupindex else match[0]).strip().rstrip(".,")
    return found
