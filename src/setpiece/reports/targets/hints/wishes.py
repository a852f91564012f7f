"""What a hint asks for."""

from dataclasses import dataclass

from setpiece.reports.targets.hints.lexicon.departments import Department
from setpiece.reports.targets.hints.lexicon.roles import Role


@dataclass(frozen=True, slots=True)
class RoleWish:
    """Somebody who does this in the call."""

    role: Role
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentWish:
    """Somebody of this part of a company."""

    department: Department
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class CalledWish:
    """Somebody of whom these words are true: their name, company, place or what they say they are.

    Attributes:
        words: As `heard.plain` makes them, in their order.
        is_origin: The hint says "from" before them, so that they are hardly a name.
    """

    words: tuple[str, ...]
    is_origin: bool = False
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class TopicWish:
    """Somebody who spoke of this.

    Attributes:
        in_questions: Only questions count.
        is_first: Who began with it is meant, rather than who went on.
    """

    text: str
    in_questions: bool = False
    is_first: bool = False
    is_denied: bool = False


Wish = RoleWish | DepartmentWish | CalledWish | TopicWish


@dataclass(frozen=True, slots=True)
class Reading:
    """A hint after reading.

    Attributes:
        unjudged: Words about the sound of a voice, a state of mind or a sex, which nothing here judges.
        numbered: What names a speaker by number, which says nothing about anybody.
    """

    wishes: tuple[Wish, ...]
    unjudged: tuple[str, ...] = ()
    numbered: str | None = None
