"""The parts of an email that state no fact: greeting, last word, ask, signature."""

from zlib import crc32

from setpiece.agents.sequence.writer.clean import clean_first_name, clean_name
from setpiece.agents.sequence.writer.model import Brief, Goal, Tone

ASKS: dict[Goal, tuple[str, ...]] = {
    Goal.INITIATE_CONVERSATION: (
        "Worth a closer look?",
        "Is this something you are working on?",
        "Shall I tell you more?",
        "Would it help to see an example?",
        "Does this match what you see?",
        "Shall I send you an example?",
        "Is it worth sending you the details?",
        "Is this on your list, or on somebody else's?",
    ),
    Goal.SCHEDULE_MEETING: (
        "Open to a short call about it?",
        "Would a short call be of use?",
        "Is a short call worth your time?",
        "Shall we talk it through on a short call?",
        "Would you like to see it on a short call?",
        "Could a short call answer the rest?",
        "Is there room for a short call?",
    ),
    Goal.REQUEST_INTRODUCTION: (
        "Who looks after this on your side?",
        "Could you point me to the person who owns this?",
        "Is there a colleague I should ask instead?",
        "Whom would you ask about this?",
        "Would you pass this on to the right person?",
        "Who would be the right person for this?",
        "Is this yours, or should I ask somebody else?",
    ),
    Goal.ASK_FOR_FEEDBACK: (
        "What is missing from this picture?",
        "Does this match what you see?",
        "What would you change about it?",
        "Where does this fall short for you?",
        "Is that how you see it too?",
        "What would make this more useful?",
        "Which part of this is wrong for you?",
    ),
    Goal.FIND_TIME_TO_CONNECT: (
        "When would be a good time to talk?",
        "Is there a good moment to talk about it?",
        "Which day suits you for a short talk?",
        "Would you have time to talk about it?",
        "When could we go through it?",
        "What time would suit you?",
        "Is there a better time for this?",
    ),
    Goal.POLITELY_DISENGAGE: (
        "Shall I leave it here?",
        "Should I close this on my side?",
        "Is it better if I stop here?",
        "Shall I come back to this another time?",
        "Is it fair to say this is not for now?",
        "Do you prefer that I leave this?",
        "Would you rather not hear about this again?",
    ),
}
STATED_ASKS = (
    "A short reply is enough if this is of interest.",
    "Let me know if it is worth a closer look.",
    "If it is of interest, just reply.",
    "Tell me if you would like to see an example.",
    "Reply with a yes and I will send the details.",
    "If somebody else looks after this, a name would help.",
    "A yes or a no would both help.",
)
_TONED_ASKS: dict[Tone, tuple[str, ...]] = {
    Tone.FORMAL: (
        "Would this be of interest to you?",
        "May I send you the details?",
        "Would an example be of use to you?",
        "Is this a subject you are working on?",
        "May I show you an example?",
        "Would you consider a closer look?",
        "Is this a priority at present?",
    ),
    Tone.FRIENDLY: (
        "Would you like to see how it looks?",
        "Shall I send over an example?",
        "Want me to show you around?",
        "Would an example be handy?",
        "Curious to see one?",
        "Shall I share a bit more?",
        "Is this something you would enjoy seeing?",
    ),
    Tone.CASUAL: (
        "Worth a look?",
        "Want to see it?",
        "Shall I send an example?",
        "Sound useful?",
        "Want the details?",
        "Is this your kind of thing?",
        "Fancy a look?",
    ),
    Tone.DIRECT: (
        "Worth a look?",
        "Is this on your list?",
        "Should I send an example?",
        "Is this a yes or a no?",
        "Do you want the details?",
        "Is this worth fixing?",
        "Are you the right person for this?",
    ),
}
"""Asks for interest by tone; other goals ask the same in every tone."""
_COMPANY_ASKS = {
    Tone.PLAIN: "Is this something you are working on at {company}?",
    Tone.FORMAL: "Is this a subject you are working on at {company}?",
    Tone.FRIENDLY: "Is this something you are looking at over at {company}?",
    Tone.CASUAL: "Is this a thing at {company}?",
    Tone.DIRECT: "Is this on the list at {company}?",
}
WISH_ASKS = (
    "Would it help to {bare}?",
    "Is {deed} something you are working on?",
    "Is {deed} on your list?",
    "Would you like to {bare}?",
)
INBOUND_ASKS = {
    Goal.INITIATE_CONVERSATION: (
        "What would you like to see first?",
        "Which part of this matters most to you?",
    ),
}
_LAST_WORDS = {
    Tone.PLAIN: (
        "This is my last note on this.",
        "This is the last email from me on this.",
        "You will not get another email from me unless you reply.",
    ),
    Tone.FORMAL: (
        "This is my last message on this subject.",
        "I will not write again unless you reply.",
    ),
    Tone.FRIENDLY: (
        "This is my last note on this, and a no is fine too.",
        "I will leave it here after this one, and a no is fine.",
    ),
    Tone.CASUAL: ("Last one from me on this.", "I will leave it here after this one."),
    Tone.DIRECT: ("Last email on this.", "I will not write again unless you reply."),
}
_SIGN_OFFS = {Tone.FORMAL: "Kind regards", Tone.FRIENDLY: "All the best", Tone.CASUAL: "Cheers"}
_CONTRACTIONS = (
    ("I am ", "I'm "),
    ("It is ", "It's "),
    ("it is ", "it's "),
    ("do not ", "don't "),
    ("What is ", "What's "),
    ("I will ", "I'll "),
    ("you are ", "you're "),
)


def pick(options: int, *seed: str) -> int:
    """A number below `options` that depends on the seed's text alone."""
    return crc32("\x1f".join(seed).encode("utf-8", "replace")) % options


def contract(frame: str, tone: Tone) -> str:
    """The short forms of speech in our own words, except in a formal tone."""
    if tone is Tone.FORMAL:
        return frame
    for long, short in _CONTRACTIONS:
        frame = frame.replace(long, short)
    return frame


def asks(goal: Goal, tone: Tone, company: str) -> tuple[str, ...]:
    """The questions an email may end with, the best first; one names the reader's company when it is known."""
    if goal is not Goal.INITIATE_CONVERSATION:
        return ASKS[goal]
    toned = _TONED_ASKS.get(tone, ()) or ASKS[goal]
    return (_COMPANY_ASKS[tone].format(company=company), *toned) if company else toned


def last_words(tone: Tone) -> tuple[str, ...]:
    return _LAST_WORDS[tone]


def thanks(offering: str) -> tuple[str, ...]:
    """How an email opens to somebody who has asked."""
    return (f"Thank you for your interest in {offering}.",)


def greeting(brief: Brief, tone: Tone) -> str:
    word = {Tone.FORMAL: "Hello", Tone.CASUAL: "Hey"}.get(tone, "Hi")
    first = clean_first_name(brief.recipient.first_name)
    if first and tone is Tone.DIRECT:
        return f"{first},"
    return f"{word} {first}," if first else f"{word},"


def signature(brief: Brief, tone: Tone, sign_off: str | None, signed_as: str | None) -> tuple[str, ...]:
    """Sign-off, name, then title and company on one line; what is not configured is left out."""
    sender = brief.sender
    name = clean_name(signed_as) or clean_name(sender.name)
    place = ", ".join(part for part in (clean_name(sender.title), clean_name(sender.company)) if part)
    closing = clean_name(sign_off) or clean_name(sender.sign_off) or _SIGN_OFFS.get(tone)
    if not (name or place):
        return (f"{closing},",) if closing and sign_off else ()
    lines = (f"{closing.rstrip(',')}," if closing else None, name, place or None)
    return tuple(line for line in lines if line)
