"""The call from hello to goodbye: stage by stage, what to ask, what to say, and how to close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.call_prep.model import Methodology, Stage
from setpiece.agents.call_prep.questions import Question, Questioner, to_the_face
from setpiece.agents.document import Line, Section, item
from setpiece.agents.forms import WISHES, Form
from setpiece.agents.material import Material
from setpiece.agents.sequence.writer.clean import clean_first_name, clean_name, clean_text
from setpiece.agents.sequence.writer.model import Fact, FactRole, Source
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.speech import by_nearness, nearest
from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.service import KIND_BY_NAME

_TOLD_AT_ONCE = 3
_MOST_QUALIFYING = 4
_ANSWERS = (FactRole.DIFFERENTIATOR, FactRole.CAPABILITY, FactRole.WHY_WE_MATTER, FactRole.VALUE_PROP)
_PROBLEMS = frozenset({FactRole.PAIN, FactRole.CHALLENGE, FactRole.STATUS_QUO})
_WEIGHTS = ("INSTANT_DISQUALIFIER", "HIGH", "MEDIUM", "LOW")


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage with its questions and with what to say in it."""

    stage: Stage
    questions: tuple[Question, ...]
    tells: tuple[tuple[str, Fact], ...]


def plan_stages(material: Material, methodology: Methodology) -> list[StagePlan]:
    """Each stage filled from the material; nothing is said twice in a call."""
    questioner, said = Questioner(material), set[str]()
    return [_planned(material, stage, questioner, said) for stage in methodology.stages]


def qualifying(material: Material) -> list[Question]:
    """The qualifying questions of what was chosen, the heaviest first, as they are put to a person."""
    chosen = material.chosen
    playbook = chosen.playbook.entity if chosen.playbook else None
    several = [one for one in (chosen.persona, playbook, chosen.offering, chosen.segment) if one]
    found = [(one, at, asked) for one in several for at, asked in enumerate(one.qualifying_questions)]
    live = [each for each in found if not each[2].get("archivedAt")]
    live.sort(key=lambda each: _WEIGHTS.index(each[2].get("weight") or "MEDIUM"))
    return [_qualifying(one, at, asked) for one, at, asked in live[:_MOST_QUALIFYING]]


def script(material: Material, plans: Sequence[StagePlan], to_qualify: Sequence[Question]) -> list[Section]:
    """The whole call; its sections are the stages between an opening and a close."""
    sections = [Section("opening", "Opening", _opening(material))]
    sections += [_stage(plan) for plan in plans]
    if to_qualify:
        lines = tuple(item(f"{one.text}{one.hint}", *_facts(one)) for one in to_qualify)
        sections.append(Section("qualify", "Before you close: is it a fit?", lines))
    if answers := _answers(material, plans):
        sections.append(Section("answers", "If they name it, say", answers))
    return [*sections, Section("close", "Close", _close(material))]


def _planned(material: Material, stage: Stage, questioner: Questioner, said: set[str]) -> StagePlan:
    questions = tuple(question for ask in stage.asks for question in questioner.ask(ask))
    tells: list[tuple[str, Fact]] = []
    for role in stage.tells:
        for phrase in material.speech.of(role)[: 2 if role in (FactRole.PROOF, FactRole.REFERENCE) else 1]:
            statement = material.speech.state(phrase)
            if statement not in said and len(tells) < _TOLD_AT_ONCE:
                said.add(statement)
                tells.append((statement, phrase.fact))
    return StagePlan(stage, questions, tuple(tells))


def _stage(plan: StagePlan) -> Section:
    lines = [Line(plan.stage.aim)]
    lines += [item(f"Ask: {one.text}", *_facts(one)) for one in plan.questions]
    lines += [item(f"Say: {text}.", fact) for text, fact in plan.tells]
    return Section(stage_id(plan.stage), plan.stage.name, tuple(lines))


def stage_id(stage: Stage) -> str:
    return stage.name.lower().replace(" ", "-")


def _opening(material: Material) -> tuple[Line, ...]:
    first = clean_first_name(material.identity.first_name)
    sender = material.brief.sender
    me = " of ".join(filter(None, (clean_name(sender.name), clean_name(sender.company))))
    hello = f"Hi{f' {first}' if first else ''}, {f'this is {me}. T' if me else 't'}hanks for taking the time."
    topic = _topic(material)
    about = (
        f"I would like to understand {topic[0]}" if topic else "I would like to understand how you work today"
    )
    agenda = f"{about}, tell you briefly what {material.brief.offering_name} does about it, and then decide together whether it is worth a next step."
    return (
        Line(hello),
        Line(agenda, (topic[1],) if topic else ()),
        Line("Is that a good use of our time, or is something else more pressing?"),
    )


def _topic(material: Material) -> tuple[str, Fact] | None:
    """What the call is about, as "how you handle ...", from the first duty or goal that fits the sentence."""
    for phrase in material.speech.of(FactRole.RESPONSIBILITY, FactRole.OBJECTIVE):
        embedded = material.speech.embed(phrase)
        if phrase.words > _TOPIC_WORDS:
            continue
        if embedded.form is Form.GERUND:
            return f"how you go about {embedded.text}", phrase.fact
        if embedded.form is Form.DEED:
            return f"how you {embedded.text} today", phrase.fact
    return None


_TOPIC_WORDS = 10


def _answers(material: Material, plans: Sequence[StagePlan]) -> tuple[Line, ...]:
    """For each problem that is asked about, the statement of ours that is nearest to it."""
    problems = {
        one.phrase.fact.text: one.phrase
        for plan in plans
        for one in plan.questions
        if one.phrase is not None and one.phrase.role in _PROBLEMS
    }
    lines, used = [], set[str]()
    for problem in problems.values():
        left = [one for one in material.speech.of(*_ANSWERS) if one.text not in used]
        answer = nearest(problem, left)
        if answer is not None:
            used.add(answer.text)
            lines.append(_answer(material, problem, answer))
    return tuple(lines)


def _answer(material: Material, problem: Phrase, answer: Phrase) -> Line:
    named, statement = material.speech.state(problem), material.speech.state(answer)
    return item(f"{named} → {statement}.", problem.fact, answer.fact)


def _close(material: Material) -> tuple[Line, ...]:
    offering, proof = material.brief.offering_name, material.speech.of(FactRole.PROOF, FactRole.REFERENCE)
    lines = []
    if proof:
        best = by_nearness(proof, material.told_words)[0]
        lines.append(
            Line(f"Leave them with one thing they can check: {material.speech.state(best)}.", (best.fact,))
        )
    for phrase in material.speech.of(FactRole.OBJECTIVE):
        embedded = material.speech.embed(phrase)
        if embedded.form in WISHES:
            ask = f"You said you {WISHES[embedded.form]} {embedded.text}. Shall we look at how {offering} would do that with your own example?"
            lines.append(Line(f"If that is what they said, ask: {ask}", (phrase.fact,)))
            break
    else:
        lines.append(Line(f"Ask: Shall we look at {offering} with an example of your own?"))
    return (*lines, Line("Agree on the next step, who takes part, and the date, before you hang up."))


def _qualifying(entity: Entity, at: int, asked: Mapping[str, Any]) -> Question:
    oid, question = show(KIND_BY_NAME[entity.kind].prefix, entity.id), clean_text(asked["question"])
    source = Source(oid, entity.kind, entity.name, "qualifyingQuestions", at)
    hint = " (A yes speaks against it.)" if asked.get("fitType") == "BAD" else ""
    return Question(to_the_face(question), Fact(question, source), hint=hint)


def _facts(question: Question) -> tuple[Fact, ...]:
    return (question.fact,) if question.fact else ()
