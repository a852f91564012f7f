"""The parts of an email that state no fact: greeting, last word, ask, signature."""

import re
from zlib import crc32

from setpiece.agents.sequence.writer.clean import clean_first_name, clean_name, clean_text
from setpiece.agents.sequence.writer.model import Brief, Goal, Job, Sender, SequenceType, Tone
from setpiece.agents.sequence.writer.tongues.tongue import Tongue

_FIRST_NAME = re.compile(r"\s*\{\{?\s*firstName\s*\}?\}")


def pick(options: int, *seed: str) -> int:
    """A number below `options` that depends on the seed's text alone."""
    return crc32("\x1f".join(seed).encode("utf-8", "replace")) % options


def contract(tongue: Tongue, frame: str, tone: Tone) -> str:
    """The short forms of speech in our own words, except in a formal tone."""
    if tone is Tone.FORMAL:
        return frame
    for long, short in tongue.contractions:
        frame = frame.replace(long, short)
    return frame


def asks(tongue: Tongue, brief: Brief, job: Job, goal: Goal, tone: Tone, step: int) -> tuple[str, ...]:
    """The questions an email may end with; those with `{company}` in them need a known one."""
    told = tongue.courtesies
    if goal is not Goal.INITIATE_CONVERSATION:
        return told.asks_by_goal[goal]
    options = told.last_asks[tone] if job is Job.CLOSE else told.asks[job]
    if tone is not Tone.PLAIN and job is not Job.CLOSE:
        options = told.asks_by_tone[tone]
    if step == 1 and brief.style.sequence_type is SequenceType.INBOUND:
        return told.asks_of_inbound
    if step == 1 and brief.style.sequence_type is SequenceType.WARM_OUTBOUND:
        return told.asks_of_warm
    return options


def _company_names(brief: Brief) -> set[str]:
    """What a record may hold by mistake where a first name should stand."""
    names = (brief.recipient.company_name, brief.recipient.company_domain, brief.sender.company)
    return {name.strip().casefold() for name in names if name}


def greeting(tongue: Tongue, brief: Brief, tone: Tone, wanted: str | None) -> str:
    """The line before the letter; "" when the settings want none."""
    first = clean_first_name(brief.recipient.first_name)
    if first and first.casefold() in _company_names(brief):
        first = None
    if wanted is not None and _FIRST_NAME.search(wanted):
        line = _FIRST_NAME.sub(f" {first}" if first else "", wanted)
        return clean_text(line)
    word = tongue.courtesies.greetings[tone] if wanted is None else clean_text(wanted).rstrip(" ,")
    if wanted == "":
        return ""
    parts = [part for part in (word, first) if part]
    return f"{' '.join(parts) or tongue.courtesies.greetings[Tone.PLAIN]},"


def signature(
    tongue: Tongue, sender: Sender, tone: Tone, sign_off: str | None, signed_as: str | None
) -> tuple[str, ...]:
    """Sign-off, name, then title and company on one line; what is not configured is left out."""
    name = clean_name(signed_as) or clean_name(sender.name)
    place = ", ".join(part for part in (clean_name(sender.title), clean_name(sender.company)) if part)
    asked = clean_name(sign_off) or clean_name(sender.sign_off)
    closing = asked or tongue.courtesies.sign_offs.get(tone)
    if not (name or place):
        return (f"{asked.rstrip(',')},",) if asked else ()
    lines = (f"{closing.rstrip(',')}," if closing else None, name, place or None)
    return tuple(line for line in lines if line)
