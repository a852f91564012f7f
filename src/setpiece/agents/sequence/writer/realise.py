"""Turns a planned email into sentences: one frame per fact, chosen by seed, none twice in a sequence."""

from dataclasses import dataclass, field, replace

from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.clean import clean_name
from setpiece.agents.sequence.writer.frames import REUSABLE_FRAMES, Use, fits, frames_for
from setpiece.agents.sequence.writer.jobs import Job
from setpiece.agents.sequence.writer.join import Line, join_context, join_deeds, moved
from setpiece.agents.sequence.writer.kinship import LINKED, Kinship
from setpiece.agents.sequence.writer.letter import (
    INBOUND_ASKS,
    STATED_ASKS,
    WISH_ASKS,
    asks,
    contract,
    last_words,
    pick,
    thanks,
)
from setpiece.agents.sequence.writer.model import (
    Brief,
    Claim,
    FactRole,
    Length,
    SectionName,
    SequenceType,
    Source,
    Tone,
)
from setpiece.agents.sequence.writer.person import as_gerund
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.plan import WORD_BOUNDS, is_answer
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.shape import Shape

_USE_BY_ROLE = {
    FactRole.PAIN: Use.PROBLEM, FactRole.CONCERN: Use.CONCERN, FactRole.CHALLENGE: Use.PROBLEM,
    FactRole.OBJECTIVE: Use.OBJECTIVE, FactRole.RESPONSIBILITY: Use.RESPONSIBILITY, FactRole.SEGMENT: Use.SEGMENT,
    FactRole.TRIGGER: Use.TRIGGER, FactRole.CONTEXT: Use.CONTEXT, FactRole.STATUS_QUO: Use.STATUS_QUO,
    FactRole.KEY_INSIGHT: Use.INSIGHT, FactRole.USE_CASE: Use.USE_CASE, FactRole.APPROACH: Use.APPROACH,
    FactRole.PROOF: Use.PROOF, FactRole.REFERENCE: Use.REFERENCE, FactRole.COMPETITOR_GAP: Use.GAP,
    FactRole.ATTACHED: Use.ATTACHED,
}  # fmt: skip


_FIRST_WORDS_ON_US = frozenset({Use.OFFER_FIRST, Use.SERVICE_FIRST})
_DEED_WORDS = 6  # of a goal that is the subject of a question
_INTRODUCTION = "With {offering}, {f}."


_SITUATIONS = frozenset(
    {
        FactRole.PAIN,
        FactRole.CHALLENGE,
        FactRole.CONCERN,
        FactRole.STATUS_QUO,
        FactRole.TRIGGER,
        FactRole.SEGMENT,
    }
)
"""Roles that say how things are, so that an offering can change it."""


@dataclass(slots=True)
class _Email:
    """What a sentence has to know of those before it in its email."""

    plan: PlannedEmail
    lines: list[Line] = field(default_factory=list)
    named: bool = False

    @property
    def tone(self) -> Tone | None:
        return self.plan.directives.tone

    def before(self) -> Phrase | None:
        return next((line.phrase for line in reversed(self.lines) if line.phrase is not None), None)

    def says_it(self) -> bool:
        """Whether a sentence already starts with "It": one is enough."""
        return any(line.text.startswith(("It ", "It's ")) for line in self.lines)


@dataclass(slots=True)
class Realiser:
    """Writes the lines of one sequence; remembers the frames and courtesies it has used."""

    brief: Brief
    kinship: Kinship
    _used: set[str] = field(default_factory=set)
    _named_title: bool = False
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        recipient = self.brief.recipient
        self._names = {
            "offering": self.brief.offering_name,
            "title": clean_name(recipient.job_title) or "",
            "company": clean_name(recipient.company_name) or "",
            "competitor": clean_name(self.brief.competitor_name) or "",
        }

    def lines(self, plan: PlannedEmail, is_last: bool) -> list[Line]:
        """The sentences of an email from opening to call to action, and its postscript."""
        email = _Email(plan)
        if plan.step == 1 and self.brief.style.sequence_type is SequenceType.INBOUND:
            email.lines.append(Line("opening", self._courtesy(thanks(self.brief.offering_name), email)))
            email.named = True
        for phrase in plan.opening:
            self._add("opening", phrase, email)
        email.lines = join_context(email.lines)
        email.named = False
        for phrase in plan.body:
            self._add("body", phrase, email)
        lines = join_deeds(email.lines, self.brief.offering_name)
        if is_last and plan.job is Job.CLOSE:
            lines.append(Line("closing", self._courtesy(last_words(self._tone(email)), email)))
        lines.append(self._ask(email))
        if plan.ps is not None and (line := self._line("ps", plan.ps, email)) is not None:
            text = f"P.S. {line.text}"
            lines.append(Line("ps", text, moved(line.claims, text), line.phrase))
        return lines

    def _add(self, section: SectionName, phrase: Phrase, email: _Email) -> None:
        line = self._line(section, phrase, email)
        if line is not None:
            email.lines.append(line)
            said = section == "body" and self.brief.offering_name.lower() in line.text.lower()
            email.named = email.named or said

    def _line(self, section: SectionName, phrase: Phrase, email: _Email) -> Line | None:
        use, phrase = self._use_of(phrase, email.named), self._self_contained(phrase, email)
        frame = self._frame(use, phrase, email)
        if frame is None:
            return None
        text = upper_start(contract(frame, self._tone(email)).format(**self._values(phrase)))
        before = email.before()
        apart = (
            before is not None
            and before.role is FactRole.CONTEXT
            and self.kinship.between(before, phrase) < LINKED
        )
        return Line(section, text, self._claims(text, section, phrase, frame), phrase, apart)

    def _tone(self, email: _Email) -> Tone:
        return Tone(email.tone or self.brief.style.tone)

    def _use_of(self, phrase: Phrase, named: bool) -> Use:
        if phrase.role is FactRole.OBJECTION:
            return Use.ANSWER if is_answer(phrase) else Use.OBJECTION
        if phrase.role in _USE_BY_ROLE:
            return _USE_BY_ROLE[phrase.role]
        if phrase.role is FactRole.BENEFIT and named:
            return Use.BENEFIT
        if self.brief.offering_kind == "service" and phrase.role is not FactRole.BENEFIT:
            return Use.SERVICE_MORE if named else Use.SERVICE_FIRST
        return Use.OFFER_MORE if named else Use.OFFER_FIRST

    def _self_contained(self, phrase: Phrase, email: _Email) -> Phrase:
        """The first word on us names the offering: "it runs offline" -> "Setpiece runs offline"."""
        if not phrase.text.startswith("it ") or phrase.role in {FactRole.CONTEXT, FactRole.PAIN}:
            return phrase
        if email.named and not email.says_it():
            return phrase
        return replace(phrase, text=f"{self.brief.offering_name} {phrase.text[3:]}")

    def _frame(self, use: Use, phrase: Phrase, email: _Email) -> str | None:
        fixed = self._fixed_frame(use, phrase)
        if fixed is not None:
            return self._mark(fixed)
        usable = [(raw, self._usable(raw, phrase, email)) for raw in frames_for(use, _spoken_shape(phrase))]
        fitting = [(raw, text) for raw, text in usable if text is not None]
        numbers = [text for raw, text in fitting if raw.startswith("#")]
        plain = [text for raw, text in fitting if not raw.startswith("-")]
        choices = numbers or plain or [text for _, text in fitting]
        if not choices:
            return None
        return self._mark(
            choices[pick(len(choices), self.brief.seed, str(email.plan.step), phrase.fact_text)]
        )

    def _fixed_frame(self, use: Use, phrase: Phrase) -> str | None:
        """The frame of a clause that already says whose it is, or None when there is a choice."""
        if phrase.shape is not Shape.CLAUSE:
            return None
        if use is Use.REFERENCE:
            return "{F}." if phrase.fact.source.entity_name.lower() in phrase.text.lower() else None
        if use not in _FIRST_WORDS_ON_US:
            return None
        if phrase.text.startswith(self.brief.offering_name):
            return "{F}."
        if phrase.text.startswith(("we ", "you ")):
            return "{F}." if _INTRODUCTION in self._used else _INTRODUCTION
        return None

    def _mark(self, frame: str) -> str:
        self._used.add(frame)
        self._named_title = self._named_title or "{title}" in frame
        return frame

    def _usable(self, raw: str, phrase: Phrase, email: _Email) -> str | None:
        """The frame without its mark when it fits this email and the names it needs are known, else None."""
        mark, _, frame = raw.rpartition("|")
        if "1" in mark and email.plan.step != 1:
            return None
        if mark in {"=", "~"} and not self._answers(phrase, email, situation=mark == "="):
            return None
        if frame.startswith("It ") and email.says_it():
            return None
        if "L" in mark and email.plan.bounds[0] < WORD_BOUNDS[Length.LONG][0]:
            return None
        if "!" in mark and self._tone(email) is Tone.FORMAL:
            return None
        if not fits(frame, phrase.text):
            return None
        if "#" in mark and not phrase.has_number:
            return None
        if frame in self._used and frame not in REUSABLE_FRAMES:
            return None
        if any(f"{{{name}}}" in frame and not value for name, value in self._values(phrase).items()):
            return None
        if "{title}" in frame and self._named_title:
            return None
        return frame

    def _answers(self, phrase: Phrase, email: _Email, *, situation: bool) -> bool:
        """Whether a fact about us is close enough to the sentence before it to be called its answer."""
        before = email.before()
        if before is None or self.kinship.between(before, phrase) < LINKED:
            return False
        return before.role in _SITUATIONS or not situation

    def _values(self, phrase: Phrase) -> dict[str, str]:
        deed = as_gerund(phrase.text) if phrase.shape is Shape.BARE else ""
        return {
            **self._names,
            "f": phrase.text,
            "F": upper_start(phrase.text),
            "g": deed,
            "G": upper_start(deed),
            "entity": clean_name(phrase.fact.source.entity_name) or "",
        }

    def _claims(self, text: str, section: SectionName, phrase: Phrase, frame: str) -> tuple[Claim, ...]:
        claims = [Claim(text, section, phrase.fact.source, phrase.fact_text)]
        if "{title}" in frame:
            claims.append(Claim(text, section, Source("", "request", "", "jobTitle"), self._names["title"]))
        return tuple(claims)

    def _ask(self, email: _Email) -> Line:
        directives, wish = email.plan.directives, email.plan.ask
        if directives.cta:
            return Line("cta", directives.cta)
        if not directives.questions:
            return Line("cta", self._courtesy(STATED_ASKS, email))
        if wish is not None and (line := self._ask_about(wish, email)) is not None:
            return line
        options = asks(self.brief.style.goal, self._tone(email), self._names["company"])
        if email.plan.step == 1 and self.brief.style.sequence_type is SequenceType.INBOUND:
            options = INBOUND_ASKS.get(self.brief.style.goal, ()) + options
        return Line("cta", self._courtesy(options, email, first=email.plan.step == 1))

    def _ask_about(self, wish: Phrase, email: _Email) -> Line | None:
        """An ask for interest in a goal the reader may have: "Would it help to make a run repeatable?"."""
        deed = wish.text if wish.shape is Shape.GERUND else as_gerund(wish.text)
        if wish.words > _DEED_WORDS or "," in wish.text:
            deed = ""
        bare = wish.text if wish.shape is Shape.BARE else ""
        frames = [
            frame for frame in WISH_ASKS if frame not in self._used and (deed if "{deed}" in frame else bare)
        ]
        if not frames:
            return None
        frame = frames[pick(len(frames), self.brief.seed, str(email.plan.step), wish.fact_text)]
        text = contract(self._mark(frame), self._tone(email)).format(deed=deed, bare=bare)
        return Line("cta", text, self._claims(text, "cta", wish, frame), wish)

    def _courtesy(self, options: tuple[str, ...], email: _Email, *, first: bool = False) -> str:
        fresh = [text for text in options if text not in self._used] or list(options)
        chosen = fresh[0 if first else pick(len(fresh), self.brief.seed, "courtesy", str(email.plan.step))]
        self._used.add(chosen)
        return contract(chosen, self._tone(email))


def _spoken_shape(phrase: Phrase) -> Shape:
    return Shape.LACK if phrase.shape is Shape.NOUN and phrase.text.startswith("no ") else phrase.shape
