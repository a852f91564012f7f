"""The sections of each template, in order: key, kind, plan, and how much is printed. Contract §5 has the keys."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from setpiece.reports.moments import Found
from setpiece.reports.writing.model import Point, Template
from setpiece.reports.writing.plan import general, sales
from setpiece.reports.writing.plan.traits import traits

Plan = Callable[[Found], Iterator[Point]]


@dataclass(frozen=True, slots=True)
class SectionPlan:
    key: str
    kind: Literal["paragraph", "traits", "actions"]
    plan: Plan
    most: int
    """Statements; more are not read before a call."""


_SALES = (
    SectionPlan("what_drives_a_yes", "paragraph", sales.what_drives_a_yes, 5),
    SectionPlan("how_to_build_rapport_fast", "paragraph", sales.how_to_build_rapport_fast, 4),
    SectionPlan("buying_tendencies", "paragraph", sales.buying_tendencies, 6),
    SectionPlan("how_they_handle_pushback_and_objections", "paragraph", sales.how_they_handle_pushback, 5),
    SectionPlan("how_they_deal_when_a_deal_gets_sticky", "paragraph", sales.how_they_deal_when_sticky, 4),
    SectionPlan("how_to_close", "actions", sales.how_to_close, 5),
    SectionPlan("how_to_follow_up", "actions", sales.how_to_follow_up, 4),
)
_GENERAL = (
    SectionPlan("dominating_traits", "traits", traits, 3),
    SectionPlan("how_they_think", "paragraph", general.how_they_think, 3),
    SectionPlan("how_they_operate", "paragraph", general.how_they_operate, 4),
    SectionPlan("what_drives_them", "paragraph", general.what_drives_them, 4),
    SectionPlan("how_they_connect", "paragraph", general.how_they_connect, 4),
    SectionPlan("how_they_handle_feedback", "paragraph", general.how_they_handle_feedback, 3),
    SectionPlan("pressure_response", "paragraph", general.pressure_response, 3),
    SectionPlan("how_to_get_their_best", "actions", general.how_to_get_their_best, 4),
    SectionPlan("how_to_handle_the_hard_parts", "actions", general.how_to_handle_the_hard_parts, 4),
    SectionPlan("bottom_line", "paragraph", general.bottom_line, 4),
)
SECTIONS: Mapping[Template, tuple[SectionPlan, ...]] = {
    Template.SALES_PLAYBOOK: _SALES,
    Template.GENERAL_REPORT: _GENERAL,
}
TITLES: Mapping[Template, str] = {
    Template.SALES_PLAYBOOK: "sales.title",
    Template.GENERAL_REPORT: "general.title",
}
SHORT: Mapping[Template, SectionPlan] = {
    Template.SALES_PLAYBOOK: _SALES[-1],
    Template.GENERAL_REPORT: _GENERAL[-1],
}
"""The one section of a report on somebody who hardly speaks."""
