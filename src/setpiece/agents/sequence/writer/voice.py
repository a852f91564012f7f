"""What the shaping of facts needs to know of the brief: names that keep capitals, and who is "you"."""

from dataclasses import dataclass
from functools import lru_cache

from setpiece.agents.sequence.writer.casing import names_of_several_words, protected_words, words_cased
from setpiece.agents.sequence.writer.clean import clean_text
from setpiece.agents.sequence.writer.model import Brief, FactRole
from setpiece.agents.sequence.writer.person import reader_from_first_person

_ANYBODY = ("they", "he", "she", "the company", "the team")
"""Who a fact speaks of when it speaks of the reader without a name."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The names and titles of one brief."""

    protected: frozenset[str]
    reader_names: tuple[str, ...]
    reader_titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, brief: Brief) -> "Voice":
        recipient = brief.recipient
        names = [brief.offering_name, brief.competitor_name, brief.sender.company, brief.sender.name,
                 recipient.company_name, recipient.first_name, recipient.last_name]  # fmt: skip
        names += [fact.source.entity_name for fact in brief.facts.get(FactRole.REFERENCE, ())]
        texts = [clean_text(fact.text[:400]) for facts in brief.facts.values() for fact in facts]
        full = " ".join(part for part in (recipient.first_name, recipient.last_name) if part)
        called = [full, recipient.first_name, recipient.company_name, *_ANYBODY]
        titles = [
            part
            for title in (recipient.job_title, brief.persona_name)
            if title
            for part in (f"the {title}", title)
        ]
        return cls(
            protected_words(names, texts),
            tuple(name for name in (*called, *titles) if name and "{" not in name),
            tuple(title for title in titles if title and "{" not in title),
        )

    def within(self, text: str) -> "Voice":
        """As much of it as can matter to a text. For most that is nothing, and what is made of them serves every reader."""
        words, openings = _looked_at(text)
        kept = words & self.protected
        several = names_of_several_words(self.protected)
        if text.startswith(several):
            kept |= frozenset(name for name in several if text.startswith(name))
        own, anybody = _called(self.reader_names, self.reader_titles)
        if any(opening.startswith(own) for opening in openings):
            return Voice(kept, self.reader_names, self.reader_titles)
        return Voice(kept, anybody)


@lru_cache(maxsize=8_192)
def _looked_at(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that casing looks up, and how the text begins, also once "we" has become "you"."""
    opening = _folded(text)
    return words_cased(text), tuple({opening, reader_from_first_person(opening)})


@lru_cache(maxsize=256)
def _called(names: tuple[str, ...], titles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a text begins that speaks of this reader, and the names that stand for any."""
    own = {_folded(name) for name in (*names, *titles) if name not in _ANYBODY}
    return tuple(own), tuple(name for name in names if name in _ANYBODY)


def _folded(text: str) -> str:
    """Lower case, as regular expressions that ignore case compare: they take "ſ" for "s" and both dotless "ı" and "İ" for "i"."""
    return text.translate(_ALIKE).lower()


_ALIKE = str.maketrans("İıſ", "iis")
