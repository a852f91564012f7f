"""Questions made from library facts: one wording for each purpose and each form a fact can take in a sentence.

`{f}` is the fact, `{at}` "at Example Corp", `{offering}` what is sold. A fact is never asserted of the reader's
company: a wording asks whether, how often or what follows. Nor is it the subject of a verb that would have to agree
with it, unless it is a gerund.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from setpiece.agents.call_prep.model import Ask, Purpose
from setpiece.agents.forms import Embedded, Form
from setpiece.agents.material import Material
from setpiece.agents.sequence.writer.model import Fact
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.speech import by_nearness

_NOUNS = (Form.NOUN, Form.GERUND)
_LONGEST = 18
"""Words of a fact in a question; a longer one is hard to say in one breath, and is taken only when no other is left."""


def _each(forms: Iterable[Form], *wordings: str) -> dict[Form, tuple[str, ...]]:
    return dict.fromkeys(forms, wordings)


WORDINGS: Mapping[Purpose, Mapping[Form, tuple[str, ...]]] = {
    Purpose.KNOWN: {
        Form.CLAUSE: (
            "I understand that {f}. What does that change for you?",
            "I also heard that {f}. How does that affect your plans?",
        ),
    },
    Purpose.SITUATION: {
        Form.ANY: ("How does this work {at} today: {f}?",),
        Form.NOUN: ("How do you handle {f} {at} today?", "Who takes care of {f}, and with which tools?"),
        Form.GERUND: ("What does {f} look like {at} today?", "Who is involved in {f}, and with which tools?"),
        Form.DEED: ("How do you {f} today?",),
        Form.CLAUSE: ("How close is this to your job: {f}?",),
    },
    Purpose.STATUS_QUO: {
        Form.ANY: ("How close is this to the way it works {at}: {f}?",),
        **_each(_NOUNS, "How happy are you with {f} today?"),
        Form.LACK: ("How do you get by with {f}?",),
        Form.DEED: ("What works and what does not when you {f}?",),
        Form.CLAUSE: ("How close is this to the way it works {at}: {f}?",),
    },
    Purpose.PROBLEM: {
        Form.ANY: (
            "How often do you run into this: {f}?",
            "Does this sound familiar: {f}?",
        ),
        Form.NOUN: ("How often do you run into {f}?", "How much trouble do you have with {f}?"),
        Form.GERUND: ("How often do you end up {f}?", "How much of a problem is {f} {at}?"),
        Form.LACK: ("How do you manage today with {f}?",),
        Form.DEED: ("What do you do when you {f}?", "How often does it happen that you {f}?"),
        Form.CLAUSE: (
            "How often do you find that {f}?",
            "Does this sound familiar: {f}?",
            "What do you do when {f}?",
        ),
    },
    Purpose.IMPLICATION: {
        Form.ANY: ("Say it happens again: {f}. What does that cost you?",),
        Form.NOUN: ("What do you lose through {f}?", "What follows from {f}, and for whom?"),
        Form.GERUND: ("What do you lose through {f}?", "When you end up {f}, what does that lead to?"),
        Form.LACK: ("What has it cost you to have {f}?",),
        Form.DEED: ("When you {f}, what does that lead to?", "When you {f}, who else notices?"),
        Form.CLAUSE: ("When {f}, what does that cost you?", "When {f}, who feels it first?"),
    },
    Purpose.PAYOFF: {
        Form.ANY: ("Take this goal: {f}. What would it change for you?",),
        **_each(_NOUNS, "What would {f} change for you?", "What would {f} be worth to you?"),
        Form.DEED: ("What would change if you could {f}?", "What would it be worth to you to {f}?"),
        Form.CLAUSE: ("What would it mean for you if {f}?",),
    },
    Purpose.METRIC: {
        Form.ANY: ("Take this goal: {f}. How would you measure it?",),
        **_each(_NOUNS, "How would you measure {f}?", "What number would tell you about {f}?"),
        Form.DEED: ("How would you measure whether you {f}?", "What would tell you that you {f}?"),
        Form.CLAUSE: ("How would you notice that {f}?",),
    },
    Purpose.BUDGET: {
        Form.ANY: ("Take this goal: {f}. Is there a budget for it, or would it have to be found first?",),
        **_each(_NOUNS, "Is there a budget for {f}, or would it have to be found first?"),
        Form.DEED: ("Is there money set aside to {f}, or would it have to be found first?",),
        Form.CLAUSE: ("Is there a budget to see to it that {f}?",),
    },
    Purpose.AUTHORITY: {
        Form.ANY: ("Who else has a say in this: {f}?",),
        Form.NOUN: ("Besides you, who decides about {f}?",),
        Form.GERUND: ("Besides you, who has a say in {f}?",),
        Form.DEED: ("Who would have to agree before you can {f}?",),
        Form.CLAUSE: ("Who else has a say in this: {f}?",),
    },
    Purpose.TIMING: {
        Form.ANY: ("Take this goal: {f}. By when do you need it?",),
        Form.NOUN: ("By when do you need {f}?",),
        Form.GERUND: ("By when does {f} have to be in place?",),
        Form.DEED: ("By when do you want to {f}?",),
        Form.CLAUSE: ("By when would it have to be true that {f}?",),
    },
    Purpose.WAITING: {
        Form.ANY: ("If nothing changes, how long can you live with this: {f}?",),
        **_each(_NOUNS, "If nothing changes, how long can you live with {f}?"),
        Form.LACK: ("How long can you go on with {f}?",),
        Form.DEED: ("How long can you afford to {f}?",),
        Form.CLAUSE: ("How much does it matter right now that {f}?",),
    },
    Purpose.CRITERIA: {
        **_each((Form.ANY, Form.CLAUSE), "What would you need to see to rule this out: {f}?"),
        **_each(
            _NOUNS,
            "What would you need to see to rule out {f}?",
            "How heavily would {f} weigh in your decision?",
        ),
        Form.LACK: ("How much would it weigh to have {f}?",),
        Form.DEED: ("How much would it weigh if you {f}?",),
    },
    Purpose.PROCESS: {
        Form.ANY: ("Which steps does something new go through {at}, and who looks out for this: {f}?",),
        **_each(_NOUNS, "Which steps does something new go through {at}, and who looks out for {f}?"),
    },
    Purpose.CHAMPION: {
        Form.ANY: ("Who {at} feels this most: {f}?",),
        **_each(_NOUNS, "Who {at} would be gladdest to be rid of {f}?"),
        Form.LACK: ("Who {at} feels it most that there is {f}?",),
        Form.DEED: ("Who {at} feels it most when you {f}?",),
        Form.CLAUSE: ("Who {at} feels it most when {f}?",),
    },
    Purpose.INSIGHT: _each(Form, "Here is how we see it: {f}. Where would you disagree?"),
    Purpose.COMMITMENT: {
        Form.NOUN: ("If you had {f}, what would you want to see first?",),
        Form.GERUND: ("If {offering} took care of {f}, what would you want to see first?",),
        Form.DEED: ("If you could {f}, what would you want to see first?",),
        Form.CLAUSE: ("If {f}, what would you want to see first?",),
    },
}
WITHOUT_FACTS: Mapping[Purpose, str] = {
    Purpose.SITUATION: "How is this done {at} today, and by whom?",
    Purpose.PROBLEM: "What made you take this call?",
    Purpose.BUDGET: "Is there a budget for something like {offering}, or would it have to be found first?",
    Purpose.AUTHORITY: "Besides you, who would decide about something like {offering}?",
    Purpose.TIMING: "Is there a date by which this has to be solved?",
    Purpose.CRITERIA: "What would {offering} have to do for you to choose it?",
    Purpose.PROCESS: "Which steps does something like {offering} go through {at} before it may start?",
    Purpose.COMMITMENT: "What would you want to see of {offering} first?",
}
"""Asked only where the library has no fact to ask about."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the fact it was made from; none for one that the library has nothing for.

    `hint` tells the seller how to hear the answer.
    """

    text: str
    fact: Fact | None = None
    phrase: Phrase | None = None
    hint: str = ""


@dataclass(slots=True)
class Questioner:
    """Asks about the material; the same fact at most twice, and never twice for the same purpose."""

    material: Material
    _asked: Counter[str] = field(default_factory=Counter)
    _purposes: set[tuple[Purpose, str]] = field(default_factory=set)
    _worded: Counter[tuple[Purpose, Form]] = field(default_factory=Counter)

    def ask(self, ask: Ask) -> list[Question]:
        found = [self._question(ask.purpose, one) for one in self._choose(ask)]
        if not found and ask.purpose in WITHOUT_FACTS and not self._any(ask):
            return [Question(self._filled(WITHOUT_FACTS[ask.purpose]))]
        return found

    def _choose(self, ask: Ask) -> list[Embedded]:
        chosen: list[Embedded] = []
        for one in self._candidates(ask):
            key = one.phrase.fact.text
            if (
                len(chosen) < ask.most
                and self._asked[key] < _MOST_ASKED
                and (ask.purpose, key) not in self._purposes
            ):
                chosen.append(one)
                self._asked[key] += 1
                self._purposes.add((ask.purpose, key))
        return chosen

    def _candidates(self, ask: Ask) -> list[Embedded]:
        """What the purpose has a wording for: of a sure form, short, not asked about before, and near to what was told, first."""
        phrases = by_nearness(self.material.speech.of(*ask.roles), self.material.told_words)
        wordings, follows_up = WORDINGS[ask.purpose], ask.purpose is Purpose.IMPLICATION
        found = map(self.material.speech.embed, phrases)

        def rank(one: Embedded) -> tuple[bool, bool, int]:
            """What a problem leads to is asked of the problem that was asked about; all else of something new."""
            asked = self._asked[one.phrase.fact.text]
            return one.form is Form.ANY, one.phrase.words > _LONGEST, -asked if follows_up else asked

        return sorted((one for one in found if one.form in wordings), key=rank)

    def _question(self, purpose: Purpose, one: Embedded) -> Question:
        wordings = WORDINGS[purpose][one.form]
        wording = wordings[self._worded[purpose, one.form] % len(wordings)]
        self._worded[purpose, one.form] += 1
        return Question(self._filled(wording, one.text), one.phrase.fact, one.phrase)

    def _filled(self, wording: str, text: str = "") -> str:
        company = self.material.company_name
        at = f"at {company}" if company else "where you work"
        parts = {"{f}": text, "{at}": at, "{offering}": self.material.brief.offering_name}
        return re.sub(r"\{(?:f|at|offering)\}", lambda found: parts[found[0]], wording)

    def _any(self, ask: Ask) -> bool:
        return bool(self.material.speech.of(*ask.roles)) and ask.purpose is not Purpose.PROCESS


_MOST_ASKED = 2

_OF_THEM = re.compile(
    r"^(does|is|has|do|are|have) (?:the |this )?(?:person|company|prospect|buyer|customer|account|they|contact) (.+)$",
    re.IGNORECASE,
)
_OF_YOU = {"does": "Do", "do": "Do", "is": "Are", "are": "Are", "has": "Have", "have": "Have"}


def to_the_face(question: str) -> str:
    """A qualifying question as it is put to the person: "Does the company sell abroad?" -> "Do you sell abroad?"."""
    match = _OF_THEM.match(question)
    if match is None:
        return question
    rest = re.sub(r"\btheir\b", "your", match[2])
    return f"{_OF_YOU[match[1].lower()]} you {rest}"
