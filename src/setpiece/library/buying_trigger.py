"""Buying trigger: an event that makes the problem urgent."""

from setpiece.library.kind import Kind, texts

BUYING_TRIGGER = Kind(
    name="buying-trigger",
    collection="buyingTriggers",
    prefix="bq",
    title="BuyingTrigger",
    about="An event that makes the problem urgent",
    fields=(
        texts("whyThisCreatesUrgency", "Why now", "New sellers start on Monday without a playbook"),
        texts("whoFeelsThisMost", "Who feels it", "The head of sales development"),
        texts("costOfInaction", "What waiting costs", "A quarter of ramp time"),
        texts("howWeHelpInThisMoment", "What we do then", "A first playbook in an afternoon"),
    ),
)
