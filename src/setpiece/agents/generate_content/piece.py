"""The piece: five sections, each with one job, from the facts that bear on each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from setpiece.agents.document import Line, Section, item
from setpiece.agents.forms import WISHES, Form
from setpiece.agents.generate_content.page import quoted
from setpiece.agents.material import Material
from setpiece.agents.sequence.writer.clean import clean_name, count_words
from setpiece.agents.sequence.writer.instruct import Directives
from setpiece.agents.sequence.writer.model import Fact, FactRole, Length
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.speech import by_nearness, nearest

_ITEMS = {Length.SHORT: 2, Length.LONG: 4}
_USUAL_ITEMS = 3
_TOLD = 2

SITUATION, COST, CHANGE, PROOF, NEXT_STEP = "situation", "cost", "change", "proof", "next-step"
_PROBLEMS = (FactRole.PAIN, FactRole.CHALLENGE)
_COSTS = (FactRole.TRIGGER, FactRole.STATUS_QUO)
_CHANGES = (
    FactRole.VALUE_PROP,
    FactRole.WHY_WE_MATTER,
    FactRole.DIFFERENTIATOR,
    FactRole.CAPABILITY,
    FactRole.BENEFIT,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A title and its sections; a section without a fact is not there."""

    title: str
    sections: tuple[Section, ...]


def compose(material: Material, quotations: Sequence[Fact], directives: Directives) -> Piece:
    """The piece, as far as there are facts for it and the instructions allow."""
    writer = _Writer(material, directives, _ITEMS.get(directives.length or Length.MEDIUM, _USUAL_ITEMS))
    problems = writer.best(_PROBLEMS)
    costs, proofs = writer.best(_COSTS), writer.best((FactRole.PROOF, FactRole.REFERENCE))
    sections = [
        writer.situation(problems, quotations),
        Section(COST, "What it costs", writer.listed("As long as nothing changes:", costs)),
        writer.change(problems),
        Section(PROOF, "Proof", writer.listed("What you can check:", proofs)),
        writer.next_step(),
    ]
    kept = _within([section for section in sections if section.lines], directives.max_words)
    return Piece(directives.subject or _title(material), tuple(kept))


def _title(material: Material) -> str:
    offering, company = material.brief.offering_name, material.company_name
    return f"{offering} for {company}" if company else offering


@dataclass(frozen=True, slots=True)
class _Writer:
    material: Material
    directives: Directives
    most: int

    def best(self, roles: Iterable[FactRole]) -> list[Phrase]:
        """What the instructions prefer first, then what is nearest to what was told; nothing that they avoid."""
        allowed = [
            one for one in self.material.speech.of(*roles) if not self._holds(one, self.directives.avoid)
        ]
        near = by_nearness(allowed, self.material.told_words)
        preferred = sorted(near, key=lambda one: not self._holds(one, self.directives.prefer))
        return preferred[: self.most]

    def listed(self, lead: str, phrases: Sequence[Phrase]) -> tuple[Line, ...]:
        """A list under its lead; nothing when there is nothing to list."""
        lines = [item(self.material.speech.state(one), one.fact) for one in phrases]
        return (Line(lead), *lines) if lines else ()

    def situation(self, problems: Sequence[Phrase], quotations: Sequence[Fact]) -> Section:
        """What was told and what the page says, then the problems; never that they are known to be this reader's."""
        told = [one for one in self.material.speech.of(FactRole.CONTEXT) if self._is_said(one)][:_TOLD]
        lines = [Line(f"{self.material.speech.state(one)}.", (one.fact,)) for one in told]
        lines += [Line(f"{quoted(fact)}.", (fact,)) for fact in quotations]
        of_role = any(one.role is FactRole.PAIN for one in problems)
        lead = "Problems that often come with the job:" if of_role else "The problem behind it:"
        return Section(SITUATION, "Situation", (*lines, *self.listed(lead, problems)))

    def change(self, problems: Sequence[Phrase]) -> Section:
        """For each problem the nearest answer, then what is left, up to the same number."""
        left = [one for one in self.material.speech.of(*_CHANGES) if self._is_allowed(one)]
        chosen = [one for one in left if self._holds(one, self.directives.prefer)][: self.most]
        for problem in problems:
            answer = nearest(problem, (one for one in left if one not in chosen))
            if answer is not None and len(chosen) < self.most:
                chosen.append(answer)
        chosen += [one for one in left if one not in chosen][: self.most - len(chosen)]
        offering = self.material.brief.offering_name
        lines = [item(self._as_it(one), one.fact) for one in chosen]
        return Section(CHANGE, "What changes", (Line(f"With {offering}:"), *lines) if lines else ())

    def next_step(self) -> Section:
        offering = self.material.brief.offering_name
        if self.directives.cta:
            return Section(NEXT_STEP, "Next step", (Line(self.directives.cta),))
        look = f"the next step is a short look at {offering} with an example of your own."
        for phrase in self.best((FactRole.OBJECTIVE,)):
            embedded = self.material.speech.embed(phrase)
            if embedded.form in WISHES:
                text = f"If you {WISHES[embedded.form]} {embedded.text}, {look}"
                return Section(NEXT_STEP, "Next step", (Line(text, (phrase.fact,)),))
        return Section(NEXT_STEP, "Next step", (Line(f"T{look[1:]}"),))

    def _as_it(self, phrase: Phrase) -> str:
        """A statement under the heading that names the offering: "It keeps ..."."""
        statement, offering = self.material.speech.state(phrase), self.material.brief.offering_name
        return (
            f"It {statement.removeprefix(offering + ' ')}"
            if statement.startswith(f"{offering} ")
            else statement
        )

    def _is_said(self, phrase: Phrase) -> bool:
        """A whole sentence was told, not a bare value."""
        embedded = self.material.speech.embed(phrase)
        return embedded.form is Form.CLAUSE and self._is_allowed(phrase)

    def _is_allowed(self, phrase: Phrase) -> bool:
        return not self._holds(phrase, self.directives.avoid)

    @staticmethod
    def _holds(phrase: Phrase, terms: Iterable[str]) -> bool:
        text = f"{phrase.text} {clean_name(phrase.fact.source.entity_name) or ''}".casefold()
        return any(term.casefold() in text for term in terms)


def _within(sections: list[Section], max_words: int | None) -> list[Section]:
    """Without the last items of the longest sections, and then whole sections from the end, until it is short enough."""
    while max_words is not None and len(sections) > 1 and _words(sections) > max_words:
        at = max(range(len(sections)), key=lambda one: (len(sections[one].lines), one))
        longest = sections[at]
        if sum(line.is_item for line in longest.lines) > 1:
            sections[at] = Section(longest.id, longest.heading, longest.lines[:-1])
        else:
            del sections[-2]  # the next step stays: it is what a piece is for
    return sections


def _words(sections: Iterable[Section]) -> int:
    return sum(count_words(line.text) for section in sections for line in section.lines)
