"""All rules over a library, the worst first, and what is told of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.kernel.ids import show
from setpiece.library.lint.catalog import RULES
from setpiece.library.lint.model import Finding, LintedLibrary, Place, Rule, Severity
from setpiece.library.service import KIND_BY_NAME


@dataclass(frozen=True, slots=True)
class LintReport:
    """Everything found; `entities` is how many were looked at."""

    findings: tuple[Finding, ...]
    entities: int
    stored: bool

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(one.severity for one in self.findings)
        return {severity.value: found[severity] for severity in Severity}

    def fails(self, at: Severity) -> bool:
        """Whether anything found is as bad as `at`, or worse."""
        return any(one.severity.reaches(at) for one in self.findings)


def check_library(library: LintedLibrary, rules: Sequence[Rule] = RULES) -> LintReport:
    """Findings by severity, then in the order of the rules, then in the library's."""
    order = tuple(Severity)
    found = [
        Finding(rule.id, rule.severity, said.message, said.places)
        for rule in sorted(rules, key=lambda one: order.index(one.severity))
        for said in rule.find(library)
    ]
    return LintReport(tuple(found), len(library.entities), library.stored)


def described(finding: Finding, *, stored: bool) -> dict[str, Any]:
    """A finding for a program. Ids are those of the workspace; an entry of a file has its key only."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "places": [_place(one, stored=stored) for one in finding.places],
    }


def _place(place: Place, *, stored: bool) -> dict[str, Any]:
    entity = place.entity
    return {
        "oId": show(KIND_BY_NAME[entity.kind].prefix, entity.id) if stored else None,
        "key": entity.key,
        "kind": entity.kind,
        "name": entity.name,
        "field": place.field,
        "index": place.index,
    }
