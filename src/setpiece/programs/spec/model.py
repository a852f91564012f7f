"""A spec, typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ProgramStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class Mode(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    HYBRID = "hybrid"


class Buddy(StrEnum):
    """The specialist agent that works the program in its user's chat."""

    INSIGHTS = "insights"
    PROSPECT = "prospect"
    CAMPAIGN = "campaign"
    PIPELINE = "pipeline"


class LeadSourceKind(StrEnum):
    ORANGE_SLICE = "orange-slice"
    CRM_SEGMENT = "crm-segment"
    CIO_SEGMENT = "cio-segment"
    MANUAL = "manual"


class StrategyKind(StrEnum):
    PMF_RESEARCH = "pmf-research"
    GTM_EXECUTION = "gtm-execution"
    HYBRID = "hybrid"


class SuccessMetric(StrEnum):
    REPLY_RATE = "reply_rate"
    MEETING_BOOKED = "meeting_booked"
    PIPELINE_ARR = "pipeline_arr"
    CUSTOM = "custom"


class Unit(StrEnum):
    """What is counted once: leads of one account do not answer independently."""

    ACCOUNT = "account"
    CONTACT = "contact"


class Direction(StrEnum):
    """Whether more of a custom metric is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Changeable(StrEnum):
    """The one thing that a pivot changes."""

    HYPOTHESIS = "hypothesis"
    CHANNEL = "channel"
    PERSONA = "persona"
    PLAYBOOK = "playbook"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A change that was prepared for a pivot: one thing, and what it becomes.

    Attributes:
        to: A text; for a channel, the channels that take the place of the present ones.
        name: What people call it.
    """

    changes: Changeable
    to: str | tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class LeadSource:
    """Where leads come from.

    Attributes:
        query: `provider:kind:id`, the name of a list, or a description in words.
        sample_size: Leads in one draw; the number that a target in meetings or money is for.
    """

    kind: LeadSourceKind = LeadSourceKind.MANUAL
    query: str | None = None
    sample_size: int = 50


@dataclass(frozen=True, slots=True)
class Strategy:
    """What is tried, and what counts as success.

    Attributes:
        success_target: In the metric's own unit. Replies: below 1 a share, from 1 a percentage; meetings and money: of
            `sample_size` leads.
        target_rate: The share of units that has to succeed, given outright; goes before `success_target`.
        value_cap: No unit counts for more than this: with values without a bound nothing can be concluded.
        value_floor: No unit of a custom metric counts for less.
        direction: Of a custom metric; None when nobody said.
        persona: A persona of the library, by id or name.
        playbook: A playbook of the library, by id or name.
        variant: What the messages are told to be like.
    """

    hypothesis: str
    kind: StrategyKind = StrategyKind.GTM_EXECUTION
    channels: tuple[str, ...] = ()
    cadence: str | None = None
    success_metric: SuccessMetric | None = None
    success_target: float | None = None
    target_rate: float | None = None
    value_cap: float | None = None
    value_floor: float | None = None
    direction: Direction | None = None
    persona: str | None = None
    playbook: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Adaptation:
    """When the program may change course.

    Attributes:
        min_sample_size: Matured units of the present epoch, over all runs, before a pivot.
        pivot_window_days: A unit matures so many days after its first touch; what succeeds later does not count.
        max_pivots_per_week: Applied in the last seven days; 0 gives advice only.
        judge_model: The language model that may veto a pivot.
        false_pivot_rate: The most that a program on target may risk to be changed: alpha.
        detection_recall: The share of true successes that are noticed; the target is lowered by it.
        alternatives: What a pivot may change to, the first one first.
    """

    enabled: bool = True
    min_sample_size: int = 50
    pivot_window_days: int = 3
    max_pivots_per_week: int = 2
    judge_model: str | None = None
    false_pivot_rate: float = 0.10
    unit: Unit = Unit.ACCOUNT
    detection_recall: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything of a program that its owner says."""

    name: str
    mode: Mode
    buddy_id: Buddy
    strategy: Strategy
    status: ProgramStatus = ProgramStatus.DRAFT
    lead_source: LeadSource = LeadSource()
    adaptation: Adaptation = Adaptation()
    delivery: Mapping[str, Any] | None = None
    """How messages of executed runs go out: fields of `spec.delivery`."""
