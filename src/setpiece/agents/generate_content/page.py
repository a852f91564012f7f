"""What a web page adds: the few sentences of it that bear on what is offered, as quotations."""

from dataclasses import dataclass

from setpiece.agents.material import Material
from setpiece.agents.provenance import PAGE
from setpiece.agents.sequence.writer.clean import clean_text, count_words, holds_placeholder
from setpiece.agents.sequence.writer.model import Fact, Source
from setpiece.kernel.errors import Unavailable
from setpiece.library.playbooks.pick import sentences
from setpiece.library.titles.domains import host_of
from setpiece.library.titles.words import content_words
from setpiece.providers.web.page import PageReader, WebPage

_MOST_SENTENCES = 400
"""Of a page: the first ones, where the subject of a page is said."""
_WORDS = range(5, 31)
_SHARED_WORDS = 2
"""Words in common with the library's facts; with one, navigation and small talk come in."""
_MOST_QUOTED = 2


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The page, or why it was not used."""

    page: WebPage | None = None
    problem: str = ""


async def read_page(reader: PageReader, url: str | None) -> ReadPage:
    """The page at a URL; a site that does not answer is told, not fatal.

    Raises:
        Invalid: it is not the URL of a public text page.
    """
    if not url:
        return ReadPage()
    try:
        return ReadPage(await reader.read(url))
    except Unavailable as error:
        return ReadPage(problem=f"The page was not used: {error}")


def quotations(page: WebPage | None, material: Material) -> list[Fact]:
    """Sentences that share words with what is offered and to whom, in the page's order."""
    if page is None:
        return []
    words = _bearing_words(material)
    found = []
    for at, sentence in enumerate(sentences(page.text)[:_MOST_SENTENCES]):
        text = clean_text(sentence)
        shared = len(words & content_words(text))
        if count_words(text) in _WORDS and shared >= _SHARED_WORDS and not holds_placeholder(text):
            found.append((shared, at, text))
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:_MOST_QUOTED]
    return [
        Fact(text, Source("", PAGE, page.final_url, "text", at))
        for _, at, text in sorted(best, key=lambda one: one[1])
    ]


def quoted(fact: Fact) -> str:
    """With whose words they are: `example.com says: “…”`."""
    text = fact.text.removesuffix(".").replace("“", "‘").replace("”", "’")
    return f"{host_of(fact.source.entity_name) or 'The page'} says: “{text}”"


def _bearing_words(material: Material) -> frozenset[str]:
    facts = (fact.text for several in material.facts.values() for fact in several)
    return content_words(" ".join(facts))
