"""Words and records of a made-up library: realistic in size and shape, about nobody."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from setpiece.library.kind import Field, Kind, Shape

LEVELS = ("Chief", "VP", "Senior Director", "Director", "Head", "Senior Manager", "Manager", "Lead", "Analyst", "Specialist")  # fmt: skip
FIELDS = (
    "Sales", "Sales Development", "Sales Enablement", "Revenue Operations", "Partnerships", "Marketing",
    "Product Marketing", "Demand Generation", "Content", "Communications", "Product", "Engineering", "Platform",
    "Quality", "Data", "Security", "IT", "Finance", "Legal", "HR", "Recruiting", "Customer Success", "Support",
    "Operations", "Supply Chain", "Manufacturing", "Procurement", "Design", "Research", "Strategy",
)  # fmt: skip
INDUSTRIES = (
    "fintech", "insurance", "retail", "logistics", "healthcare", "biotech", "education", "energy", "telecom", "media",
    "gaming", "travel", "hospitality", "construction", "automotive", "aerospace", "agriculture", "mining", "chemicals",
    "pharma", "banking", "payments", "cybersecurity", "robotics", "semiconductors", "publishing", "nonprofit",
    "government", "staffing", "freight", "textiles", "packaging", "utilities", "brewing",
)  # fmt: skip
_VERBS = (
    "reconcile",
    "review",
    "rebuild",
    "forecast",
    "approve",
    "migrate",
    "audit",
    "route",
    "publish",
    "track",
)
_NOUNS = (
    "pipeline", "contracts", "invoices", "tickets", "handovers", "reports", "renewals", "budgets", "onboarding",
    "incidents", "releases", "territories", "quotas", "dashboards", "vendors", "claims", "shipments", "campaigns",
    "interviews", "audits", "backlogs", "permits", "orders", "proposals", "playbooks", "spreadsheets",
)  # fmt: skip
_WHERE = ("by hand", "every quarter", "in five tools", "across regions", "before the board meets", "after each release", "without one owner")  # fmt: skip


def phrase(chosen: random.Random, *words: str) -> str:
    """A short statement, such as a pain point is."""
    first, second = chosen.sample(_NOUNS, 2)
    said = f"{chosen.choice(_VERBS)} {first} and {second} {chosen.choice(_WHERE)}"
    return f"{said.capitalize()}{f' in {chosen.choice(words)}' if words else ''}"


def phrases(chosen: random.Random, *words: str) -> list[str]:
    return [phrase(chosen, *words) for _ in range(chosen.randint(2, 4))]


def titles(chosen: random.Random, field: str, level: str, count: int = 8) -> list[str]:
    """Titles near one role, in the spellings that people use."""
    near = LEVELS[max(0, LEVELS.index(level) - 1) : LEVELS.index(level) + 2]
    spelled = [title for one in near for title in spellings(one, field)]
    return chosen.sample(spelled, min(count, len(spelled)))


def spellings(level: str, field: str) -> list[str]:
    if level == "Chief":
        return [f"Chief {field} Officer", f"Chief of {field}", f"EVP {field}", f"EVP, {field}"]
    if level in ("Lead", "Analyst", "Specialist"):
        return [f"{field} {level}", f"Senior {field} {level}", f"{level}, {field}", f"{field} {level} EMEA"]
    return [f"{level} of {field}", f"{level} {field}", f"{field} {level}", f"{level}, {field}"]


def persona_body(chosen: random.Random, number: int) -> dict[str, Any]:
    """A create body as a client sends it."""
    field, level, industry = chosen.choice(FIELDS), chosen.choice(LEVELS), chosen.choice(INDUSTRIES)
    return {
        "name": f"{field} {level} in {industry} {number}",
        "internalName": f"{field} {number}",
        "description": f"{phrase(chosen, industry)}. {phrase(chosen)}.",
        "commonJobTitles": titles(chosen, field, level),
        **{
            name: phrases(chosen, industry)
            for name in ("primaryResponsibilities", "painPoints", "keyConcerns", "keyObjectives", "whyWeMatterToThem")
        },
    }  # fmt: skip


def data_for(kind: Kind, chosen: random.Random, *words: str) -> dict[str, Any]:
    """Something in every field of a kind."""
    return {field.name: _value(field, chosen, words) for field in kind.fields}


def _value(field: Field, chosen: random.Random, words: Sequence[str]) -> Any:
    if field.shape is Shape.TEXT:
        return phrase(chosen, *words)
    if field.shape is Shape.CHOICE:
        return field.default or field.choices[0]
    if field.shape is Shape.TEXTS_BY_LABEL:
        return _by_label(field, chosen, words)
    return phrases(chosen, *words)


def _by_label(field: Field, chosen: random.Random, words: Sequence[str]) -> Mapping[str, list[str]]:
    return {label: [phrase(chosen, *words)] for label in field.example}
