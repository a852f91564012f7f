"""English sentences on the reader's side and on ours, by what a fact is for and which shape it has."""

from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.tongue import Frames, Use

_ANY_PROBLEM = (
    "The problem in one line: {f}.",
    "A familiar problem: {f}.",
    "It often starts like this: {f}.",
)
_WORRY_NOUN = ("You may worry about {f}.", "The usual worry is {f}.", "A fair worry: {f}.")
_WORRY_GERUND = ("You may worry about {f}.", "The usual worry is {f}.", "{F} is a fair worry.")
_ANY_FIRST = (
    "{offering} in one line: {f}.",
    "What {offering} does about it: {f}.",
    "The idea of {offering}: {f}.",
)
_ANY_MORE = ("In short: {f}.", "Put simply: {f}.", "The rule: {f}.")
_THIRD_FIRST = ("{offering} {f}.",)
_THIRD_MORE = ("It {f}.", "-|{offering} {f}.")
_CLAUSE_MORE = ("{F}.", "^|So {f}.", "^|That means {f}.")
_DESCRIPTION_FIRST = ("{offering} is {f}.",)
_DESCRIPTION_MORE = ("It is {f}.", "-|{offering} is {f}.")
_CLAUSE_FIRST = (  # what stands twice is chosen twice as often
    "With {offering}, {f}.",
    "With {offering}, {f}.",
    "{F}. That is how {offering} works.",
    "{offering} takes another route: {f}.",
)

READER_FRAMES: Frames = {
    Use.PROBLEM: {
        Shape.CLAUSE: ("{F}.",),
        Shape.LACK: ("Many teams have {f}.", "It is common to have {f}.", "All too often there is {f}."),
        Shape.NOUN: (
            "It is easy to end up with {f}.",
            "Many teams live with {f}.",
            "1|I am writing about {f}.",
            "The trouble starts with {f}.",
            "Nobody plans for {f}.",
            "-|Few teams are free of {f}.",
        ),
        Shape.GERUND: (
            "Nobody should have to {b}.",
            "Nobody enjoys {f}.",
            "!|{F} gets old fast.",
            "You should not have to {b}.",
            "-|Few people would miss {f}.",
        ),
        Shape.BARE: (  # what follows "you": "lose track of ...", "cannot trace ..."
            "If you {f}, this is for you.",
            "If you {f}, there is another way.",
            "If you {f}, it need not stay that way.",
        ),
        Shape.FRAGMENT: _ANY_PROBLEM,
    },
    Use.CONCERN: {
        Shape.NOUN: _WORRY_NOUN,
        Shape.GERUND: _WORRY_GERUND,
        Shape.BARE: ("You may worry that you {f}.", "A fair worry is that you {f}."),
        Shape.CLAUSE: ("You may worry that {f}.", "A fair worry is that {f}."),
        Shape.FRAGMENT: ("A fair worry: {f}.", "One risk to rule out: {f}."),
    },
    Use.OBJECTION: {
        Shape.NOUN: _WORRY_NOUN,
        Shape.GERUND: _WORRY_GERUND,
        Shape.CLAUSE: ("You may worry that {f}.", "A fair doubt is that {f}."),
        Shape.QUOTE: ("A fair objection: {f}.",),
        Shape.FRAGMENT: ("A fair doubt: {f}.", "A fair objection: {f}."),
    },
    Use.SAID: {
        Shape.CLAUSE: ("You might say that {f}.", "Perhaps {f}."),
        Shape.FRAGMENT: ("A fair objection: {f}.",),
    },
    Use.OBJECTIVE: {
        Shape.BARE: (
            "It should be simple to {f}.",
            "It should not take a project to {f}.",
            "{G} should not be hard.",
            "-|Say you want to {f}.",
        ),
        Shape.NOUN: ("Picture {f}.", "The goal is {f}.", "A goal worth having: {f}."),
        Shape.GERUND: ("{F} should not take a project.", "{F} should be simple."),
        Shape.FRAGMENT: ("A simple goal: {f}.", "A goal worth having: {f}."),
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
    Use.STATUS_QUO: {
        Shape.CLAUSE: ("{F}.",),
        Shape.GERUND: ("The usual way is {f}.", "Today that work often means {f}."),
        Shape.BARE: ("The usual way is to {f}.",),
        Shape.LACK: ("The usual way leaves {f}.", "Many teams have {f}."),
        Shape.NOUN: ("The usual answer is {f}.", "Many teams rely on {f}."),
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
        Shape.NOUN: ("With {offering} you get {f}.", "{offering} gives you {f}.", "{offering} means {f}."),
        Shape.GERUND: ("{offering} takes care of {f}.", "{offering} is for {f}."),
        Shape.DESCRIPTION: _DESCRIPTION_FIRST,
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: _ANY_FIRST,
    },
    Use.OFFER_MORE: {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("You can {f}.", "It lets you {f}."),
        Shape.NOUN: ("You get {f}.", "It gives you {f}.", "It also means {f}."),
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
        Shape.NOUN: ("You get {f}.", "What you get is {f}.", "The result is {f}.", "It also means {f}."),
        Shape.GERUND: ("The result is {f}.", "What you get is {f}."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: _CLAUSE_MORE,
        Shape.FRAGMENT: ("What that brings: {f}.", "The result: {f}."),
    },
    Use.USE_CASE: {
        Shape.NOUN: ("With {offering} you get {f}.",),
        Shape.GERUND: ("You could use {offering} for {f}.", "One use for {offering} is {f}."),
        Shape.BARE: ("You could use {offering} to {f}.", "With {offering} you can {f}."),
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: ("One way to use {offering}: {f}.", "A typical case for {offering}: {f}."),
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
        Shape.FRAGMENT: ("#|In numbers: {f}.", "#|One number: {f}.", "For proof: {f}.", "One result: {f}."),
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
