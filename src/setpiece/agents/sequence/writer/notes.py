"""What there is to say about a sequence beside its emails: sentences for `message`."""

from collections.abc import Mapping, Sequence

from setpiece.agents.sequence.writer.instruct import Instructed
from setpiece.agents.sequence.writer.model import Brief, FactRole
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.plan import emails_wanted
from setpiece.agents.sequence.writer.pool import holds_any


def unusable_note(count: int) -> list[str]:
    if not count:
        return []
    facts = "1 fact was" if count == 1 else f"{count} facts were"
    why = "too long for one sentence, a question, a note to the seller, not in Latin script, or from outside with an"
    return [f"{facts} left out: {why} address, an order or a claim about the offering."]


def missing_note(written: int, brief: Brief) -> list[str]:
    wanted = emails_wanted(brief)
    if written >= wanted:
        return []
    if not written:
        return [
            "No email was written: there is no usable fact. Add pain points to the persona and capabilities to the offering."
        ]
    return [
        f"{written} of {wanted} emails were written: there are no more facts for this reader that have not been used."
    ]


def short_note(short: Sequence[int], fewest: int) -> list[str]:
    """Says of emails that are under their fewest words that the facts ended, not the will."""
    if not short:
        return []
    which = ", ".join(map(str, short))
    emails = f"Email {which} is" if len(short) == 1 else f"Emails {which} are"
    return [f"{emails} shorter than {fewest} words: no fact is left that fits and has not been used."]


def unmet_wishes_note(instructed: Instructed, phrases: Mapping[FactRole, Sequence[Phrase]]) -> list[str]:
    wishes = {term for step in (instructed.for_all, *instructed.by_step.values()) for term in step.prefer}
    everything = [phrase for found in phrases.values() for phrase in found]
    unmet = sorted(term for term in wishes if not any(holds_any(phrase, (term,)) for phrase in everything))
    return [f"No fact mentions “{term[:80]}”, so it is not in the emails." for term in unmet]


def hard_note(hard: list[tuple[int, float]], highest: float) -> list[str]:
    if not hard:
        return []
    which = ", ".join(f"email {number} at grade {grade:.0f}" for number, grade in hard)
    return [f"Harder to read than grade {highest:g}, because of long words in the facts: {which}."]
