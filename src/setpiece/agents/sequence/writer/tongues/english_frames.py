"""English sentences on the reader's side and on ours, by what a fact is for and which shape it has."""

from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.tongue import Frames, Use

_ANY_PROBLEM = (
    "The problem is this: {f}.",
    "A familiar problem: {f}.",
    "It often starts like this: {f}.",
)
_WORRY = (
    "You may worry about {f}.",
    "One worry may be {f}.",
    "You may be wary of {f}.",
    "It is fair to worry about {f}.",
)
_ANY_FIRST = (
    "This is what {offering} is about: {f}.",
    "What {offering} does: {f}.",
    "The idea behind {offering}: {f}.",
)
_ANY_MORE = ("In short: {f}.", "Put simply: {f}.", "The rule: {f}.")
_THIRD_FIRST = ("{offering} {f}.",)
_THIRD_MORE = ("It {f}.", "-|{offering} {f}.")
_CLAUSE_MORE = ("{F}.", "^|So {f}.", "^|That means {f}.")
_DESCRIPTION_FIRST = ("{offering} is {f}.",)
_DESCRIPTION_MORE = ("It is {f}.", "-|{offering} is {f}.")
_CLAUSE_FIRST = (  # what stands twice is chosen twice as often
    "&|{F}.",
    "&|{F}.",
    "%|{offering} changes that: {f}.",
    "%|That is what {offering} is for: {f}.",
    "With {offering} in place, {f}.",
    "With {offering}, {f}.",
    "-|Once you have {offering}, {f}.",
    "-|{F}.",
)

READER_FRAMES: Frames = {
    Use.PROBLEM: {
        Shape.CLAUSE: ("{F}.",),
        Shape.LACK: ("You may have {f}.", "There is often {f}.", "It is common to have {f}."),
        Shape.NOUN: (
            "1|I am writing about {f}.",
            "You may be dealing with {f}.",
            "Nobody wants {f}.",
            "It is easy to end up with {f}.",
            "Think of {f}.",
            "-|This is about {f}.",
        ),
        Shape.GERUND: (
            "Nobody should have to {b}.",
            "You should not have to {b}.",
            "Nobody enjoys {f}.",
            "You may be tired of {f}.",
            "-|This is about {f}.",
        ),
        Shape.BARE: (  # what follows "you": "lose track of ...", "cannot trace ..."
            "If you {f}, there is another way.",
            "If you {f}, it need not stay that way.",
            "If you {f}, you may want to change that.",
        ),
        Shape.FRAGMENT: _ANY_PROBLEM,
    },
    Use.CONCERN: {
        Shape.NOUN: (*_WORRY, "Nobody wants {f}."),
        Shape.GERUND: (*_WORRY, "Nobody enjoys {f}."),
        Shape.BARE: ("You may worry that you {f}.", "One worry may be that you {f}."),
        Shape.CLAUSE: ("You may worry that {f}.", "One worry may be that {f}."),
        Shape.FRAGMENT: ("One worry may be this: {f}.", "One risk to rule out: {f}."),
    },
    Use.OBJECTION: {
        Shape.NOUN: _WORRY,
        Shape.GERUND: _WORRY,
        Shape.CLAUSE: ("You may worry that {f}.", "One doubt may be that {f}."),
        Shape.QUOTE: ("You might say: {f}.",),
        Shape.FRAGMENT: ("One doubt may be this: {f}.", "You might object: {f}."),
    },
    Use.SAID: {
        Shape.CLAUSE: ("You might say that {f}.", "Perhaps {f}."),
        Shape.FRAGMENT: ("You might object: {f}.",),
    },
    Use.OBJECTIVE: {
        Shape.BARE: (
            "{G} is easier said than done.",
            "You may want to {f}.",
            "Here is one way to {f}.",
            "Say you want to {f}.",
            "If you want to {f}, here is how.",
            "-|This is about how to {f}.",
        ),
        Shape.NOUN: (
            "You may want {f}.",
            "Say you want {f}.",
            "Here is one way to get {f}.",
            "If you want {f}, here is how.",
        ),
        Shape.GERUND: ("{F} is easier said than done.", "{F} may be on your list."),
        Shape.FRAGMENT: ("One goal may be this: {f}.", "You may have this goal: {f}."),
    },
    Use.RESPONSIBILITY: {
        Shape.BARE: ("Part of the job is to {f}.",),
        Shape.NOUN: ("Part of the job is {f}.", "It comes with the job: {f}."),
        Shape.GERUND: ("{F} is part of the job.", "{F} comes with the job."),
        Shape.FRAGMENT: ("Part of the job: {f}.", "It comes with the job: {f}."),
    },
    Use.SEGMENT: {
        Shape.CLAUSE: ("{F}.",),
        Shape.BARE: ("A common priority is to {f}.",),
        Shape.FRAGMENT: ("A common priority: {f}.",),
    },
    Use.TRIGGER: {
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: ("What waiting costs: {f}.", "One reason to look at it now: {f}."),
    },
    Use.SCENARIO: {
        Shape.CLAUSE: ("Say {f}.", "Suppose {f}.", "{F}."),
        Shape.NOUN: ("Say you have {f}.", "Think of {f}."),
        Shape.GERUND: ("Think of {f}.",),
        Shape.BARE: ("Say you want to {f}.",),
        Shape.FRAGMENT: ("A typical case: {f}.", "It starts like this: {f}."),
    },
    Use.CONTEXT: {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("What I know about {company}: {f}.", "What I know so far: {f}."),
        Shape.FRAGMENT: ("What I know about {company}: {f}.", "What I know so far: {f}."),
    },
    Use.CALL: {
        Shape.CLAUSE: (
            "On our call you said: {f}.",
            "You said {f} when we spoke.",
            "When we spoke, you said: {f}.",
        ),
    },
    Use.STATUS_QUO: {
        Shape.CLAUSE: ("{F}.",),
        Shape.GERUND: ("The usual way is {f}.", "Today that work often means {f}."),
        Shape.BARE: ("The usual way is to {f}.",),
        Shape.LACK: ("The usual way leaves {f}.", "Today there may be {f}."),
        Shape.NOUN: ("The usual answer is {f}.", "The other way is {f}."),
        Shape.FRAGMENT: ("The usual way: {f}.", "The usual answer: {f}."),
    },
    Use.ALTERNATIVE: {
        Shape.CLAUSE: ("With {e}, {f}.", "-|{F}."),
        Shape.LACK: ("With {e}, there is {f}.",),
        Shape.NOUN: ("With {e}, you end up with {f}.",),
        Shape.GERUND: ("With {e}, you end up {f}.",),
        Shape.FRAGMENT: ("The catch with {e}: {f}.",),
    },
    Use.INSIGHT: {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("Our starting point is {f}.",),
        Shape.FRAGMENT: ("Our starting point: {f}.", "The thought behind {offering}: {f}."),
    },
}

OFFER_FRAMES: Frames = {
    Use.OFFER_FIRST: {
        Shape.THIRD: _THIRD_FIRST,
        Shape.BARE: ("With {offering} you can {f}.", "{offering} lets you {f}.", "{offering} helps you {f}."),
        Shape.NOUN: ("{offering} gives you {f}.", "{offering} comes with {f}.", "With {offering} you get {f}.", "{offering} means {f}."),
        Shape.GERUND: ("{offering} takes care of {f}.", "{offering} is for {f}."),
        Shape.DESCRIPTION: _DESCRIPTION_FIRST,
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: _ANY_FIRST,
    },
    Use.OFFER_MORE: {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("You can {f}.", "It lets you {f}."),
        Shape.NOUN: ("You get {f}.", "It gives you {f}.", "You also get {f}.", "It comes with {f}.", "It also means {f}."),
        Shape.GERUND: ("It takes care of {f} too.", "It covers {f} as well."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: _CLAUSE_MORE,
        Shape.FRAGMENT: _ANY_MORE,
    },
    Use.SERVICE_FIRST: {
        Shape.THIRD: _THIRD_FIRST,
        Shape.BARE: ("With {offering}, we {f}.", "As part of {offering}, we {f}."),
        Shape.NOUN: ("With {offering} you get {f}.", "{offering} includes {f}.", "{offering} means {f}."),
        Shape.GERUND: ("{offering} covers {f}.", "With {offering}, we take on {f} for you."),
        Shape.DESCRIPTION: _DESCRIPTION_FIRST,
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: _ANY_FIRST,
    },
    Use.SERVICE_MORE: {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("We {f}.", "We also {f}."),
        Shape.NOUN: ("You get {f}.", "It includes {f}."),
        Shape.GERUND: ("We take on {f} too.", "It covers {f} as well."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: _CLAUSE_MORE,
        Shape.FRAGMENT: _ANY_MORE,
    },
    Use.BENEFIT: {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("You can {f}.", "It helps you {f}."),
        Shape.NOUN: ("You get {f}.", "You end up with {f}.", "In return, you get {f}.", "It also means {f}."),
        Shape.GERUND: ("It also means {f}.",),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: _CLAUSE_MORE,
        Shape.FRAGMENT: ("What that brings: {f}.", "The result: {f}."),
    },
    Use.USE_CASE: {
        Shape.NOUN: ("With {offering} you get {f}.", "{offering} means {f}."),
        Shape.GERUND: ("You could use {offering} for {f}.", "One use for {offering} is {f}."),
        Shape.BARE: ("You could use {offering} to {f}.", "With {offering} you can {f}."),
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: ("One way to use {offering}: {f}.", "A typical case for {offering}: {f}."),
    },
    Use.ASIDE: {
        Shape.THIRD: ("It also {f}.", "-|{offering} also {f}."),
        Shape.BARE: ("You can also {f}.",),
        Shape.NOUN: ("You also get {f}.", "It also comes with {f}.", "It also means {f}.", "-|{offering} also comes with {f}.", "-|{offering} also means {f}."),
        Shape.GERUND: ("It also takes care of {f}.", "{offering} covers {f} as well."),
        Shape.DESCRIPTION: ("{offering} is also {f}.",),
        Shape.CLAUSE: ("Also, {f}.", "One more point: {f}.", "Besides, {f}.", "-|{F}."),
        Shape.FRAGMENT: ("One more point: {f}.", "Another point: {f}."),
    },
    Use.APPROACH: {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("Our approach is {f}.",),
        Shape.GERUND: ("Our approach is {f}.",),
        Shape.THIRD: _THIRD_MORE,
        Shape.FRAGMENT: ("Our approach: {f}.", "Our way of doing it: {f}."),
    },
    Use.PROOF: {
        Shape.CLAUSE: ("{F}.",),
        Shape.BARE: ("{F}.",),
        Shape.THIRD: ("{offering} {f}.",),
        Shape.QUOTE: ("A quote that puts it well: {f}.", "One quote on this: {f}."),
        Shape.FRAGMENT: ("#|In numbers: {f}.", "#|One number: {f}.", "What we can show: {f}.", "What stands behind it: {f}."),
    },
    Use.REFERENCE: {
        Shape.CLAUSE: ("At {entity}, {f}.", "One example is {entity}: {f}.", "{entity} is another example: {f}."),
        Shape.THIRD: ("{entity} {f}.",),
        Shape.PAST: ("{entity} {f}.",),
        Shape.GERUND: ("At {entity} that meant {f}.", "One example is {entity}: {f}."),
        Shape.QUOTE: ("{entity} put it like this: {f}.", "In the words of {entity}: {f}."),
        Shape.FRAGMENT: ("One example is {entity}: {f}.", "At {entity}, one result was this: {f}."),
    },
    Use.ANSWER: {
        Shape.CLAUSE: ("{F}.",),
        Shape.THIRD: ("{offering} {f}.",),
        Shape.NOUN: ("The short answer: {f}.", "Our answer is {f}."),
        Shape.DESCRIPTION: ("{offering} is {f}.",),
        Shape.FRAGMENT: ("The short answer: {f}.", "Here is how we see it: {f}."),
    },
    Use.GAP: {
        Shape.THIRD: ("{competitor} {f}.",),
        Shape.CLAUSE: ("With {e}, {f}.",),
        Shape.FRAGMENT: (
            "One thing to check with {competitor}: {f}.",
            "If you use {competitor}, one limit to check: {f}.",
        ),
    },
    Use.ATTACHED: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("For the record: {f}.", "A detail to know: {f}.")},
}  # fmt: skip
