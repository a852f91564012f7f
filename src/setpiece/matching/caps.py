"""Bounds on confidence that no score can lift: what was not known, and choices that lean on other choices."""

from collections.abc import Sequence

from setpiece.library.titles.words import shown
from setpiece.matching.confidence import BARS, FLOOR, Cap
from setpiece.matching.model import Confidence, Kind, PersonaCandidate, PlaybookCandidate
from setpiece.matching.ranking import Scored
from setpiece.matching.signal import Scene

NO_TITLE = "no job title was given"

_NEAR_ROLE = 0.8
_NEAR_TITLE = 0.85
"""Below both, a persona is not clearly right, however far the runner-up. Judgement: one level apart at most."""

_FAR_LESS = 0.6
"""A persona with less than this part of the best one's score is another person. Judgement."""

_INDEPENDENT = frozenset({"selection_context", "competitor_named", "example_domain", "selection_similarity"})
"""Signals of a playbook that do not lean on the persona."""


def of_persona(scene: Scene, best: Scored[PersonaCandidate]) -> tuple[Cap, ...]:
    if not title_given(scene):
        return (Cap(Confidence.LOW, NO_TITLE),)
    role = scene.title.roles[0] if scene.title.roles else None
    if role is not None and not role.functions and not role.topic:
        return (Cap(Confidence.LOW, "the job title names a level but no function"),)
    value_of = best.values
    if role is not None and role.unread and value_of.get("common_title", 0.0) < 1.0:
        return (Cap(Confidence.MEDIUM, "the job title has a word that is not known"),)
    if value_of.get("role_fit", 0.0) < _NEAR_ROLE and value_of.get("common_title", 0.0) < _NEAR_TITLE:
        return (Cap(Confidence.MEDIUM, "function or level of the job title is not quite its own"),)
    return ()


def why_no_persona(scene: Scene) -> str:
    """The sentence for a persona that is not chosen because nothing fits."""
    if not title_given(scene):
        return "No job title was given, and nothing else points to a persona."
    title = f"“{shown(scene.prospect.job_title or '')}”"
    if not scene.title.roles:
        return f"The job title {title} names no present role that could be read."
    return f"Nothing in the library fits the job title {title}."


def of_playbook(
    scene: Scene, personas: Sequence[Scored[PersonaCandidate]], best: Scored[PlaybookCandidate]
) -> tuple[Cap, ...]:
    supporting = {name for name, _, value, _ in best.findings if value > 0}
    caps: tuple[Cap, ...] = ()
    if scene.selection_words and "selection_context" not in supporting:
        caps = (Cap(Confidence.MEDIUM, "nothing in it matches the selection context"),)
    return (*caps, *_leaning(scene, personas)) if leans_on_persona(best) else caps


def leans_on_persona(playbook: Scored[PlaybookCandidate]) -> bool:
    """Whether nothing but the persona speaks for it."""
    return not any(name in _INDEPENDENT and value > 0 for name, _, value, _ in playbook.findings)


def is_for_others(
    scene: Scene, personas: Sequence[Scored[PersonaCandidate]], playbook: PlaybookCandidate
) -> bool:
    """Whether a persona fits, and the playbook names only personas that fit far less."""
    best = personas[0].score if personas else 0.0
    if Kind.PERSONA in scene.pinned or best < FLOOR[Kind.PERSONA] or not playbook.persona_ids:
        return False
    named = max((one.score for one in personas if one.candidate.id in playbook.persona_ids), default=0.0)
    return named < best * _FAR_LESS


def why_no_playbook(scene: Scene, personas: Sequence[Scored[PersonaCandidate]]) -> str:
    """The sentence for a persona that no playbook is written for; empty when none fits."""
    if not personas or personas[0].score < FLOOR[Kind.PERSONA] or not title_given(scene):
        return ""
    return f"No playbook is written for “{shown(personas[0].candidate.name)}”; what is written uses the library alone."


def of_offering(scene: Scene, personas: Sequence[Scored[PersonaCandidate]]) -> tuple[Cap, ...]:
    return _leaning(scene, personas)


def of_segment(scene: Scene) -> tuple[Cap, ...]:
    if scene.company_words:
        return ()
    return (Cap(Confidence.LOW, "nothing was given about the company's industry, size or place"),)


def _leaning(scene: Scene, personas: Sequence[Scored[PersonaCandidate]]) -> tuple[Cap, ...]:
    """A choice that follows the persona is no surer than the persona."""
    if Kind.PERSONA in scene.pinned:
        return ()
    score = personas[0].score if personas else 0.0
    if not title_given(scene):
        return (Cap(Confidence.LOW, NO_TITLE),)
    if score < FLOOR[Kind.PERSONA]:
        return (Cap(Confidence.LOW, "no persona fits the job title"),)
    if score < BARS[Kind.PERSONA].high_score:
        return (Cap(Confidence.MEDIUM, "the persona is not certain"),)
    return ()


def title_given(scene: Scene) -> bool:
    return bool((scene.prospect.job_title or "").strip())
