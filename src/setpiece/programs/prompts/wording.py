"""A spec in the sentences of a prompt. What its owner wrote is quoted, what was chosen from a closed set is ours to word."""

from collections.abc import Iterator, Sequence
from typing import Any

from setpiece.kernel.clock import show_instant
from setpiece.programs.evidence.target import MeanTarget, NotEvaluable, target_of
from setpiece.programs.prompts.model import Change, Subject
from setpiece.programs.prompts.quoting import quoted, quoted_each
from setpiece.programs.spec.document import show_spec
from setpiece.programs.spec.model import Adaptation, LeadSource, LeadSourceKind, Spec, Strategy, SuccessMetric

_SOURCES = {
    LeadSourceKind.ORANGE_SLICE: "a search by Orange Slice; its people have no address until they are matched or enriched",
    LeadSourceKind.CRM_SEGMENT: "a segment of the CRM",
    LeadSourceKind.CIO_SEGMENT: "a segment of Customer.io",
    LeadSourceKind.MANUAL: "a list that the owner uploaded",
}
_COUNTED = {
    SuccessMetric.REPLY_RATE: "A person's positive or neutral reply counts. Automatic replies, bounces, unsubscribes and requests not to "
    "be contacted do not.",
    SuccessMetric.MEETING_BOOKED: "A meeting that is booked counts.",
    SuccessMetric.PIPELINE_ARR: "The yearly revenue of deals counts, in the workspace's currency.",
    SuccessMetric.CUSTOM: "A number of the owner's own counts; send it as the `value` of a `custom` outcome.",
}


def about_playbook(subject: Subject) -> str:
    spec = subject.spec
    run = f" You work on run {subject.run_id}." if subject.run_id else ""
    return f"Id {subject.id}, version {subject.version}, epoch {subject.epoch}. It is {spec.status}; {spec.mode}; {spec.strategy.kind}.{run}"


def about_leads(source: LeadSource) -> str:
    told = f"They come from {_SOURCES[source.kind]}. At most {source.sample_size:,} are worked in one run."
    if source.query is None:
        return told + " Nobody said which."
    return f"{told} Which ones:\n{quoted(source.query)}"


def about_channels(strategy: Strategy) -> str:
    parts = (
        ["Use these channels only:", quoted_each(strategy.channels)]
        if strategy.channels
        else ["No channel is set: ask before you choose one."]
    )
    parts += (
        ["When they are reached:", quoted(strategy.cadence)] if strategy.cadence else ["No cadence is set."]
    )
    parts += (
        ["What the owner wishes for the messages, in style only:", quoted(strategy.variant)]
        if strategy.variant
        else []
    )
    for kind, named in (("persona", strategy.persona), ("playbook", strategy.playbook)):
        parts += [f"The {kind} of the library to use:", quoted(named)] if named else []
    return "\n".join(parts)


def about_success(spec: Spec) -> str:
    unit = spec.adaptation.unit
    metric = spec.strategy.success_metric
    counted = _COUNTED[metric] if metric else "Nobody said what counts."
    return f"{counted} Each {unit} is counted once. {_target(spec)}"


def _target(spec: Spec) -> str:
    target, unit = target_of(spec), spec.adaptation.unit
    if isinstance(target, NotEvaluable):
        return f"Whether it works cannot be tested yet: {target.reason}"
    if isinstance(target, MeanTarget):
        side = "at most" if target.lower_is_better else "at least"
        bounds = f"no {unit} counting for less than {target.floor:,.6g} or more than {target.cap:,.6g}"
        return f"It is on target with {side} {target.mean:,.6g} for each {unit} on average, {bounds}."
    given = spec.strategy.success_target
    stated = (
        spec.strategy.success_metric is SuccessMetric.MEETING_BOOKED and spec.strategy.target_rate is None
    )
    wanted = (
        f"{given:,.6g} meetings for each {spec.lead_source.sample_size:,} leads are wanted. "
        if stated
        else ""
    )
    return f"{wanted}It is on target when {100 * target.rate:.4g} % of the {unit}s succeed."


def about_adaptation(adaptation: Adaptation, evidence: str | None) -> str:
    rule = (
        f"It may change course when, of at least {adaptation.min_sample_size:,} {adaptation.unit}s that matured ({_days(adaptation.pivot_window_days)} after "
        f"the first touch), the evidence against it reaches {1 / adaptation.false_pivot_rate:,.4g}; at most {adaptation.max_pivots_per_week} times in seven days. "
        f"One that is on target is changed with a probability of at most {100 * adaptation.false_pivot_rate:.4g} %."
        if adaptation.enabled
        else "It does not change course by itself."
    )
    stand = evidence or "Nobody has looked at the present evidence for this prompt."
    return f"{rule} That is not for you to decide; what you notice belongs under `notes`.\n{stand}"


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def about_history(changes: Sequence[Change]) -> str:
    return "\n\n".join(map(_about_change, changes)) if changes else "Nothing yet: this is the first epoch."


def _about_change(change: Change) -> str:
    begun = f"Epoch {change.epoch} began on {show_instant(change.at)}. By whom, and why:\n{quoted_each((change.by, change.why))}"
    return "\n".join(
        [begun, *(f"{field} was\n{was}\nand became\n{became}" for field, was, became in _differences(change))]
    )


def _differences(change: Change) -> Iterator[tuple[str, str, str]]:
    before, after = show_spec(change.before), show_spec(change.after)
    for section in ("leadSource", "strategy", "adaptation"):
        for name in sorted(before[section].keys() | after[section].keys()):
            was, became = before[section].get(name), after[section].get(name)
            if was != became:
                yield f"{section}.{name}", _value(was), _value(became)


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "\n".join(_value(one) for one in value) or "an empty list"
    return quoted(value if isinstance(value, str) else str(value))
