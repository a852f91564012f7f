"""Frames on the reader's side: problems, goals, duties, the company's situation, and doubts."""

from setpiece.agents.sequence.writer.shape import Shape

_ANY_PROBLEM = (
    "A familiar problem: {f}.",
    "1|I am writing about one thing: {f}.",
    "!|One thing to be rid of: {f}.",
)

READER_FRAMES: dict[str, dict[Shape, tuple[str, ...]]] = {
    "problem": {
        Shape.CLAUSE: ("{F}.", "{F}.", "Too often, {f}."),
        Shape.LACK: ("Too often there is {f}.", "Often there is simply {f}."),
        Shape.NOUN: (
            "A familiar problem: {f}.",
            "1|I am writing about {f}.",
            "{F} should not be normal.",
            "Nobody wants {f}.",
            "!|One thing to be rid of: {f}.",
        ),
        Shape.GERUND: (
            "Nobody enjoys {f}.",
            "!|{F} gets old fast.",
            "{F} should not be part of the job.",
            "1|I am writing about {f}.",
        ),
        Shape.BARE: (  # what follows "you": "lose track of ...", "cannot trace ..."
            "If you {f}, it need not stay that way.",
            "1|As {title}, you may find that you {f}.",
            "If you {f}, there is a way out.",
            "!|It is no fun when you {f}.",
        ),
        Shape.FRAGMENT: _ANY_PROBLEM,
    },
    "concern": {
        Shape.NOUN: ("A fair worry: {f}.", "One risk to rule out: {f}.", "Nobody needs {f}."),
        Shape.GERUND: ("{F} is a fair worry.", "Nobody wants to risk {f}.", "One risk to rule out: {f}."),
        Shape.BARE: ("A fair worry is that you {f}.", "One risk is that you {f}."),
        Shape.CLAUSE: ("A fair worry is that {f}.", "One risk is that {f}."),
        Shape.FRAGMENT: ("A fair worry: {f}.", "One risk to rule out: {f}."),
    },
    "objective": {
        Shape.BARE: (
            "It should be simple to {f}.",
            "{G} should not take a project.",
            "{G} is harder than it should be.",
            "It should not be hard to {f}.",
            "-|Say you want to {f}.",
        ),
        Shape.NOUN: ("Picture {f}.", "A simple goal: {f}.", "A goal worth having: {f}."),
        Shape.GERUND: ("{F} should not take a project.", "{F} is harder than it should be."),
        Shape.FRAGMENT: ("A simple goal: {f}.", "A goal worth having: {f}."),
    },
    "responsibility": {
        Shape.BARE: ("Part of the job is to {f}.", "1|As {title}, you have to {f}."),
        Shape.NOUN: ("Part of the job: {f}.", "It comes with the job: {f}."),
        Shape.GERUND: ("{F} is part of the job.", "{F} comes with the job."),
        Shape.FRAGMENT: ("Part of the job: {f}.", "It comes with the job: {f}."),
    },
    "segment": {
        Shape.NOUN: ("1|At {company}, {f} may be high on the list.", "A common priority: {f}."),
        Shape.GERUND: ("1|At {company}, {f} may be high on the list.", "A common priority: {f}."),
        Shape.BARE: ("A common priority is to {f}.", "Many plans say: {f}."),
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: ("A common priority: {f}.",),
    },
    "trigger": {
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: ("What waiting costs: {f}.", "One reason to look at it now: {f}."),
    },
    "context": {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("What I know about {company}: {f}.", "What I know so far: {f}."),
        Shape.FRAGMENT: ("What I know about {company}: {f}.", "What I know so far: {f}."),
    },
    "status_quo": {
        Shape.CLAUSE: ("{F}.", "The usual way: {f}.", "Today it often goes like this: {f}."),
        Shape.GERUND: ("The usual way is {f}.", "Today this often means {f}."),
        Shape.BARE: ("The usual way is to {f}.",),
        Shape.LACK: ("The usual way leaves {f}.",),
        Shape.NOUN: ("The usual answer is {f}.", "Today the job is often done with {f}."),
        Shape.FRAGMENT: ("The usual way: {f}.", "The usual answer: {f}."),
    },
    "insight": {
        Shape.CLAUSE: ("{F}.", "Our starting point is that {f}."),
        Shape.NOUN: ("Our starting point is {f}.",),
        Shape.FRAGMENT: ("Our starting point: {f}.", "The thought behind {offering}: {f}."),
    },
    "objection": {
        Shape.CLAUSE: ("A fair objection is that {f}.", "One doubt may be that {f}."),
        Shape.QUOTE: ("A fair objection: {f}.",),
        Shape.GERUND: ("{F} is a fair doubt.", "A fair doubt: {f}."),
        Shape.FRAGMENT: ("A fair doubt: {f}.", "A fair objection: {f}."),
    },
}
