"""Creating a playbook with its templates: the one road of the request that waits for it and of the job that does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.agents.sequence.templates import make_templates
from setpiece.library.playbooks.model import Attached, Template
from setpiece.library.playbooks.pick import sentences
from setpiece.library.playbooks.schemas import PlaybookCreate
from setpiece.library.playbooks.service import Details, create_playbook
from setpiece.providers.web.page import PageReader
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Created:
    """A new playbook; its templates, one list for each persona, only when they were asked for."""

    found: Details
    templates: Sequence[Sequence[Template]]


async def read_sources(reader: PageReader, body: PlaybookCreate) -> list[Attached]:
    """The sentences of all additional context; pages are read before any row is touched.

    Raises:
        Invalid, Unavailable: a page cannot be read.
    """
    found: list[Attached] = []
    for position, source in enumerate(body.additionalContextSources or (), start=1):
        is_text = source.type == "TEXT"
        text = source.value if is_text else (await reader.read(source.value)).text
        where = f"text {position}" if is_text else source.value
        found.extend(Attached(sentence, source.type, where) for sentence in sentences(text))
    return found


async def create(work: Work, body: PlaybookCreate, sources: Sequence[Attached]) -> Created:
    """Make the playbook, and its templates if they are asked for.

    Raises:
        Invalid: an id is not one of this workspace's of the kind that is asked for, or no offering is named.
    """
    found = await create_playbook(work, body, sources)
    return Created(found, await make_templates(work, found) if body.createTemplates else [])
