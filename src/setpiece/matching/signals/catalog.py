"""Every signal of every kind, with its weight. A new one is one file and one line here.

Weights are points; those of the signals that take part in a choice are scaled to sum to 1. They were chosen by
judgement on the tables in tests/unit/matching, not measured on outcomes.
"""

from setpiece.matching.model import (
    OfferingCandidate,
    PersonaCandidate,
    PlaybookCandidate,
    SegmentCandidate,
)
from setpiece.matching.signal import Signal
from setpiece.matching.signals import (
    common_title,
    company,
    contexts,
    links,
    playbook_traits,
    role_fit,
    similarity,
    title_words,
)

PERSONA: tuple[Signal[PersonaCandidate], ...] = (
    Signal("common_title", 45, common_title.open_common_title),
    Signal("role_fit", 40, role_fit.open_role_fit),
    Signal("title_similarity", 20, similarity.open_title_similarity),
    Signal("title_words", 10, title_words.open_title_words),
    Signal("runtime_context", 5, contexts.open_persona_context),
)

PLAYBOOK: tuple[Signal[PlaybookCandidate], ...] = (
    Signal("selection_context", 60, contexts.open_selection_context),
    Signal("persona_link", 35, links.open_persona_link),
    Signal("selection_similarity", 30, similarity.open_selection_similarity),
    Signal("runtime_similarity", 20, similarity.open_runtime_similarity),
    Signal("competitor_named", 20, playbook_traits.open_competitor_named),
    Signal("example_domain", 15, playbook_traits.open_example_domain),
    Signal("segment_link", 15, links.open_segment_link),
    Signal("runtime_context", 10, contexts.open_playbook_context),
    Signal("play_type", 10, playbook_traits.open_play_type),
)

OFFERING: tuple[Signal[OfferingCandidate], ...] = (
    Signal("playbook_link", 35, links.open_playbook_link),
    Signal("persona_link", 35, links.open_offering_personas),
    Signal("named_play", 35, links.open_named_play),
    Signal("runtime_context", 20, contexts.open_offering_context),
    Signal("runtime_similarity", 10, similarity.open_runtime_similarity),
    Signal("company_words", 10, contexts.open_company_words),
)

SEGMENT: tuple[Signal[SegmentCandidate], ...] = (
    Signal("firmographics", 50, contexts.open_firmographics),
    Signal("playbook_segment", 30, links.open_playbook_segment),
    Signal("company_size", 15, company.open_company_size),
    Signal("company_name", 15, company.open_company_name),
    Signal("company_similarity", 5, similarity.open_company_similarity),
    Signal("runtime_context", 20, contexts.open_segment_context),
)
