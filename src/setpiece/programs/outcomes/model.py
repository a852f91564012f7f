"""What came of a contact, the unit that it counts for, and what is kept of an epoch. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import NotEvaluable, Target

NOTHING_COUNTED = datetime(1970, 1, 1, tzinfo=UTC)
"""`counted_through` before anything was counted."""


class OutcomeKind(StrEnum):
    """What happened. Only the first is about us; the others are about whom we contacted, and the last about what was reported."""

    TOUCHED = "touched"
    POSITIVE_REPLY = "positive_reply"
    NEUTRAL_REPLY = "neutral_reply"
    NEGATIVE_REPLY = "negative_reply"
    AUTO_REPLY = "auto_reply"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"
    MEETING_BOOKED = "meeting_booked"
    DEAL_WON = "deal_won"
    CUSTOM = "custom"
    RETRACTED = "retracted"


REPORTABLE = tuple(kind for kind in OutcomeKind if kind is not OutcomeKind.RETRACTED)
"""What can be reported; that it was a mistake is only said of what was."""


@dataclass(frozen=True, slots=True)
class Event:
    """An outcome as it is reported.

    Attributes:
        source_id: What makes it the same when it is reported again, within its run.
        at: When it happened; taken for now where it lies in the future.
        account_id: The company's id, or its domain.
        first_touch_at: When the lead was first contacted, where the reporter knows. A `touched` event says so with `at`.
        value: Of a deal, the money; of a custom metric, whatever it measures.
        variant: Which variant of the message the lead got.
    """

    kind: OutcomeKind
    at: datetime
    source_id: str
    lead_id: str | None = None
    account_id: str | None = None
    email: str | None = None
    first_touch_at: datetime | None = None
    value: float | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was reported was something else, or nothing: whom it is about and when it happened stay as they were.

    Attributes:
        source_id: What makes it the same when it is sent again, within its run.
        corrects: The source id of the outcome.
        kind: What it was; `retracted` where it was a mistake altogether.
        email: Of the person, who is never contacted again where the kind says so.
    """

    source_id: str
    corrects: str
    kind: OutcomeKind
    value: float | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An event as it is kept.

    Attributes:
        key: The unit that it is about.
        person: Whom in it, as `naming.person_of` calls them; None where only the company is known.
        counts_for: What it counts for as a success by the metric of the epoch, whenever it came; None when it is none.
        corrects: The outcome that it puts right, and `corrected_by` the one that puts it right, by source id. Of such a chain only the last is true.
    """

    source_id: str
    key: str
    kind: OutcomeKind
    at: datetime
    first_touch_at: datetime | None
    value: float | None
    lead_id: str | None
    counts_for: float | None
    recorded_at: datetime
    corrects: str | None = None
    corrected_by: str | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted once in an epoch.

    Attributes:
        run_id: The run that first touched it; None until a touch is known.
        person: Who was touched first.
        matures_at: When its window is over; what succeeds later does not count.
        counts_at: When it is counted: as it matures, or at once where it was reported later than that.
        success_at: The first success within the window.
        value: Of all successes within the window: their number, or their money.
        is_late: It succeeded, and only after its window.
    """

    key: str
    run_id: UUID | None = None
    variant: str | None = None
    first_touch_at: datetime | None = None
    matures_at: datetime | None = None
    counts_at: datetime | None = None
    success_at: datetime | None = None
    value: float = 0
    is_late: bool = False
    person: UUID | None = None

    def is_counted(self, through: datetime) -> bool:
        return self.counts_at is not None and self.counts_at <= through


@dataclass(frozen=True, slots=True)
class Standing:
    """What is kept of an epoch.

    Attributes:
        metric: None where the spec has none: then nothing succeeds.
        unit: `account` or `contact`.
        target: As it is tested, or why it cannot be.
        tally: Empty where there is nothing to test.
        touched: Units of which a touch is known.
        samples: Units that were counted, and `successes` those of them that succeeded.
        value: Of the successes that were counted.
        late: Units that succeeded after their window.
        corrected: Successes that were reported after their unit was counted.
        retracted: Successes that were taken back after their unit was counted.
        kinds: Outcomes by kind.
        variants: Counted units and their successes, by the variant that they got; units that got none are left out.
        counted_through: Every unit with a `counts_at` up to this was counted.
        known: The log evidence of missing the target and of surpassing it; None until something was counted.
    """

    program_id: UUID
    epoch: int
    metric: str | None
    unit: str
    alpha: float
    target: Target | NotEvaluable
    tally: Tally = field(default_factory=Tally)
    touched: int = 0
    samples: int = 0
    successes: int = 0
    value: float = 0
    late: int = 0
    corrected: int = 0
    retracted: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    variants: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counted_through: datetime = NOTHING_COUNTED
    known: tuple[float, float] | None = None

    @property
    def pending(self) -> int:
        """Units that were touched and have not matured."""
        return self.touched - self.samples


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch.

    Attributes:
        is_new: For each event, in the order of the batch, whether it was kept; one that is not was there before.
        epoch: The one that the run belongs to, whose evidence this is.
        differing: Source ids under which something else was reported before, which stands.
        untouched: Units in it of which no touch is known: what they succeed in waits for one.
    """

    is_new: Sequence[bool]
    epoch: int
    differing: frozenset[str] = frozenset()
    untouched: int = 0
