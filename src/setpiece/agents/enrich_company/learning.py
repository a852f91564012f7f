"""What is learned of a company: from the request, from its own page where the agent may read it, and from the library."""

from dataclasses import dataclass
from typing import Any

from setpiece.agents.enrich_company.profile import Profile
from setpiece.agents.enrich_company.sources import learn_from_page, learn_from_request
from setpiece.agents.identity import Identity
from setpiece.agents.material import NOBODY
from setpiece.agents.running import Run
from setpiece.agents.sequence.nearest import pick_nearest
from setpiece.agents.sequence.repository import RetrievalRepository
from setpiece.agents.sequence.writer.model import Fact
from setpiece.agents.told import told_text
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.service import KIND_BY_NAME, entities
from setpiece.library.titles.terms import prospect_terms
from setpiece.library.titles.words import fold
from setpiece.matching.model import Prospect
from setpiece.workspaces.work import Work

_KINDS_THAT_ARE_COMPANIES = ("reference", "competitor")
_MOST_ALIKE = 10


@dataclass(frozen=True, slots=True)
class Enriched:
    """What was learned of a company, and what to know about how."""

    profile: Profile
    notes: tuple[str, ...] = ()


async def learn(run: Run[Any], told: tuple[Fact, ...]) -> Enriched:
    """From the request, and from the company's own page where the agent may read it."""
    profile, identity = Profile(), run.identity or NOBODY
    learn_from_request(profile, identity, told)
    if not identity.company_domain:
        return Enriched(profile)
    if not run.agent.settings.get("enableWebSearch"):
        return Enriched(
            profile, ("The company's page was not read: set enableWebSearch on the agent to allow it.",)
        )
    url = f"https://{identity.company_domain}/"
    if run.request.dryRun:
        return Enriched(profile, (f"A run would read {url}.",))
    try:
        with run.timing.stage("read"):
            page = await run.tools.page_reader.read(url)
    except (Invalid, Unavailable) as error:
        return Enriched(profile, (f"The company's page was not read: {error}",))
    learn_from_page(profile, page)
    return Enriched(profile)


def prospect_of(identity: Identity, profile: Profile, told: tuple[Fact, ...]) -> Prospect:
    """What matching compares: the company as it was learned, and the person if there is one."""
    size = profile.facts.get("employeeCount", ())
    places = (profile.value(part) for part in ("locality", "region", "countryCode"))
    return Prospect(
        job_title=identity.job_title,
        company_name=profile.value("name"),
        company_domain=identity.company_domain,
        industry=profile.value("industry"),
        company_size=size[0].text if size else None,
        location=" ".join(filter(None, places)) or None,
        company_facts=profile.value("description"),
        runtime_context=told_text(told),
    )


async def known_as(work: Work, name: str | None) -> list[dict[str, str]]:
    """References and competitors of the library that bear the company's name; asked by index."""
    if not name:
        return []
    retrieval, terms = RetrievalRepository(work.scope), prospect_terms(None, None, (name,))
    picked = await pick_nearest(retrieval, dict.fromkeys(_KINDS_THAT_ARE_COMPANIES, _MOST_ALIKE), terms)
    ids = [one for several in picked.values() for one in several]
    found = (await entities(work).by_ids(ids)).values()
    return [_as_known(one) for one in found if fold(one.name) == fold(name)]


def _as_known(entity: Entity) -> dict[str, str]:
    return {
        "oId": show(KIND_BY_NAME[entity.kind].prefix, entity.id),
        "name": entity.name,
        "kind": entity.kind,
    }
