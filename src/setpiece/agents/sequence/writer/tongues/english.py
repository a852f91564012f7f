"""English: its courtesies and asks, and how its frames and facts go together."""

import re

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.model import Goal, Job, Tone
from setpiece.agents.sequence.writer.person import as_base, as_gerund
from setpiece.agents.sequence.writer.phrase import to_phrase
from setpiece.agents.sequence.writer.tongues.english_frames import OFFER_FRAMES, READER_FRAMES
from setpiece.agents.sequence.writer.tongues.tongue import Courtesies, Tongue
from setpiece.agents.sequence.writer.topics import nouns_of, topics_of

_PROBLEM_ASKS = (
    "Is it like that at {company}?",
    "Is that a problem at {company} too?",
    "Does this happen at {company}?",
    "Does that sound like {company}?",
    "Is that how it goes for you too?",
    "Is this something you want to change?",
    "Does that match what you see?",
    "Worth a closer look?",
    "Is that a problem for you as well?",
)
_OFFER_ASKS = (
    "Worth a closer look?",
    "Would that help at {company}?",
    "Would it help to see an example?",
    "Is that of use to you?",
    "Shall I send you an example?",
    "Do you want the details?",
    "Is that worth a try?",
)
_LAST_ASKS = {
    Tone.PLAIN: (
        "Is this worth another look later?",
        "Should I ask somebody else at {company}?",
        "Is somebody else the right person for this?",
        "Should I try again later in the year?",
    ),
    Tone.FORMAL: (
        "Is there a colleague to whom I should write instead?",
        "May I write again at a later time?",
    ),
    Tone.FRIENDLY: (
        "Is it all right if I try again later in the year?",
        "Is there somebody else who would like this?",
    ),
    Tone.CASUAL: ("Worth another look later on?", "Anybody else I should ask?"),
    Tone.DIRECT: ("Yes, no, or not now?", "Who else should I ask?"),
}

COURTESIES = Courtesies(
    asks={
        Job.PROBLEM: _PROBLEM_ASKS,
        Job.STATUS_QUO: (
            "How do you handle this today?",
            "Is that how it works at {company} too?",
            "Is that the case for you as well?",
            "Is it time for another way?",
            *_PROBLEM_ASKS,
        ),
        Job.INSIGHT: ("Do you see it the same way?", "Does that ring true for you?", *_PROBLEM_ASKS),
        Job.PROOF: (
            "Would you like to see it for yourself?",
            "Want to see it work?",
            "Would a short example help?",
            *_OFFER_ASKS,
        ),
        Job.OBJECTION: (
            "Would that work for you?",
            "Would that make it easier to try?",
            "Is there another doubt I should know of?",
            *_OFFER_ASKS,
        ),
        Job.COMPARISON: ("Does that matter to you?", "Is that a reason to compare?", *_OFFER_ASKS),
        Job.USE_CASE: ("Does that happen at {company}?", "Have you had that case?", *_OFFER_ASKS),
        Job.GOAL: ("Is that a goal for you?", "Is that on the list at {company}?", *_OFFER_ASKS),
        Job.OFFER: _OFFER_ASKS,
    },
    asks_by_tone={
        Tone.FORMAL: (
            "Would this be of interest to {company}?",
            "Would this be of interest to you?",
            "May I send you the details?",
            "Would an example be of use to you?",
            "Is this a subject you are working on?",
            "May I show you an example?",
            "Would you consider a closer look?",
            "Is this a priority at present?",
        ),
        Tone.FRIENDLY: (
            "Is it like that over at {company} too?",
            "Would you like to see how it looks?",
            "Shall I send over an example?",
            "Want me to show you around?",
            "Would an example be handy?",
            "Curious to see one?",
            "Shall I share a bit more?",
            "Is this something you would enjoy seeing?",
        ),
        Tone.CASUAL: (
            "Is that the case at {company} too?",
            "Worth a look?",
            "Want to see it?",
            "Shall I send an example?",
            "Sound useful?",
            "Want the details?",
            "Is that something you could use?",
            "Fancy a look?",
        ),
        Tone.DIRECT: (
            "Is this on the list at {company}?",
            "Worth a look?",
            "Is this on your list?",
            "Should I send an example?",
            "Is that worth solving?",
            "Do you want the details?",
            "Is this worth fixing?",
            "Are you the right person for this?",
        ),
    },
    asks_by_goal={
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
            "What would you want to see first?",
            "Is that how you see it too?",
            "What would make this more useful?",
            "Which part of this matters most to you?",
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
    },
    last_asks=_LAST_ASKS,
    asks_of_inbound=("What would you like to see first?", "Which part of this matters most to you?"),
    asks_of_warm=("Is this still on your mind?", "Is it a good time to pick this up again?"),
    stated_asks=(
        "A short reply is enough if this is of interest.",
        "Let me know if it is worth a closer look.",
        "If it is of interest, just reply.",
        "Tell me if you would like to see an example.",
        "Reply with a yes and I will send the details.",
        "If somebody else looks after this, a name would help.",
        "A yes or a no would both help.",
    ),
    wish_asks=(
        "Would it help to {bare}?",
        "Is {deed} on your list?",
        "Would you like to {bare}?",
        "Is {deed} something you are working on?",
    ),
    last_words={
        Tone.PLAIN: (
            "This is my last note on this.",
            "I will leave it at that unless you reply.",
            "You will not get another email from me on this.",
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
    },
    thanks=("Thank you for your interest in {offering}.",),
    met=("We have been in touch before, so I will be brief.",),
    greetings={Tone.PLAIN: "Hi", Tone.FORMAL: "Hello", Tone.CASUAL: "Hey", Tone.FRIENDLY: "Hi", Tone.DIRECT: ""},
    sign_offs={Tone.FORMAL: "Kind regards", Tone.FRIENDLY: "All the best", Tone.CASUAL: "Cheers"},
)  # fmt: skip


_GIVES = re.compile(r"(?:gives you|[Yy]ou (?:also )?get|comes with|end up with|includes|means) ")


def _unfit(frame: str, text: str) -> bool:
    """A word twice, a comma before the frame's own verb, or an opening that cannot follow the frame's."""
    words = text.lower().split(" ")
    if {"nobody", "many", "few"}.intersection(frame.lower().split(" ")) & set(words):
        return True
    if "," in text and (frame.startswith(("{F} ", "{G} ")) or "{f}, here" in frame):
        return True
    if (words[0] in {"less", "fewer", "no"}) is not (" means {f}" in frame) and _GIVES.search(frame):
        return True
    if ", {f}" in frame and (words[0] in lex.PREPOSITIONS or words[0] == "unlike"):
        return True
    opens_aside = words[0] in lex.SUBORDINATORS or words[0] == "there"
    return opens_aside and ("{f}" in frame and not frame.startswith("{F}"))


ENGLISH = Tongue(
    code="en",
    name="English",
    frames={**READER_FRAMES, **OFFER_FRAMES},
    bare=frozenset(
        {
            "{F}.",
            "{offering} {f}.",
            "{entity} {f}.",
            "It {f}.",
            "{offering} is {f}.",
            "You can {f}.",
            "It also {f}.",
            "{offering} also {f}.",
            "With {e}, {f}.",
        }
    ),
    courtesies=COURTESIES,
    to_phrase=to_phrase,
    topics_of=topics_of,
    nouns_of=nouns_of,
    linked="{a}, and {b}",
    and_="and",
    you="You ",
    its=("It ", "It's "),
    about=("{noun} at {company}", "{noun}"),
    plain_subjects=(
        "A question for {company}", "About {offering}", "A note on {offering}", "More on {offering}", "One point on {offering}",
        "The case for {offering}", "A detail on {offering}", "A word on {offering}", "Last note on {offering}",
    ),
    contractions=(
        ("I am ", "I'm "), ("It is ", "It's "), ("it is ", "it's "), ("do not ", "don't "), ("should not ", "shouldn't "),
        ("What is ", "What's "), ("I will ", "I'll "), ("you are ", "you're "), ("need not ", "needn't "),
    ),
    unfit=_unfit,
    base_of=as_base,
    gerund_of=as_gerund,
)  # fmt: skip
