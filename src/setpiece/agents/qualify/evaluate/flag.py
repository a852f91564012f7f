"""Named values that answer by themselves: `hasOutboundTeam: true`, or the question itself as the name."""

from collections.abc import Iterator

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.known import Field, Known
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, no, yes
from setpiece.matching.model import Confidence

_YES = frozenset({"true", "yes", "y"})
_NO = frozenset({"false", "no", "n"})
_IDLE = (w.AUXILIARIES | w.HAVE | w.ARTICLES | w.FILLERS | w.SUBJECTS | {"ther"}) - w.roots("team group")


def from_flags(asked: Asked, known: Known) -> Iterator[Verdict]:
    wanted = frozenset(asked.roots) | asked.loose
    for field in known.fields:
        value = field.value.strip().lower().rstrip(".")
        if value in _YES | _NO and wanted and _says(field) == wanted:
            evidence = Evidence(field.place, field.value)
            made = yes if value in _YES else no
            yield made(evidence, "The field says so.", Confidence.HIGH)


def _says(field: Field) -> frozenset[str]:
    return field.roots - _IDLE - {"and", "who", "or"}
