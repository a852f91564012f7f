"""Turns a planned email into sentences: one frame per fact, chosen by seed, none twice in a sequence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from setpiece.agents.sequence.writer.casing import lower_start, upper_start
from setpiece.agents.sequence.writer.clean import clean_name, longest_sentence
from setpiece.agents.sequence.writer.jobs import OFFER
from setpiece.agents.sequence.writer.join import Line, join_deeds, join_known, join_situation, moved
from setpiece.agents.sequence.writer.kinship import LINKED, Relatedness, says_nothing_new
from setpiece.agents.sequence.writer.letter import asks, contract, pick
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    FactRole,
    Job,
    Part,
    SectionName,
    SequenceType,
    Tone,
)
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import PlannedEmail, are_of_one_story
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.tongue import Tongue, Use
from setpiece.agents.sequence.writer.under_way import EmailUnderWay
from setpiece.agents.sequence.writer.uses import names, use_of
from setpiece.agents.sequence.writer.voice import Voice

_FIRST_WORDS_ON_US = frozenset({Use.OFFER_FIRST, Use.SERVICE_FIRST, Use.USE_CASE})
_DEED_WORDS = 6  # of a goal that is the subject of a question
_SAID_PLAINLY = frozenset({Use.OFFER_MORE, Use.SERVICE_MORE, Use.BENEFIT, Use.CALL})
"""What is said further is left out when no plain sentence for it is left."""
_SAID_OF_US = frozenset({Use.OFFER_MORE, Use.SERVICE_MORE, Use.BENEFIT, Use.ANSWER})
_DEED_SHAPES = frozenset({Shape.BARE, Shape.GERUND})
_DEEDS = frozenset({FactRole.CAPABILITY, FactRole.PROOF})
_PROBLEMS = frozenset({FactRole.PAIN, FactRole.CHALLENGE, FactRole.STATUS_QUO})
_NAMING = frozenset({*OFFER, FactRole.PROOF})
"""Roles whose sentence names the offering where none before it in the email does."""
_MOST_NAMED = 2
"""How often a sequence asks about the reader's company by name."""
_KNOWN = frozenset({FactRole.CONTEXT, FactRole.CALL})
_READERS_SIDE = (Part.SITUATION, Part.LEAD, Part.COST)


@dataclass(slots=True)
class Realiser:
    """Writes the lines of one sequence; remembers the frames and courtesies it has used."""

    brief: Brief
    tongue: Tongue
    voice: Voice
    related: Relatedness
    _used: set[str] = field(default_factory=set)
    _named_company: int = 0
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {
            "offering": self.brief.offering_name,
            "company": clean_name(self.brief.recipient.company_name) or "",
            "competitor": clean_name(self.brief.competitor_name) or "",
        }

    def lines(self, plan: PlannedEmail, is_last: bool) -> list[Line]:
        """The sentences of an email from opening to call to action, and its postscript."""
        email = EmailUnderWay(plan, Tone(plan.directives.tone or plan.style.tone))
        bare = self.brief.style.sequence_type is SequenceType.BARE_METAL
        self._add_courtesy(email)
        courtesies = len(email.lines)
        for part, phrase in self._opening(plan):
            self._add("opening", part, phrase, email)
        email.lines = email.lines[:courtesies] + self._joined(email.lines[courtesies:], plan, email.tone)
        body = self._body(plan)
        for at, (part, phrase) in enumerate(body, start=1):
            email.to_come = [later for _, later in body[at:]]
            self._add("body", part, phrase, email)
        lines = join_deeds(email.lines, self.brief.offering_name, self.tongue)
        if is_last and plan.job is Job.CLOSE and not bare:
            lines.append(
                Line("closing", self._courtesy(self.tongue.courtesies.last_words[email.tone], email))
            )
        lines.append(self._ask(email))
        for phrase in plan.of(Part.PS):
            if (line := self._line("ps", Part.PS, phrase, email)) is not None:
                text = f"{self.tongue.ps}{line.text}"
                lines.append(replace(line, text=text, claims=moved(line.claims, text)))
        return lines

    def _opening(self, plan: PlannedEmail) -> list[tuple[Part, Phrase]]:
        """The reader's situation and problem; an email about the offering itself has none, and what the reader said is not told again."""
        parts = [part for part in _READERS_SIDE if not (part is Part.LEAD and plan.job is Job.OFFER)]
        said = [one for one in plan.of(Part.SITUATION) if one.role is FactRole.CALL]
        return [
            (part, phrase)
            for part in parts
            for phrase in plan.of(part)
            if part is Part.SITUATION or not any(says_nothing_new(one.text, phrase.text) for one in said)
        ]

    def _body(self, plan: PlannedEmail) -> list[tuple[Part, Phrase]]:
        """What answers, what follows, what proves it; where the answer is the proof, it stands last."""
        order = [Part.ANSWER, Part.CONSEQUENCE, Part.PROOF]
        if plan.job is Job.PROOF:
            order = [Part.CONSEQUENCE, Part.ANSWER, Part.PROOF]
        if plan.job is Job.OFFER:
            order = [Part.LEAD, *order]
        return [(part, phrase) for part in order for phrase in plan.of(part)]

    def _joined(self, lines: list[Line], plan: PlannedEmail, tone: Tone) -> list[Line]:
        situation, lead = plan.of(Part.SITUATION), plan.lead
        lines = join_known(lines, self.tongue)
        if len(situation) == 1 and lead is not None:
            near = self._overlap(situation[0], lead) >= LINKED
            lines = join_situation(lines, self.tongue, linked=near)
        return [self._spoken(line, tone) for line in lines]

    def _spoken(self, line: Line, tone: Tone) -> Line:
        """What is known of the reader, said as it is spoken: "You are hiring" -> "You're hiring"."""
        if line.part is not Part.SITUATION or line.phrase is None or line.phrase.role is not FactRole.CONTEXT:
            return line
        text = upper_start(contract(self.tongue, line.text[:1].lower() + line.text[1:], tone))
        return replace(line, text=text, claims=moved(line.claims, text))

    def _add_courtesy(self, email: EmailUnderWay) -> None:
        kind, told = self.brief.style.sequence_type, self.tongue.courtesies
        if email.plan.step != 1 or kind not in {SequenceType.INBOUND, SequenceType.WARM_OUTBOUND}:
            return
        options = told.thanks if kind is SequenceType.INBOUND else told.met
        email.lines.append(Line("opening", self._courtesy(options, email), apart=True))

    def _add(self, section: SectionName, part: Part, phrase: Phrase, email: EmailUnderWay) -> None:
        line = self._line(section, part, phrase, email)
        if line is not None:
            email.lines.append(line)
            named = section == "body" and self.brief.offering_name.lower() in line.text.lower()
            email.named = email.named or named

    def _line(self, section: SectionName, part: Part, phrase: Phrase, email: EmailUnderWay) -> Line | None:
        use, said = use_of(phrase, self.brief, named=email.named), self._self_contained(phrase, email)
        aside = (
            use in _SAID_OF_US and part in {Part.CONSEQUENCE, Part.PROOF} and self._is_aside(phrase, email)
        )
        ours = use is Use.SERVICE_MORE and said.shape in _DEED_SHAPES  # "we also ...", not "you can also ..."
        use = Use.ASIDE if aside and not ours else use
        if part is Part.PS and use is Use.BENEFIT:
            use = Use.OFFER_MORE  # far from what it would be the result of
        frame = self._frame(use, said, email)
        if frame is None:
            return None
        text = upper_start(contract(self.tongue, frame, email.tone).format(**self._values(said)))
        before = email.before()
        apart = before is not None and before.role in _KNOWN
        apart = apart and before is not None and self._overlap(before, phrase) < LINKED
        apart = (
            apart or aside or (bool(email.lines) and email.lines[-1].apart and email.lines[-1].phrase is None)
        )
        claim = Claim(text, section, phrase.fact.source, phrase.fact_text)
        return Line(section, text, (claim,), phrase, part, apart)

    def _is_aside(self, phrase: Phrase, email: EmailUnderWay) -> bool:
        """Whether a fact has nothing to do with what was said so far: the first such stands apart, and says so."""
        said = [line.phrase for line in email.lines if line.phrase is not None]
        if not email.named or any(line.apart and line.section == "body" for line in email.lines):
            return False
        kin = any(are_of_one_story(one, phrase) for one in said)
        return bool(said) and not kin and not any(self._overlap(one, phrase) for one in said)

    def _self_contained(self, phrase: Phrase, email: EmailUnderWay) -> Phrase:
        """The offering's name where "it" could be something else: "it runs offline" -> "Setpiece runs offline"."""
        if not phrase.text.startswith("it ") or phrase.role in {FactRole.CONTEXT, FactRole.PAIN}:
            return phrase
        if email.stands_for(self.brief.offering_name, self.tongue.its):
            return phrase
        return replace(phrase, text=f"{self.brief.offering_name} {phrase.text[3:]}")

    def _frame(self, use: Use, phrase: Phrase, email: EmailUnderWay) -> str | None:
        fixed = self._fixed_frame(use, phrase)
        if fixed is not None:
            return fixed
        shape = Shape.LACK if phrase.shape is Shape.NOUN and phrase.text.startswith("no ") else phrase.shape
        fitting = self._fitting(self.tongue.frames_for(use, shape), phrase, email)
        if not fitting and use not in _SAID_PLAINLY:
            fitting = self._fitting(self.tongue.frames_for(use, Shape.FRAGMENT), phrase, email)
        strong = [frame for mark, frame in fitting if mark in {"^", "#"}]
        plain = [frame for mark, frame in fitting if mark != "-"]
        choices = strong or plain or [frame for _, frame in fitting]
        if not choices:
            return None
        frame = choices[pick(len(choices), self.brief.seed, str(email.plan.step), phrase.fact_text)]
        self._used.add(frame)
        return frame

    def _fixed_frame(self, use: Use, phrase: Phrase) -> str | None:
        """The frame of a clause that already says whose it is, or None when there is a choice."""
        if phrase.shape is not Shape.CLAUSE:
            return None
        if use is Use.REFERENCE and names(phrase, phrase.fact.source.entity_name):
            return "{F}."
        if use in _FIRST_WORDS_ON_US and names(phrase, self.brief.offering_name):
            return "{F}."
        return None

    def _fitting(self, frames: Sequence[str], phrase: Phrase, email: EmailUnderWay) -> list[tuple[str, str]]:
        """Mark and frame of those that fit this fact and email and whose names are known."""
        values = self._values(phrase)
        found = []
        for raw in frames:
            mark, _, frame = raw.rpartition("|")
            if frame in self._used and frame not in self.tongue.bare:
                continue
            if self.tongue.unfit(frame, phrase.text) or not self._suits(mark, phrase, email):
                continue
            if frame.startswith(self.tongue.its) and not email.stands_for(
                self.brief.offering_name, self.tongue.its
            ):
                continue
            if any(f"{{{name}}}" in frame and not value for name, value in values.items()):
                continue
            if longest_sentence(frame.format(**values)) > email.plan.style.craft.sentence_words:
                continue
            found.append((mark, frame))
        return found

    def _suits(self, mark: str, phrase: Phrase, email: EmailUnderWay) -> bool:
        before = email.before()
        if mark == "1":
            return email.plan.step == 1
        if mark == "&":
            return any(later.role in _NAMING for later in email.to_come)
        if mark == "%" and (before is None or before.role not in _PROBLEMS):
            return False
        if mark == "#":
            return phrase.has_number
        if mark == "!":
            return email.tone is not Tone.FORMAL
        if mark in {"%", "~"}:
            return before is not None and self._overlap(before, phrase) >= LINKED
        if mark == "^":
            return before is not None and _one_story(before, phrase)
        return True

    def _overlap(self, one: Phrase, other: Phrase) -> float:
        return self.related.near(one.text).get(other.text, 0.0)

    def _values(self, phrase: Phrase) -> dict[str, str]:
        deed = self.tongue.gerund_of(phrase.text) if phrase.shape is Shape.BARE else ""
        entity = clean_name(phrase.fact.source.entity_name) or ""
        return {
            **self._names,
            "f": phrase.text,
            "F": upper_start(phrase.text),
            "g": deed,
            "G": upper_start(deed),
            "b": self.tongue.base_of(phrase.text) if phrase.shape is Shape.GERUND else "",
            "entity": entity,
            "e": lower_start(entity, self.voice.protected) if entity else "",
        }

    def _ask(self, email: EmailUnderWay) -> Line:
        directives, style = email.plan.directives, email.plan.style
        if directives.cta or style.cta:
            return Line("cta", directives.cta or style.cta or "")
        if not directives.questions:
            return Line("cta", self._courtesy(self.tongue.courtesies.stated_asks, email))
        for wish in email.plan.of(Part.ASK):
            if (line := self._ask_about(wish, email)) is not None:
                return line
        plan = email.plan
        options = asks(self.tongue, self.brief, plan.job, plan.goal, email.tone, plan.step)
        return Line("cta", self._courtesy(options, email, first=plan.step == 1))

    def _ask_about(self, wish: Phrase, email: EmailUnderWay) -> Line | None:
        """An ask for interest in a goal the reader may have: "Would it help to make a run repeatable?"."""
        deed = wish.text if wish.shape is Shape.GERUND else self.tongue.gerund_of(wish.text)
        if wish.words > _DEED_WORDS or "," in wish.text:
            deed = ""
        bare = wish.text if wish.shape is Shape.BARE else ""
        frames = [
            frame
            for frame in self.tongue.courtesies.wish_asks
            if frame not in self._used and (deed if "{deed}" in frame else bare)
        ]
        if not frames:
            return None
        frame = frames[pick(len(frames), self.brief.seed, str(email.plan.step), wish.fact_text)]
        self._used.add(frame)
        text = contract(self.tongue, frame, email.tone).format(deed=deed, bare=bare)
        return Line("cta", text, (Claim(text, "cta", wish.fact.source, wish.fact_text),), wish, Part.ASK)

    def _courtesy(self, options: Sequence[str], email: EmailUnderWay, *, first: bool = False) -> str:
        """One of the options not used yet; the first that names the company, in the first email."""
        may_name = bool(self._names["company"]) and self._named_company < _MOST_NAMED
        known = [text for text in options if "{company}" not in text or may_name]
        fresh = [text for text in known if text not in self._used] or known
        if first:
            fresh = [text for text in fresh if "{company}" in text] or fresh[:1]
        chosen = fresh[pick(len(fresh), self.brief.seed, "courtesy", str(email.plan.step))]
        self._used.add(chosen)
        self._named_company += "{company}" in chosen
        return contract(self.tongue, chosen, email.tone).format(**self._names)


def _one_story(before: Phrase, phrase: Phrase) -> bool:
    """Whether one entity says both what it does and, with this phrase, what that brings."""
    return before.role in _DEEDS and phrase.role is FactRole.BENEFIT and are_of_one_story(before, phrase)
