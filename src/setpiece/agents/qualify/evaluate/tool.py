"""Tools by name: fields that list them, and what text says of using, leaving and replacing one."""

from collections.abc import Iterator

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.claim import matched_span, polarity_of
from setpiece.agents.qualify.evaluate.known import Clause, Field, Known, is_current
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, no, yes
from setpiece.agents.qualify.evaluate.words import Word, words_of
from setpiece.matching.model import Confidence

_ASKING = w.roots("use on have run work rely")
_LABELS = w.roots(
    "technology technologies tech stack tool tools crm sequencer warehouse automation engagement platform software dialer cms helpdesk"
)
_CUES = w.roots(
    "use uses crm stack sequencer warehouse tool tools platform system data work works rely relies is are on with"
)
_BEFORE = _CUES | w.roots("sales marketing support revenue team everything every all")
_LEFT = (
    ("from", ("move", "switch", "migrate", "change")),
    ("off", ("move", "migrate", "come")),
    ("away", ("move", "switch")),
)
_REPLACED = w.roots("replace replaced")


def from_tools(asked: Asked, known: Known) -> Iterator[Verdict]:
    tool = _tool(asked)
    if not tool:
        return
    for field in known.fields:
        if field.roots & _LABELS and is_current(field) and _lists(field, tool):
            yield yes(Evidence(field.place, field.value), "The tool is listed there.", Confidence.HIGH)
    for clause in known.clauses_with([word.root for word in tool]):
        if verdict := _told(asked, clause, tool, known.names):
            yield verdict


def _tool(asked: Asked) -> tuple[Word, ...]:
    """The name asked for, when the question is whether it is used and nothing more."""
    terms = asked.terms
    if terms and terms[0].root in _ASKING:
        terms = terms[1:]
    elif not asked.about_having:
        return ()
    return (
        terms
        if terms and all(word.named for word in terms) and len(terms) < len(asked.terms) + asked.about_having
        else ()
    )


def _lists(field: Field, tool: tuple[Word, ...]) -> bool:
    wanted = [word.root for word in tool]
    return any(
        [word.root for word in words_of(part)] == wanted
        for part in field.value.replace(";", ",").replace("/", ",").split(",")
    )


def _told(asked: Asked, clause: Clause, tool: tuple[Word, ...], names: frozenset[str]) -> Verdict | None:
    span = matched_span(tool, clause.words)
    if span is None:
        return None
    evidence = Evidence(clause.place, clause.text)
    if _is_left(clause.words, span):
        return no(evidence, "They left it for something else.", Confidence.HIGH)
    if not any(word.root in _CUES for word in clause.words) or (
        asked.about_now and _was(clause.words[: span[0]])
    ):
        return None
    polarity = polarity_of(asked, clause.words, span, names, _BEFORE | w.PREPOSITIONS)
    if polarity is True:
        return yes(evidence, "It is said to be in use.", Confidence.MEDIUM)
    return no(evidence, "It is said not to be in use.", Confidence.MEDIUM) if polarity is False else None


def _is_left(words: tuple[Word, ...], span: tuple[int, ...]) -> bool:
    """`moved from X to Y`, `X was replaced with Y`; only with nothing uncertain in the clause."""
    texts = [word.root for word in words]
    if any(one in w.HEDGES | w.NEGATORS for one in texts) or not _is_theirs(words):
        return False
    first, last = span[0], span[-1]
    if first and any(
        texts[first - 1] == link and any(w.root_of(verb) in texts[:first] for verb in verbs)
        for link, verbs in _LEFT
    ):
        return any(word.text.lower().endswith("ed") for word in words[:first])
    after = words[last + 1 : last + 4]
    passive = [word.text.lower() for word in after][:2] in (["was", "replaced"], ["got", "replaced"])
    active = (
        first > 0
        and texts[first - 1] in _REPLACED
        and words[first - 1].text.lower() == "replaced"
        and texts[last + 1 : last + 2] == ["with"]
    )
    return passive or active


def _was(before: tuple[Word, ...]) -> bool:
    """`they used X`, but not `is used`."""
    texts = [word.text.lower() for word in before]
    return any(
        one in ("used", "had", "was", "were", "ran", "worked")
        and not set(texts[:at]) & {"is", "are", "has", "have"}
        for at, one in enumerate(texts)
    )


_OTHERS = w.roots("competitor customer client partner vendor another other investor supplier")


def _is_theirs(words: tuple[Word, ...]) -> bool:
    return not any(word.root in _OTHERS and not (at and word.named) for at, word in enumerate(words))
