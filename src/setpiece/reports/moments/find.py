"""From sentences to moments: rules, the question that a sentence answers, and what it led to. Pure; one pass, whatever the length."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from setpiece.media.model import Turns
from setpiece.reports.moments.cut import stripped
from setpiece.reports.moments.hits import hits_in, of_seller, terms_of, topic_of
from setpiece.reports.moments.languages.language import AskedRule, Language
from setpiece.reports.moments.model import Kind, Moment, Said
from setpiece.reports.moments.said import follows, is_quotable, joined, sentences_of

_ONE_THOUGHT = 4
"""A sentence shorter than this is quoted together with the next one: "Mostly proof. A short pilot …"."""
_REACH = 3
"""How many sentences after a question still answer it."""
_NEAR = 8
"""Moments with words in common are no further apart: a sentence has at most three, and a quotation two sentences."""
_NO = frozenset({"no", "nope", "não"})
_REPLIES = frozenset({Kind.WELCOME, Kind.REFUSAL, Kind.OBJECTION, Kind.AGREEMENT})
"""What is said to something that the other side said."""
_ANSWERED = frozenset({Kind.OBJECTION, Kind.QUESTION, Kind.OTHERS_DOUBT})
_ALONE = frozenset(
    {
        Kind.STAKEHOLDER,
        Kind.QUESTION,
        Kind.WELCOME,
        Kind.OPENING,
        Kind.COMMITMENT,
        Kind.REQUEST,
        Kind.AGREEMENT,
    }
)
"""Kinds that are understood without the sentence before them."""
_TOLD_AT_LENGTH = frozenset({Kind.CRITERION, Kind.PAIN, Kind.OBJECTION, Kind.DECISION, Kind.STAKEHOLDER})
"""Kinds that an answer may tell in more than its first sentence."""
_MAY_BE_CONDITIONS = frozenset(
    {Kind.REQUEST, Kind.PREFERENCE, Kind.DECISION, Kind.NEED, Kind.BUDGET, Kind.TIMING}
)
"""What a sentence may be as well that tells what is needed; told of anything else, it tells of something else."""
_VAGUE = 0.2
"""What a sentence loses that nobody understands alone: it comes after one of the next class of strength."""
_TWO_SENTENCES, _WITH_ITS_REASON = 32, 40
"""Words; two longer sentences are a paragraph, but how it went with somebody else is worth one."""
_ASKED_STRENGTH, _LATER = 0.8, 0.1
"""Of a sentence that no rule knows but that was asked for, and what it loses for each sentence in between."""
_ASKED_FOR = 0.1
"""What a sentence gains that is what was asked for."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The sentences of one run of turns by one speaker, or by several of the others."""

    is_theirs: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """What the others said right before: the question, what its answer is about, a proposal, and a statement."""

    question: Said | None = None
    about: AskedRule | None = None
    proposal: Said | None = None
    statement: Said | None = None


def exchanges_of(turns: Turns, speaker: int) -> list[Exchange]:
    """A call as one speaker and all others taking turns."""
    runs = groupby(sentences_of(turns), key=lambda one: one.speaker == speaker)
    return [Exchange(is_theirs, tuple(run)) for is_theirs, run in runs]


def find(exchanges: Sequence[Exchange], sellers: Collection[int], language: Language) -> list[Moment]:
    """The moments of one speaker's side of a call, in order, and what those who sell offered and promised."""
    found: list[Moment] = []
    for place, exchange in enumerate(exchanges):
        if exchange.is_theirs:
            before = _before(exchanges[place - 1] if place else None, language)
            found += _of_speaker(exchange, before, exchanges[place + 1 : place + 3], language)
        else:
            found += (
                one for said in exchange.said if said.speaker in sellers for one in of_seller(said, language)
            )
    return list(_distinct([one for one in found if is_quotable(one.said)]))


def _distinct(found: Sequence[Moment]) -> Iterator[Moment]:
    """Of two moments of one kind with words in common, the longer."""
    for place, moment in enumerate(found):
        near = [*found[max(0, place - _NEAR) : place], *found[place + 1 : place + 1 + _NEAR]]
        rivals = [one for one in near if one.kind is moment.kind and one.said.overlaps(moment.said)]
        if all(_worth(one) < _worth(moment) for one in rivals):
            yield moment


def _worth(moment: Moment) -> tuple[int, float, str]:
    return len(moment.said.words), moment.strength, moment.rule


def question_before(before: Exchange | None) -> Said | None:
    """The last thing that was asked, if it was asked right before; a short question with the one that it adds to."""
    if before is None:
        return None
    said = before.said[-3:]
    for place in range(len(said) - 1, -1, -1):
        if said[place].is_question and is_quotable(said[place]):
            adds = place > 0 and len(said[place].words) <= _ONE_THOUGHT and said[place - 1].is_question
            if adds and follows(said[place - 1], said[place]):
                return joined(said[place - 1], said[place])
            return said[place]
    return None


def _before(exchange: Exchange | None, language: Language) -> _Before:
    if exchange is None:
        return _Before()
    question = question_before(exchange)
    about = next((rule for rule in language.asked if question and rule.pattern.search(question.text)), None)
    if about and about.kind is None:
        question = about = None
    last = [said for said in exchange.said[-3:] if is_quotable(said)]
    proposals = [said for said in reversed(last) if language.proposal.search(said.text)]
    dated = [said for said in reversed(last) if language.terms["when"].search(said.text)]
    proposal = next((said for said in [*proposals, question, *dated] if said), None)
    return _Before(question, about, proposal, _full(reversed(last), language))


def _of_speaker(
    exchange: Exchange, before: _Before, after: Sequence[Exchange], language: Language
) -> Iterator[Moment]:
    for place, said in enumerate(exchange.said):
        near = before if place < _REACH else _Before()
        hits = [_asked_for(hit, near.about) for hit in hits_in(said, language)]
        if near.about and not said.is_question and not any(hit.kind is near.about.kind for hit in hits):
            hits += _answered(said, place, near.about, hits)
        for hit in hits:
            moment = _grounded(hit, exchange.said, place, language)
            yield from _led(_placed(moment, near, language), after, language)


def _asked_for(hit: Moment, about: AskedRule | None) -> Moment:
    """Stronger when it is what was asked for.

    Who was asked what hurts does not object by saying that it is expensive, and who was asked how things are does not complain.
    """
    if about and about.kind is Kind.OPENING and hit.kind is Kind.PAIN:
        return replace(hit, kind=Kind.OPENING)
    if about and about.kind is Kind.PAIN and hit.kind is Kind.OBJECTION:
        return replace(hit, kind=Kind.PAIN, is_answer=True)
    if about and about.kind is hit.kind:
        return replace(hit, strength=min(1.0, hit.strength + _ASKED_FOR), is_answer=True)
    return hit


def _answered(said: Said, place: int, about: AskedRule, hits: Sequence[Moment]) -> Iterator[Moment]:
    """A sentence is what the question before it asked for, where no rule says what it is."""
    is_open = not hits or (about.kind is Kind.CRITERION and {hit.kind for hit in hits} <= _MAY_BE_CONDITIONS)
    if about.kind and is_open and (not place or about.kind in _TOLD_AT_LENGTH):
        strength = _ASKED_STRENGTH - _LATER * place
        yield Moment(about.kind, said, about.id, strength, is_answer=True)


def _grounded(moment: Moment, run: Sequence[Said], place: int, language: Language) -> Moment:
    """Together with the sentence that says what "that" is, or that a short one begins; a bit weaker where there is none."""
    before = run[place - 1] if place else None
    after = run[place + 1] if place + 1 < len(run) else None
    said = moment.said
    is_anaphor = bool(language.anaphor.search(said.text))
    if is_anaphor and before and moment.kind not in _ALONE and _may_join(before, said):
        return replace(moment, said=stripped(joined(before, said), language))
    if after and _may_join(said, after) and _wants_more(moment, after, language):
        return replace(moment, said=stripped(joined(said, after), language))
    if moment.kind in _ALONE or not is_anaphor:
        return moment
    return replace(moment, strength=moment.strength - _VAGUE, is_vague=True)


def _wants_more(moment: Moment, after: Said, language: Language) -> bool:
    if moment.kind is Kind.COMPETITOR:
        return bool(language.anaphor.search(after.text))
    is_short = len(moment.said.words) <= _ONE_THOUGHT
    return is_short and moment.kind not in {Kind.WELCOME, Kind.QUESTION, Kind.AGREEMENT}


def _may_join(first: Said, second: Said) -> bool:
    most = _WITH_ITS_REASON if len(first.words) <= _WITH_ITS_REASON // 4 else _TWO_SENTENCES
    is_short = len(first.words) + len(second.words) <= most
    statements = not first.is_question and not second.is_question
    return follows(first, second) and is_short and statements and is_quotable(joined(first, second))


def _placed(moment: Moment, before: _Before, language: Language) -> Moment:
    """With what it answers, and what it is said to."""
    terms = terms_of(moment.said, language)
    asked, to = before.question, before.statement
    if moment.kind is Kind.AGREEMENT:
        asked = before.proposal
        proposed = _terms_of(asked, language)
        asked = None if _names_another_date(terms, proposed) else asked
        terms = _agreed_on(proposed) | terms if asked is None else terms | _agreed_on(proposed)
    if moment.kind is Kind.REFUSAL:
        to = _refused(moment.said, before, language)
    return replace(
        moment,
        asked=stripped(asked, language) if asked else None,
        to=stripped(to, language) if to and moment.kind in _REPLIES else None,
        terms=terms,
        topic=moment.topic or topic_of(moment.said, language),
    )


def _refused(said: Said, before: _Before, language: Language) -> Said | None:
    """What a no is said to; one that only begins with "no" answers a question, unless something was proposed."""
    proposal = before.proposal
    if proposal and language.proposal.search(proposal.text):
        return proposal
    only_no = said.words[0].text.rstrip(".,!").casefold() in _NO
    return None if only_no else before.question or before.statement


def _agreed_on(proposed: Mapping[str, str]) -> dict[str, str]:
    return {name: one for name, one in proposed.items() if name in {"when", "person"}}


def _names_another_date(terms: Mapping[str, str], proposed: Mapping[str, str]) -> bool:
    """Whether a yes names its own date: then that one holds, and the proposal is not what was agreed."""
    return "when" in terms and terms["when"].casefold() not in proposed.get("when", "").casefold()


def _terms_of(said: Said | None, language: Language) -> dict[str, str]:
    return terms_of(said, language) if said else {}


def _led(moment: Moment, after: Sequence[Exchange], language: Language) -> Iterator[Moment]:
    """With the answer it got and what was said to that; none when there is nothing that a yes or no could be said to."""
    is_free = moment.rule.endswith(".lets") or "when" in moment.terms
    if moment.kind is Kind.AGREEMENT and not moment.asked and not is_free:
        return
    if moment.kind is Kind.REFUSAL and not moment.to:
        return
    if moment.kind not in _ANSWERED or not after:
        yield moment
        return
    answer = _full(after[0].said[:3], language)
    reaction = _reaction(after[1].said[:3], language) if answer and len(after) > 1 else None
    yield replace(moment, answer=answer, reaction=reaction)


def _full(sentences: Iterable[Said], language: Language) -> Said | None:
    """The sentence of the other side that says something: the first with an offer in it, else the first long one."""
    full = [
        stripped(said, language)
        for said in sentences
        if len(said.words) >= _ONE_THOUGHT and not said.is_question and is_quotable(said)
    ]
    return next((said for said in full if language.offer.search(said.text)), full[0] if full else None)


def _reaction(sentences: Sequence[Said], language: Language) -> Said | None:
    """What tells most about how an answer was taken: a good word or a doubt, else the first sentence."""
    telling = [hit.said for said in sentences for hit in hits_in(said, language) if hit.kind in _REPLIES]
    plain = [stripped(said, language) for said in sentences[:1] if len(said.words) > 1]
    return next((said for said in [*telling, *plain] if is_quotable(said)), None)
