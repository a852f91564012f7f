"""Retrieval terms: the keys by which an entity is pulled from a library of any size.

Those of `titles.terms`, and `o:<id>` for an offering it is linked to beside its own. An index on the array itself would
not do: row-level security keeps operators that are not leakproof, such as `@>`, from using one.
"""

from setpiece.library.kind import Kind
from setpiece.library.model import Entity, named_texts
from setpiece.library.titles.terms import domain_terms, persona_terms, text_terms

RETRIEVED_KINDS = ("product", "service", "persona", "segment", "playbook")
"""Kinds that are chosen among. The others come along with what was chosen, and are found by a question."""

_WORDS_BESIDE_TITLES = 16
"""Words kept of what has titles: those find it first, and each word is a row to write."""

_WORDS_OF_OTHERS = 24
"""Words kept of a kind that is not chosen among: its name and a few short texts hold about as many."""


def terms_of(kind: Kind, entity: Entity) -> frozenset[str]:
    """Titles for a kind that has them, domains for one that names examples, words for all that are chosen among."""
    linked = frozenset(f"o:{one}" for one in entity.offerings.some)
    text = " ".join(named_texts(kind, entity))
    if kind.name not in RETRIEVED_KINDS:
        return linked | text_terms(text, _WORDS_OF_OTHERS)
    terms = linked | (text_terms(text, _WORDS_BESIDE_TITLES) if kind.title_field else text_terms(text))
    if kind.title_field:
        terms |= persona_terms(entity.name, entity.texts(kind.title_field))
    return terms | domain_terms(entity.texts("exampleDomains"))
