"""Frames on our side: what the offering does, what that brings, and how it can be used."""

from setpiece.agents.sequence.writer.shape import Shape

_ANY_FIRST = (
    "{offering}, in short: {f}.",
    "The idea behind {offering}: {f}.",
    "What {offering} brings: {f}.",
)
_ANY_MORE = ("In short: {f}.", "Put simply: {f}.", "The rule: {f}.")
_THIRD_FIRST = ("{offering} {f}.",)
_THIRD_MORE = ("It also {f}.", "It {f}.", "{offering} also {f}.", "-L|{offering} {f}.")
_GERUND_FIRST = ("{offering} takes care of {f}.", "{offering} is for {f}.")
_DESCRIPTION_FIRST = ("{offering} is {f}.",)
_DESCRIPTION_MORE = ("It is also {f}.", "It is {f}.", "{offering} is also {f}.", "-L|{offering} is {f}.")
_CLAUSE_FIRST = (
    "With {offering}, {f}.",
    "=|{offering} changes that: {f}.",
    "=|{offering} works differently: {f}.",
    "~|That is what {offering} is for: {f}.",
    "~|This is where {offering} comes in: {f}.",
    "-|The idea behind {offering}: {f}.",
)

OFFER_FRAMES: dict[str, dict[Shape, tuple[str, ...]]] = {
    "offer_first": {
        Shape.THIRD: _THIRD_FIRST,
        Shape.BARE: ("With {offering} you can {f}.", "{offering} lets you {f}.", "{offering} helps you {f}."),
        Shape.NOUN: (
            "With {offering} you get {f}.",
            "{offering} gives you {f}.",
            "What {offering} brings: {f}.",
        ),
        Shape.GERUND: _GERUND_FIRST,
        Shape.DESCRIPTION: _DESCRIPTION_FIRST,
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: _ANY_FIRST,
    },
    "offer_more": {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("You can also {f}.", "You can {f}.", "It lets you {f}."),
        Shape.NOUN: ("You also get {f}.", "You get {f}.", "It comes with {f}."),
        Shape.GERUND: ("It also takes care of {f}.", "It covers {f} too."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: _ANY_MORE,
    },
    "service_first": {
        Shape.THIRD: _THIRD_FIRST,
        Shape.BARE: ("With {offering}, we {f}.", "As part of {offering}, we {f}.", "In {offering} we {f}."),
        Shape.NOUN: (
            "With {offering} you get {f}.",
            "{offering} includes {f}.",
            "What {offering} brings: {f}.",
        ),
        Shape.GERUND: (
            "{offering} covers {f}.",
            "We take on {f} for you with {offering}.",
            "{offering} is for {f}.",
        ),
        Shape.DESCRIPTION: _DESCRIPTION_FIRST,
        Shape.CLAUSE: _CLAUSE_FIRST,
        Shape.FRAGMENT: _ANY_FIRST,
    },
    "service_more": {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("We also {f}.", "Part of the work is to {f}.", "We {f}."),
        Shape.NOUN: ("You also get {f}.", "It includes {f}.", "You get {f}."),
        Shape.GERUND: ("We also take on {f}.", "It covers {f} too."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: _ANY_MORE,
    },
    "benefit": {
        Shape.THIRD: _THIRD_MORE,
        Shape.BARE: ("You can {f}.", "It helps you {f}."),
        Shape.NOUN: ("What you get is {f}.", "You get {f}.", "The result is {f}."),
        Shape.GERUND: ("What you get is {f}.", "The result is {f}."),
        Shape.DESCRIPTION: _DESCRIPTION_MORE,
        Shape.CLAUSE: ("{F}.",),
        Shape.FRAGMENT: ("What that brings: {f}.", "The result: {f}."),
    },
    "use_case": {
        Shape.NOUN: ("One use for {offering} is {f}.", "You could use {offering} for {f}."),
        Shape.GERUND: ("One use for {offering} is {f}.", "You could use {offering} for {f}."),
        Shape.BARE: ("You could use {offering} to {f}.", "One way to use {offering}: {f}."),
        Shape.CLAUSE: ("With {offering}, {f}.", "A typical case for {offering}: {f}.", "{F}."),
        Shape.FRAGMENT: ("A typical case for {offering}: {f}.", "One way it is used: {f}."),
    },
    "approach": {
        Shape.CLAUSE: ("{F}.", "Our view is that {f}."),
        Shape.NOUN: ("Our approach is {f}.",),
        Shape.GERUND: ("Our approach is {f}.",),
        Shape.THIRD: _THIRD_MORE,
        Shape.FRAGMENT: ("Our approach: {f}.", "Our way of doing it: {f}."),
    },
}
