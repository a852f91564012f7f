"""An email while it is put into words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from setpiece.agents.sequence.writer.join import Line
from setpiece.agents.sequence.writer.model import Tone
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import PlannedEmail


@dataclass(slots=True)
class EmailUnderWay:
    """What a sentence has to know of those before it in its email."""

    plan: PlannedEmail
    tone: Tone
    lines: list[Line] = field(default_factory=list)
    named: bool = False
    to_come: Sequence[Phrase] = ()
    """The facts of the body that are still to be said."""

    def before(self) -> Phrase | None:
        return next((line.phrase for line in reversed(self.lines) if line.phrase is not None), None)

    def starts_with(self, words: tuple[str, ...]) -> bool:
        """Whether a sentence on us already starts with one of the words; "It should be simple" is not on us."""
        return any(line.section == "body" and line.text.startswith(words) for line in self.lines)

    def stands_for(self, offering: str, its: tuple[str, ...]) -> bool:
        """Whether "It" can only be the offering: it was named in the sentence before, and no other stands for it yet."""
        named = bool(self.lines) and offering.lower() in self.lines[-1].text.lower()
        return named and not self.starts_with(its)
