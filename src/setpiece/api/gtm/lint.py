"""`library/lint` (ours): what is wrong with the library, page by page."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from setpiece.api.gtm.answers import BOOLEAN, INTEGER, META, array, maybe, obj, string
from setpiece.api.gtm.envelope import listed
from setpiece.api.gtm.queries import PageQuery
from setpiece.api.operation import Call, Operation
from setpiece.kernel.errors import Invalid
from setpiece.kernel.pages import Page
from setpiece.library.lint.catalog import RULES
from setpiece.library.lint.check import described
from setpiece.library.lint.model import LintSettings, Severity
from setpiece.library.lint.service import lint_workspace
from setpiece.workspaces.model import Permission

_IDS = tuple(rule.id for rule in RULES)


class LintQuery(PageQuery):
    severity: Severity | None = Field(None, description="Only findings as bad as this, or worse")
    rule: str | None = Field(
        None, max_length=100, description="Only findings of this rule", examples=["placeholder"]
    )
    staleAfterDays: int = Field(
        LintSettings().stale_after_days,
        ge=1,
        le=36_500,
        description="Days behind the newest change from which an entity is stale",
    )


_PLACE = obj(
    "*",
    oId=string("pe_0AbCdEfGhIjKlMnOpQrStU"),
    key=maybe(string("gtm-engineer")),
    kind=string("persona"),
    name=string("GTM engineer"),
    field=string("painPoints"),
    index=maybe(INTEGER | {"example": 2}),
)
_FINDING = obj(
    "*",
    rule=string("placeholder", enum=list(_IDS)),
    severity=string("error", enum=[one.value for one in Severity]),
    message=string("painPoints[2] of “GTM engineer” still has the placeholder “TBD”."),
    places=array(_PLACE),
)
_ANSWER = obj(
    "*",
    _metadata=META,
    hasNext=BOOLEAN,
    total=INTEGER,
    data=array(_FINDING),
    counts=obj("*", error=INTEGER, warning=INTEGER, info=INTEGER)
    | {"description": "Of the whole library, whatever the query leaves out"},
)


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET",
        "/api/v2/library/lint",
        lint,
        Permission.READ,
        "Find what is wrong with the library",
        "Library: as a file",
        _ANSWER,
        query=LintQuery,
        description="The whole library is looked at for each page. The worst findings come first; "
        "docs/library-lint.md lists the rules.",
    )


async def lint(call: Call[LintQuery, None]) -> dict[str, Any]:
    query = call.query
    if query.rule is not None and query.rule not in _IDS:
        raise Invalid(f"'rule': there is no rule '{query.rule}'; there are {', '.join(_IDS)}.")
    async with call.bound() as work:
        report = await lint_workspace(work, LintSettings(stale_after_days=query.staleAfterDays))
    wanted = [
        one
        for one in report.findings
        if (query.rule in (None, one.rule))
        and (query.severity is None or one.severity.reaches(query.severity))
    ]
    window = query.window
    page = Page(wanted[window.offset : window.offset + window.limit], len(wanted), window)
    return listed(call, page, [described(one, stored=True) for one in page.items]) | {"counts": report.counts}
