"""From the sources of a request to drafts of entities; pages are read here, before any row is touched."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.extraction.extract import Extracted, Origin, Text, extract, name_in
from setpiece.agents.extraction.rules import fields_by_heading, phrases_for
from setpiece.agents.generation.schemas import GenerateBody, GenerationSource, Wanted
from setpiece.kernel.errors import Invalid
from setpiece.library.kind import Kind
from setpiece.providers.web.page import PageReader, WebPage

_AT_ONCE = 4
"""Pages read at a time: a request must not take every connection and parser of the server."""
_INPUTS = {
    "comparativeAdvantageInput": "comparativeAdvantage",
    "likelyAlternativeInput": "likelyAlternative",
}
"""Texts of a service's request and the field that each is for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity to be made.

    Attributes:
        name: As given, or as its sources call it.
        sources: What it was made from, as it was sent; a page with its title.
        extracted: Its fields, and where each stands.
    """

    name: str
    sources: Sequence[Mapping[str, Any]]
    extracted: Extracted


async def make_drafts(reader: PageReader, kind: Kind, body: GenerateBody) -> list[Draft]:
    """A draft for each wanted entity.

    Raises:
        Invalid: a page is none that can be read, a name is missing, or nothing of the sources fits the kind.
        Unavailable: a page does not answer.
    """
    pages = await _read(reader, body)
    # In a thread: the sentences of many sources take half a second, in which nobody else would be answered.
    return await asyncio.to_thread(_drafts, kind, body, pages)


async def _read(reader: PageReader, body: GenerateBody) -> Mapping[str, WebPage]:
    """Every page once."""
    urls = list(
        dict.fromkeys(one.value for wanted in body.wanted for one in wanted.sources if one.type == "URL")
    )
    slots = asyncio.Semaphore(_AT_ONCE)

    async def read(url: str) -> WebPage:
        async with slots:
            return await reader.read(url)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(read(url)) for url in urls]
    except ExceptionGroup as several:
        raise several.exceptions[0] from several
    return {url: task.result() for url, task in zip(urls, tasks, strict=True)}


def _drafts(kind: Kind, body: GenerateBody, pages: Mapping[str, WebPage]) -> list[Draft]:
    inputs = _inputs(body)
    return [
        _draft(kind, f"{kind.collection}[{number}]", wanted, pages, inputs)
        for number, wanted in enumerate(body.wanted)
    ]


def _draft(
    kind: Kind, place: str, wanted: Wanted, pages: Mapping[str, WebPage], inputs: Mapping[str, str]
) -> Draft:
    texts = [_text(number, source, pages) for number, source in enumerate(wanted.sources)]
    name = wanted.name or name_in(kind, texts)
    if name is None:
        raise Invalid(f"'{place}.name' is required: its sources have no title that could be its name.")
    known = [field.name for field in kind.fields]
    texts += [
        Text(len(wanted.sources) + number, text, only_for=_INPUTS[field])
        for number, (field, text) in enumerate(inputs.items())
        if _INPUTS[field] in known
    ]
    extracted = extract(kind, texts, name)
    if extracted.is_empty:
        raise Invalid(
            f"'{place}.sources': nothing in them could be put into a field of {kind.one}. "
            f"Headings with the names of fields help, such as “{_example_heading(kind)}”."
        )
    _add_url(kind, wanted, extracted)
    sources = [_shown(source, pages) for source in wanted.sources]
    return Draft(
        name,
        [*sources, *({"type": "TEXT", "value": text, "field": field} for field, text in inputs.items())],
        extracted,
    )


def _text(number: int, source: GenerationSource, pages: Mapping[str, WebPage]) -> Text:
    if source.type == "TEXT":
        return Text(number, source.value)
    page = pages[source.value]
    return Text(number, page.text, page.title)


_LONGEST_SHOWN = 2_000
"""Characters of a source that are kept with the entity; every value has its own sentence beside it anyway."""


def _shown(source: GenerationSource, pages: Mapping[str, WebPage]) -> dict[str, Any]:
    if source.type == "TEXT":
        return {"type": "TEXT", "value": source.value[:_LONGEST_SHOWN]}
    return {"type": "URL", "value": source.value, "title": pages[source.value].title}


def _add_url(kind: Kind, wanted: Wanted, extracted: Extracted) -> None:
    """An offering's own page is where it was read."""
    for number, source in enumerate(wanted.sources):
        if kind.has_url and source.type == "URL":
            extracted.values["primaryUrl"] = source.value
            extracted.origins.append(Origin("primaryUrl", None, number, source.value))
            return


def _inputs(body: GenerateBody) -> dict[str, str]:
    return {field: text for field in _INPUTS if (text := getattr(body, field, None))}


def _example_heading(kind: Kind) -> str:
    fields = fields_by_heading(kind)
    return phrases_for(fields[min(1, len(fields) - 1)])[0] if fields else "Description"
