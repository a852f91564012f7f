"""What a language brings: sentences with a place for a fact, courtesies, asks, and how its phrases are read.

In a frame `{f}` is the fact inside a sentence, `{F}` the same with a capital, `{g}` and `{G}` a deed in its -ing form,
`{b}` a deed in its base form, `{e}` the name of the entity that holds the fact. Before a bar stand marks: `1` for the
first email only, `%` right after a problem it answers, `&` while a later sentence can still name the offering, `#` for facts with a number, `~` for a fact that is near to the sentence before it, `^` for one that
the library tells together with it, `!` for any tone but the formal one, `-` for when nothing else is left.

Apart from `bare` frames, which add nothing of their own but a name, a frame is used once in a sequence. Frames on the
reader's side state a situation in general or as a condition, never as known of the reader's company. No frame makes
`{f}` the subject of a verb that would have to agree with it, and none claims a link that may not hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from setpiece.agents.sequence.writer.grade import grade_of
from setpiece.agents.sequence.writer.model import Fact, FactRole, Goal, Job, Tone
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.topics import Topic
from setpiece.agents.sequence.writer.voice import Voice


class Use(StrEnum):
    """What a sentence does in an email."""

    PROBLEM = "problem"
    CONCERN = "concern"
    OBJECTIVE = "objective"
    RESPONSIBILITY = "responsibility"
    SEGMENT = "segment"
    TRIGGER = "trigger"
    SCENARIO = "scenario"
    CONTEXT = "context"
    CALL = "call"
    STATUS_QUO = "status_quo"
    ALTERNATIVE = "alternative"
    INSIGHT = "insight"
    OBJECTION = "objection"
    SAID = "said"
    """An objection in the words of those who raise it: "We do not want to run another server"."""
    OFFER_FIRST = "offer_first"
    OFFER_MORE = "offer_more"
    SERVICE_FIRST = "service_first"
    SERVICE_MORE = "service_more"
    BENEFIT = "benefit"
    USE_CASE = "use_case"
    APPROACH = "approach"
    PROOF = "proof"
    REFERENCE = "reference"
    GAP = "gap"
    ANSWER = "answer"
    ATTACHED = "attached"
    ASIDE = "aside"
    """What speaks of the offering alone, after what the email is about."""


Frames = Mapping[Use, Mapping[Shape, tuple[str, ...]]]
"""Every use has frames for a FRAGMENT, which hold any shape."""


@dataclass(frozen=True, slots=True)
class Courtesies:
    """The sentences that state no fact. `{company}` in one is the reader's; such a one is used only when it is known."""

    asks: Mapping[Job, tuple[str, ...]]
    """Asks for interest, by what the email is for."""
    last_asks: Mapping[Tone, tuple[str, ...]]
    """What the last email asks, instead of one more time for interest."""
    asks_by_tone: Mapping[Tone, tuple[str, ...]]
    asks_by_goal: Mapping[Goal, tuple[str, ...]]
    asks_of_inbound: tuple[str, ...]
    asks_of_warm: tuple[str, ...]
    stated_asks: tuple[str, ...]
    """Asks without a question mark."""
    wish_asks: tuple[str, ...]
    """Asks about a goal: `{bare}` is a deed in its base form, `{deed}` in its -ing form."""
    last_words: Mapping[Tone, tuple[str, ...]]
    thanks: tuple[str, ...]
    met: tuple[str, ...]
    """How an email opens to somebody who knows us."""
    greetings: Mapping[Tone, str]
    sign_offs: Mapping[Tone, str]


@dataclass(frozen=True, slots=True)
class Tongue:
    code: str
    name: str
    frames: Frames
    bare: frozenset[str]
    courtesies: Courtesies
    to_phrase: Callable[[FactRole, Fact, Voice], Phrase | None]
    topics_of: Callable[[Phrase], Iterable[Topic]]
    """Whole phrases in a fact that can be a subject, best first."""
    nouns_of: Callable[[Phrase], Iterable[str]]
    linked: str
    """Joins a known fact and a problem: "{a}, and {b}."."""
    and_: str
    you: str
    """What a joined second statement on the reader drops; "" when the language has no such word."""
    its: tuple[str, ...]
    """What an offering is called after its name was said."""
    about: tuple[str, ...]
    """Subjects about a noun, at a company or by itself."""
    plain_subjects: tuple[str, ...]
    ps: str = "P.S. "
    contractions: tuple[tuple[str, str], ...] = ()
    our_offer: str = "our offer"
    unfit: Callable[[str, str], bool] = lambda _frame, _text: False
    """Whether a frame and a fact do not read well together."""
    base_of: Callable[[str], str] = lambda _: ""
    gerund_of: Callable[[str], str] = lambda _: ""
    grade_of: Callable[[str], float] = grade_of
    """The school grade at which a text of this language reads."""

    def frames_for(self, use: Use, shape: Shape) -> tuple[str, ...]:
        """The frames of a use for a shape; for a shape it has none for, those that hold any shape."""
        by_shape = self.frames[use]
        if shape is Shape.LACK and shape not in by_shape:
            shape = Shape.NOUN
        return by_shape.get(shape) or by_shape[Shape.FRAGMENT]
