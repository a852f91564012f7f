"""Frames for what backs a claim up: proof points, references, answers to doubts, and comparisons."""

from setpiece.agents.sequence.writer.shape import Shape

_ENTITY_FIRST = (
    "One example is {entity}: {f}.",
    "At {entity}, one result was this: {f}.",
    "{entity} is another example: {f}.",
)

PROOF_FRAMES: dict[str, dict[Shape, tuple[str, ...]]] = {
    "proof": {
        Shape.CLAUSE: ("{F}.",),
        Shape.BARE: ("You can {f}.", "Anybody can {f}."),
        Shape.THIRD: ("{offering} {f}.",),
        Shape.QUOTE: ("A quote that puts it well: {f}.", "One quote on this: {f}."),
        Shape.FRAGMENT: (
            "#|In numbers: {f}.",
            "#|One number: {f}.",
            "The proof is plain: {f}.",
            "One result: {f}.",
        ),
    },
    "reference": {
        Shape.CLAUSE: (
            "At {entity}, {f}.",
            "One example is {entity}: {f}.",
            "{entity} is another example: {f}.",
        ),
        Shape.THIRD: ("{entity} {f}.",),
        Shape.PAST: ("{entity} {f}.",),
        Shape.GERUND: ("At {entity} that meant {f}.", "One example is {entity}: {f}."),
        Shape.QUOTE: ("{entity} put it like this: {f}.", "In the words of {entity}: {f}."),
        Shape.FRAGMENT: _ENTITY_FIRST,
    },
    "answer": {
        Shape.CLAUSE: ("{F}.", "Here is how we see it: {f}."),
        Shape.THIRD: ("{offering} {f}.", "The short answer: {offering} {f}."),
        Shape.NOUN: ("The short answer: {f}.", "Our answer is {f}."),
        Shape.DESCRIPTION: ("{offering} is {f}.", "The short answer: it is {f}."),
        Shape.FRAGMENT: ("The short answer: {f}.", "Here is how we see it: {f}.", "Our answer: {f}."),
    },
    "gap": {
        Shape.THIRD: ("One thing to check: {competitor} {f}.", "{competitor} {f}."),
        Shape.FRAGMENT: (
            "One thing to check with {competitor}: {f}.",
            "One limit to check with {competitor}: {f}.",
            "If you use {competitor}, this may be worth a check: {f}.",
        ),
    },
    "attached": {
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: ("For the record: {f}.", "A detail to know: {f}."),
    },
}
