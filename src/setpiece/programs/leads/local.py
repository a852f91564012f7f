"""Lists that are here already, as a source: one is uploaded once and drawn from by several playbooks."""

from typing import Any
from uuid import UUID

from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import parse, show
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.model import LEAD_PREFIX, Lead
from setpiece.providers.lead_sources.port import Cost, Fetched, Record
from setpiece.workspaces.work import OpenWork


class LocalLists:
    """The workspace's lists of one name, whichever playbook they were uploaded to. The query is the name; case does not matter."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    async def check(self) -> None:
        """They always answer."""

    async def count(self, query: str) -> int:
        async with self._open_work() as work:
            repository = LeadListRepository(work.scope)
            return await repository.count_people(await _named(repository, query))

    def estimate(self, people: int) -> Cost:  # noqa: ARG002 - they cost the same, however many
        return Cost(0, "requests", "they are here already")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        async with self._open_work() as work:
            repository = LeadListRepository(work.scope)
            after = parse(cursor) if cursor else None
            people = await repository.people(await _named(repository, query), after, limit + 1)
        page = people[:limit]
        following = show(LEAD_PREFIX, page[-1].id) if len(people) > limit else None
        return Fetched([_record(one) for one in page], following)

    async def aclose(self) -> None:
        """Nothing is open."""


async def _named(repository: LeadListRepository, name: str) -> list[UUID]:
    found = await repository.named(name)
    if not found:
        raise Invalid(
            f"No list of this workspace is called '{name[:100]}'; 'leadSource.query' is the name of one that was uploaded, or looks like "
            "hubspot:list:123, salesforce:soql:SELECT …, attio:list:slug or twenty:people.",
            code="lead_source_not_found",
        )
    return found


def _record(lead: Lead) -> Record:
    given: dict[str, Any] = {
        "email": lead.email,
        "phone": lead.phone,
        "firstName": lead.first_name,
        "lastName": lead.last_name,
        "jobTitle": lead.title,
        "companyName": lead.company,
        "companyDomain": lead.domain,
        "externalId": lead.external_id,
    }
    known = {name: value for name, value in given.items() if value}
    return Record(show(LEAD_PREFIX, lead.id), {**lead.fields, **known})
