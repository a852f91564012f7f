"""Each field of a spec, once: its name on the wire, its shape, its default. What begins with `x` is ours.

Source: the field reference of the Playbooks API; bounds of `name`, `cadence`, `judgeModel` and `successTarget` from its guide
(playbooks-v1, 0 and 1).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.programs.spec.alternatives import CHANNELS, HYPOTHESIS, REFERENCE, VARIANT, Alternatives
from setpiece.programs.spec.delivery import Delivery
from setpiece.programs.spec.model import (
    Buddy,
    Direction,
    LeadSourceKind,
    Mode,
    ProgramStatus,
    StrategyKind,
    SuccessMetric,
    Unit,
)
from setpiece.programs.spec.shapes import Choice, Flag, Number, Shape, Text

_LARGEST = 1e12  # money and counts beyond it are slips, and a float still tells its cents


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        default: What it is when nobody says; None when it may be absent.
    """

    name: str
    shape: Shape
    about: str
    default: Any = None
    is_required: bool = False
    example: Any = None

    @property
    def attribute(self) -> str:
        """Its name in the model: `xFalsePivotRate` is `false_pivot_rate`."""
        plain = re.sub(r"^x(?=[A-Z])", "", self.name)
        return re.sub(r"(?<!^)(?=[A-Z])", "_", plain).lower()

    @property
    def may_be_absent(self) -> bool:
        return self.default is None and not self.is_required


TOP: tuple[Field, ...] = (
    Field("name", Text(200), "What people call it", is_required=True, example="Series B SaaS. New head of growth"),
    Field("status", Choice(ProgramStatus), "Whether it runs", ProgramStatus.DRAFT, example="active"),
    Field("mode", Choice(Mode), "Who begins", is_required=True, example="outbound"),
    Field("xDelivery", Delivery(), "How messages of executed runs go out; a run may say otherwise"),
    Field("buddyId", Choice(Buddy), "The agent that works it", is_required=True, example="prospect"),
)  # fmt: skip
LEAD_SOURCE: tuple[Field, ...] = (
    Field("kind", Choice(LeadSourceKind), "Where leads come from", LeadSourceKind.MANUAL, example="crm-segment"),
    Field("query", Text(1000), "Which leads: `hubspot:list:123`, the name of a list, or a description", example="hubspot:list:123"),
    Field("sampleSize", Number(1, 5000, is_whole=True), "Leads in one draw", 50, example=50),
)  # fmt: skip
STRATEGY: tuple[Field, ...] = (
    Field("kind", Choice(StrategyKind), "What it is for", StrategyKind.GTM_EXECUTION),
    Field("hypothesis", HYPOTHESIS, "What is believed, and tested", is_required=True,
          example="Growth leads in their first 90 days take a meeting about attribution"),
    Field("channels", CHANNELS, "How leads are reached", (), example=["email"]),
    Field("cadence", Text(500), "When they are reached", example="Three emails in nine days"),
    Field("successMetric", Choice(SuccessMetric), "What counts", example="meeting_booked"),
    Field("successTarget", Number(0, _LARGEST), "How much of it is enough: replies as a share below 1 or a percentage, meetings and money "
          "for each `sampleSize` leads", example=3),
    Field("xTargetRate", Number(0, 1), "The share of units that has to succeed; goes before `successTarget`"),
    Field("xValueCap", Number(0, _LARGEST), "No unit counts for more"),
    Field("xValueFloor", Number(-_LARGEST, _LARGEST), "No unit of a custom metric counts for less"),
    Field("xDirection", Choice(Direction), "Whether more of a custom metric is better"),
    Field("xPersona", REFERENCE, "A persona of the library, by id or name"),
    Field("xPlaybook", REFERENCE, "A playbook of the library, by id or name"),
    Field("xVariant", VARIANT, "What the messages are told to be like"),
)  # fmt: skip
ADAPTATION: tuple[Field, ...] = (
    Field("enabled", Flag(), "Whether it may change course", True),
    Field("minSampleSize", Number(1, 10_000, is_whole=True), "Counted units before a pivot, over all runs", 50),
    Field("pivotWindowDays", Number(1, 90, is_whole=True), "Days after which a unit is counted; 3 is short for email", 3),
    Field("maxPivotsPerWeek", Number(0, 20, is_whole=True), "0 gives advice only", 2),
    Field("judgeModel", REFERENCE, "The language model that may veto a pivot"),
    Field("xFalsePivotRate", Number(0.0001, 0.5), "The most that a playbook on target may risk to be changed", 0.10),
    Field("xUnit", Choice(Unit), "What is counted once; contacts of one account do not answer independently", Unit.ACCOUNT),
    Field("xDetectionRecall", Number(0.01, 1), "The share of true successes that are noticed", 1.0),
    Field("xAlternatives", Alternatives(20), "What a pivot may change to, the first one first", ()),
)  # fmt: skip
SECTIONS: Mapping[str, tuple[Field, ...]] = {
    "leadSource": LEAD_SOURCE,
    "strategy": STRATEGY,
    "adaptation": ADAPTATION,
}
SERVER_FIELDS = frozenset(
    ("id", "createdAt", "createdBy", "updatedAt", "workspaceId", "xVersion", "xEpoch", "warnings")
)
"""What the server says of a spec: a client that sends back what it read is not told off for it."""


def defaults(fields: tuple[Field, ...]) -> dict[str, Any]:
    """What a document has where nobody says anything."""
    return {field.name: field.shape.plain(field.default) for field in fields if field.default is not None}
