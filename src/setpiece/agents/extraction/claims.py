"""What a product page says of the product, as facts for the writer.

The rule, sentence by sentence: a figure with its unit is a proof, if the sentence says who reached it and is not about a price
("The team closed 3 days earlier"; "Cuts the close by 3 days" is a benefit); every other sentence is what the product rules of `rules` say it is (challenge, status quo, benefit, differentiator, capability), or nothing.
"""

from collections import defaultdict
from collections.abc import Mapping

from setpiece.agents.extraction.assign import MOST_CHARACTERS, reader_for
from setpiece.agents.extraction.lines import Statement, statements
from setpiece.agents.extraction.rules import NOISE, PRICE, PROOF
from setpiece.agents.provenance import PAGE
from setpiece.agents.sequence.writer.clean import count_words, holds_placeholder
from setpiece.agents.sequence.writer.finite import find_finite, tokens_of
from setpiece.agents.sequence.writer.model import Fact, FactRole, Source
from setpiece.agents.sequence.writer.shape import Hint, Shape, classify
from setpiece.library.product import PRODUCT
from setpiece.providers.web.page import WebPage

MOST_OF_A_ROLE = 16
"""As many as the writer is given of a library's facts (`gather`)."""
_ROLE_BY_FIELD = {
    "challengesAddressed": FactRole.CHALLENGE,
    "statusQuo": FactRole.STATUS_QUO,
    "customerBenefits": FactRole.BENEFIT,
    "differentiatedValue": FactRole.DIFFERENTIATOR,
    "capabilities": FactRole.CAPABILITY,
    "distinctCapabilities": FactRole.CAPABILITY,
    "keyFeatures": FactRole.CAPABILITY,
}
_PROOF_WORDS = range(4, 31)
_SAID_OF_US = Hint(reads_as_past=True)


def facts_on(page: WebPage, offering: str) -> Mapping[FactRole, tuple[Fact, ...]]:
    """The facts of a page by role, in its order, each with the number of its statement."""
    reader = reader_for(PRODUCT)
    found: dict[FactRole, list[Fact]] = defaultdict(list)
    said: set[str] = set()
    for index, one in enumerate(statements(page.text, reader.heads_a_field)):
        role = FactRole.PROOF if _proves(one) else _ROLE_BY_FIELD.get(reader.field_of(one, (offering,)) or "")
        if role is None or one.text.casefold() in said or len(found[role]) >= MOST_OF_A_ROLE:
            continue
        said.add(one.text.casefold())
        found[role].append(Fact(one.text, Source("", PAGE, page.final_url, "text", index)))
    return {role: tuple(facts) for role, facts in found.items() if facts}


def _proves(statement: Statement) -> bool:
    """Whether it claims something with a figure: a label such as "10 users" claims nothing."""
    text = statement.text
    return (
        count_words(text) in _PROOF_WORDS
        and len(text) <= MOST_CHARACTERS
        and PROOF.search(text) is not None
        and not (PRICE.search(text) or NOISE.search(text) or text.endswith("?") or holds_placeholder(text))
        and (find_finite(tokens_of(text)) is not None or classify(text, _SAID_OF_US) is Shape.PAST)
    )
