"""Who speaks when, as Rich Transcription Time Marked lines. Pure.

Source: NIST RT-09 evaluation plan, appendix A: `SPEAKER file channel start duration <NA> <NA> name <NA> <NA>`.
"""

from collections.abc import Iterable, Mapping

from setpiece.media.model import SpeakerSpan


def as_rttm(name: str, spans: Iterable[SpeakerSpan], names: Mapping[int, str]) -> str:
    """One line for each span, in order of time. Fields have no blanks, so those of a name become `_`."""
    return "".join(
        f"SPEAKER {name} 1 {one.span.start_s:.3f} {one.span.duration_s:.3f} <NA> <NA> {_field(one.speaker, names)} <NA> <NA>\n"
        for one in sorted(spans, key=lambda one: (one.span, one.speaker))
    )


def _field(speaker: int, names: Mapping[int, str]) -> str:
    return "_".join(names.get(speaker, "").split()) or f"speaker_{speaker}"
