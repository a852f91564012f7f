"""What trade the company is in, from a field that names it."""

from collections.abc import Iterator

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.known import Known, is_current
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, yes
from setpiece.agents.qualify.evaluate.words import roots, words_of
from setpiece.matching.model import Confidence

_LABELS = w.roots("industry industries sector vertical trade segment")
_GENERIC = (
    w.roots("industry sector space vertical services service business provider company firm trade")
    | w.SUBJECTS
)
_WITHIN = (
    ("saas", "software"), ("developer tools", "software"), ("computer software", "software"), ("internet software", "software"),
    ("bank", "financial"), ("banking", "financial"), ("banking", "bank"), ("insurance", "insurer"), ("fintech", "financial"),
    ("retail", "retailer"), ("manufacturing", "manufacturer"), ("hospital", "healthcare"), ("ecommerce", "retail"),
    ("marketing agency", "agency"), ("advertising agency", "agency"), ("credit union", "financial"),
)  # fmt: skip
_WIDER = tuple((roots(narrow), roots(wide)) for narrow, wide in _WITHIN)
"""The first is a part of the second. Only what holds for every such company."""


def from_industry(asked: Asked, known: Known) -> Iterator[Verdict]:
    """Yes when the field names the trade asked for, or a part of it. Never no: a company can be in several."""
    wanted = frozenset(asked.roots) - _GENERIC - w.PREPOSITIONS - w.ARTICLES
    asks = asked.is_a and (
        not asked.terms
        or asked.terms[0].root == "in"
        or asked.terms[-1].root in _GENERIC
        or len(asked.terms) == 1
    )
    if not wanted or not asks or asked.about_person:
        return
    for field in known.fields:
        if field.roots & _LABELS and is_current(field):
            yield from (
                verdict
                for part in field.value.split(",")
                if (verdict := _compare(wanted, part, field.place, field.value))
            )


def _compare(wanted: frozenset[str], part: str, place: str, value: str) -> Verdict | None:
    named = frozenset(word.root for word in words_of(part)) - _GENERIC - {"and", "&"}
    if named == wanted:
        return yes(Evidence(place, value), "The field names it.", Confidence.HIGH)
    if any(narrow - _GENERIC == named and wide - _GENERIC == wanted for narrow, wide in _WIDER):
        return yes(Evidence(place, value), "The field names a part of it.", Confidence.MEDIUM)
    return None
