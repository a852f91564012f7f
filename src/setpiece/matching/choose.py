"""Choose offering, playbook, persona and segment so that they go together.

Order: personas and segments are compared on what is known of the prospect; playbooks also on the personas and
the segment they are for; offerings also on their playbooks and personas. Then the choice is made from the top:
the offering, a playbook that sells it, a persona the playbook is for, a segment that goes with both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from setpiece.matching import caps
from setpiece.matching.confidence import Cap
from setpiece.matching.model import (
    Candidates,
    Choice,
    Kind,
    OfferingCandidate,
    PersonaCandidate,
    Pick,
    Pins,
    PlaybookCandidate,
    Prospect,
    SegmentCandidate,
    Settings,
    Similar,
    Unchosen,
)
from setpiece.matching.picking import Contest, Outcome, follow, pick
from setpiece.matching.pools import Pool, open_playbooks, open_pool
from setpiece.matching.ranking import Scored, rank, scores
from setpiece.matching.signal import Scene, set_scene
from setpiece.matching.signals import catalog


@dataclass(frozen=True, slots=True)
class _Field:
    """The pools of all kinds."""

    offerings: Pool[OfferingCandidate]
    playbooks: Pool[PlaybookCandidate]
    personas: Pool[PersonaCandidate]
    segments: Pool[SegmentCandidate]


@dataclass(frozen=True, slots=True)
class _Compared:
    """Every kind ranked, before anything is chosen; `scene` holds the scores the link signals followed."""

    scene: Scene
    offerings: tuple[Scored[OfferingCandidate], ...]
    playbooks: tuple[Scored[PlaybookCandidate], ...]
    personas: tuple[Scored[PersonaCandidate], ...]


def choose(
    prospect: Prospect,
    candidates: Candidates,
    pins: Pins | None = None,
    settings: Settings | None = None,
    similar: Similar | None = None,
) -> Choice:
    """Choose one of each kind, or say why not.

    A pin is always honoured, and the rest adapts to it. Unless pinned, the playbook belongs to the chosen
    offering, the persona is one the playbook names (when it names any) or one linked to the offering, and
    drafts and archived playbooks are left out. The same arguments give the same choice; between equal scores
    the order of the candidates decides.
    """
    field = _open(candidates, pins or Pins(), settings or Settings())
    compared = _compare(field, set_scene(prospect, similar))
    offering = _pick_offering(field, compared)
    playbook = _pick_playbook(field, compared, offering.candidate)
    persona = _pick_persona(field, compared, offering.candidate, playbook.candidate)
    segment = _pick_segment(field, compared, offering.candidate, playbook.candidate)
    return _choice(offering.result, playbook.result, persona.result, segment.result)


def _open(candidates: Candidates, pins: Pins, settings: Settings) -> _Field:
    return _Field(
        open_pool(Kind.OFFERING, candidates.offerings, pins, settings),
        open_playbooks(candidates, pins, settings),
        open_pool(Kind.PERSONA, candidates.personas, pins, settings),
        open_pool(Kind.SEGMENT, candidates.segments, pins, settings),
    )


def _compare(field: _Field, scene: Scene) -> _Compared:
    personas = rank(catalog.PERSONA, scene, field.personas.candidates)
    segments = rank(catalog.SEGMENT, scene, field.segments.candidates)
    fits = {
        Kind.PERSONA: _pinned_fit(field.personas) or scores(personas),
        Kind.SEGMENT: _pinned_fit(field.segments) or scores(segments),
    }
    scene = replace(
        scene,
        fits=fits,
        pinned=frozenset(pool.kind for pool in (field.personas, field.segments) if pool.pinned),
        offering_by_playbook={one.id: one.offering_id for one in field.playbooks.candidates},
        offerings_by_persona={one.id: one.offering_ids for one in field.personas.candidates},
    )
    playbooks = rank(catalog.PLAYBOOK, scene, field.playbooks.candidates)
    scene = replace(
        scene, fits={**fits, Kind.PLAYBOOK: scores(playbooks)}, named_plays=_named_plays(playbooks)
    )
    return _Compared(scene, rank(catalog.OFFERING, scene, field.offerings.candidates), playbooks, personas)


def _named_plays(playbooks: Sequence[Scored[PlaybookCandidate]]) -> dict[str, float]:
    fits: dict[str, float] = {}
    for one in playbooks:
        value_of = one.values
        named = max(value_of.get("example_domain", 0.0), value_of.get("competitor_named", 0.0))
        fit = named * value_of.get("persona_link", 0.0)
        fits[one.candidate.offering_id] = max(fits.get(one.candidate.offering_id, 0.0), fit)
    return fits


def _pinned_fit(pool: Pool[PersonaCandidate] | Pool[SegmentCandidate]) -> dict[str, float]:
    """A pinned persona or segment fits fully, and no other counts."""
    return {pool.pinned.id: 1.0} if pool.pinned else {}


def _pick_offering(field: _Field, compared: _Compared) -> Outcome[OfferingCandidate]:
    pinned = field.playbooks.pinned
    if pinned is not None and field.offerings.pinned is None and field.offerings.closed is None:
        followed = next((one for one in compared.offerings if one.candidate.id == pinned.offering_id), None)
        if followed is not None:
            return follow(field.offerings, compared.offerings, followed, field.playbooks)
    contest = Contest(
        field.offerings,
        compared.offerings,
        caps_of=lambda _: caps.of_offering(compared.scene, compared.personas),
    )
    return pick(contest)


def _pick_playbook(
    field: _Field, compared: _Compared, offering: OfferingCandidate | None
) -> Outcome[PlaybookCandidate]:
    exclusions = {
        one.candidate.id: reason
        for one in compared.playbooks
        if (reason := _why_no_playbook(one, compared, offering)) is not None
    }

    def limits(best: Scored[PlaybookCandidate]) -> tuple[Cap, ...]:
        return caps.of_playbook(compared.scene, compared.personas, best)

    return pick(
        Contest(
            field.playbooks,
            compared.playbooks,
            exclusions,
            limits,
            none_eligible=caps.why_no_playbook(compared.scene, compared.personas),
        )
    )


def _why_no_playbook(
    playbook: Scored[PlaybookCandidate], compared: _Compared, offering: OfferingCandidate | None
) -> str | None:
    """A play written for others is worse than none, unless something else speaks for it."""
    if offering is not None and playbook.candidate.offering_id != offering.id:
        return "It sells another offering."
    if caps.leans_on_persona(playbook) and caps.is_for_others(
        compared.scene, compared.personas, playbook.candidate
    ):
        return "It is written for other personas."
    return None


def _pick_persona(
    field: _Field,
    compared: _Compared,
    offering: OfferingCandidate | None,
    playbook: PlaybookCandidate | None,
) -> Outcome[PersonaCandidate]:
    exclusions = {
        one.id: reason
        for one in field.personas.candidates
        if (reason := _why_no_persona(one, offering, playbook)) is not None
    }
    contest = Contest(
        field.personas,
        compared.personas,
        exclusions,
        lambda best: caps.of_persona(compared.scene, best),
        below_floor=caps.why_no_persona(compared.scene),
        floor_applies=caps.title_given(compared.scene),
    )
    return pick(contest)


def _why_no_persona(
    persona: PersonaCandidate, offering: OfferingCandidate | None, playbook: PlaybookCandidate | None
) -> str | None:
    if playbook is not None and playbook.persona_ids:
        return None if persona.id in playbook.persona_ids else "The chosen playbook is not for it."
    if offering is None or persona.offering_ids is None or offering.id in persona.offering_ids:
        return None
    return "It is not linked to the chosen offering."


def _pick_segment(
    field: _Field,
    compared: _Compared,
    offering: OfferingCandidate | None,
    playbook: PlaybookCandidate | None,
) -> Outcome[SegmentCandidate]:
    scene = replace(compared.scene, playbook=playbook)
    ranked = rank(catalog.SEGMENT, scene, field.segments.candidates)
    exclusions = {
        one.id: "It is not linked to the chosen offering."
        for one in field.segments.candidates
        if offering is not None and one.offering_ids is not None and offering.id not in one.offering_ids
    }
    reason = "Nothing known of the company fits a segment in the library."
    return pick(
        Contest(field.segments, ranked, exclusions, lambda _: caps.of_segment(scene), below_floor=reason)
    )


def _choice(
    offering: Pick | Unchosen, playbook: Pick | Unchosen, persona: Pick | Unchosen, segment: Pick | Unchosen
) -> Choice:
    results = dict(zip(Kind, (offering, playbook, persona, segment), strict=True))
    picks = {str(kind): result for kind, result in results.items() if isinstance(result, Pick)}
    unchosen = {kind: result for kind, result in results.items() if isinstance(result, Unchosen)}
    return Choice(**picks, unchosen=unchosen)
