"""Judge the choice on cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.agents.evaluation.cases import Case
from setpiece.agents.evaluation.source import Seen, Source
from setpiece.kernel.errors import Invalid
from setpiece.matching.evaluation.model import NONE, Judged, confidence_of, ranked_ids
from setpiece.matching.model import Kind, Prospect

JUDGED_KINDS = (Kind.PERSONA, Kind.PLAYBOOK, Kind.OFFERING, Kind.SEGMENT)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Every case judged twice.

    Attributes:
        by_title: The persona, with nothing known but the job title.
        by_all: All that is expected, with all that is known.
        seen: What was chosen from for `by_title`, in the order of its cases.
    """

    by_title: tuple[Judged, ...]
    by_all: tuple[Judged, ...]
    seen: tuple[Seen, ...]


async def evaluate(cases: Sequence[Case], source: Source) -> Evaluated:
    """Raises Invalid when a case names what the library does not have: a misspelt label would count as a miss."""
    check_labels(cases, source)
    by_title: list[Judged] = []
    by_all: list[Judged] = []
    seen: list[Seen] = []
    for case in cases:
        known = case.prospect.prospect()
        alone = Prospect(job_title=known.job_title)
        if case.labels(Kind.PERSONA) and known.job_title:
            seen.append(await source.choose(alone))
            by_title.append(_judge(case, Kind.PERSONA, seen[-1], source))
        found = await source.choose(known)
        by_all += [_judge(case, kind, found, source) for kind in JUDGED_KINDS if case.labels(kind)]
    return Evaluated(tuple(by_title), tuple(by_all), tuple(seen))


def check_labels(cases: Sequence[Case], source: Source) -> None:
    for case in cases:
        for kind in JUDGED_KINDS:
            for label in case.labels(kind):
                if label != NONE and (kind.value, label) not in source.id_by_label:
                    raise Invalid(
                        f"Case '{case.id}' expects the {kind} '{label[:80]}', which is not in the library.",
                        code="unknown_label",
                    )


def _judge(case: Case, kind: Kind, seen: Seen, source: Source) -> Judged:
    expected = (_called(source, kind, label) for label in case.labels(kind))
    return Judged(
        case=case.id,
        kind=kind,
        expected=tuple(dict.fromkeys(expected)),
        ranked=tuple(source.label_by_id[one] for one in ranked_ids(seen.choice, kind)),
        confidence=confidence_of(seen.choice, kind),
        tags=tuple(case.tags),
        shown=case.prospect.jobTitle or case.id,
    )


def _called(source: Source, kind: Kind, label: str) -> str:
    """The one name under which reports show what a label stands for."""
    return label if label == NONE else source.label_by_id[source.id_by_label[kind.value, label]]
