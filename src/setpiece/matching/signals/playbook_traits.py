"""What a playbook says of itself: example domains, a competitor, its type."""

from collections.abc import Sequence

from setpiece.library.playbooks.model import PlaybookType
from setpiece.library.titles.domains import host_of, parents
from setpiece.library.titles.words import content_words, fold, shown
from setpiece.matching.model import Kind, PlaybookCandidate
from setpiece.matching.signal import Measure, Scene

_UNPROVEN_SPECIAL = {
    PlaybookType.COMPETITIVE: 0.0,
    PlaybookType.ACCOUNT: 0.0,
    PlaybookType.SECTOR: 0.3,
    PlaybookType.MILESTONE: 0.4,
}
"""Value of a special play whose occasion was not seen: a competitor, an account, a sector, an event."""


def open_example_domain(
    scene: Scene, candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    """1.0 when the company's domain, or one above it, is among the playbook's example domains."""
    if not any(has_example(playbook, scene) for playbook in candidates):
        return None
    return Measure(
        lambda playbook: float(has_example(playbook, scene)),
        lambda _: f"{shown(scene.host)} is among its example domains",
    )


def open_competitor_named(
    scene: Scene, candidates: Sequence[PlaybookCandidate]
) -> Measure[PlaybookCandidate] | None:
    """1.0 when the playbook's competitor is named in one of the contexts."""
    if not any(names_competitor(playbook, scene) for playbook in candidates):
        return None
    return Measure(
        lambda playbook: float(names_competitor(playbook, scene)),
        lambda playbook: f"the context names {shown(playbook.competitor_name or '')}",
    )


def open_play_type(scene: Scene, _candidates: Sequence[PlaybookCandidate]) -> Measure[PlaybookCandidate]:
    """1.0 for a play of general use, or a special one whose occasion is there; less for one without."""

    def value(playbook: PlaybookCandidate) -> float:
        special = playbook.type in _UNPROVEN_SPECIAL and not _occasion_seen(playbook, scene)
        return _UNPROVEN_SPECIAL[playbook.type] if special else 1.0

    def note(playbook: PlaybookCandidate) -> str:
        seen = playbook.type in _UNPROVEN_SPECIAL and value(playbook) == 1.0
        return f"there is occasion for a {playbook.type.lower()} playbook" if seen else ""

    return Measure(value, note)


def names_competitor(playbook: PlaybookCandidate, scene: Scene) -> bool:
    """Whether every word of the competitor's name stands in one of the contexts."""
    name = content_words(playbook.competitor_name or "")
    if not name:
        return False
    return name <= scene.runtime_words or name <= scene.selection_words


def has_example(playbook: PlaybookCandidate, scene: Scene) -> bool:
    above = parents(scene.host)
    return any(host_of(domain) in above for domain in playbook.example_domains)


def _occasion_seen(playbook: PlaybookCandidate, scene: Scene) -> bool:
    if playbook.type is PlaybookType.COMPETITIVE:
        return names_competitor(playbook, scene)
    if playbook.type is PlaybookType.ACCOUNT:
        named = fold(scene.prospect.company_name or "").strip()
        return has_example(playbook, scene) or (len(named) > 2 and named in fold(playbook.name))
    if playbook.type is PlaybookType.SECTOR:
        return scene.fit(Kind.SEGMENT).get(playbook.segment_id or "", 0.0) > 0
    return bool(content_words(playbook.name) & (scene.runtime_words | scene.selection_words))
