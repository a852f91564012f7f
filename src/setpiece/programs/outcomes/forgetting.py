"""A person is forgotten: what was counted stays counted, and nothing leads from it to them."""

from collections.abc import Sequence

from setpiece.programs.outcomes.naming import names_of_person
from setpiece.workspaces.work import Work

_UNNAME = """
    with gone as (
        delete from program_unit_names where workspace_id = $1 and name = any($2::uuid[]) returning person
    ), others as (
        select person, gen_random_uuid() as other from (select distinct person from gone where person is not null) as p
    ), outcomes as (
        update program_outcomes o set person = other from others where o.workspace_id = $1 and o.person = others.person
    )
    update program_units u set person = other from others where u.workspace_id = $1 and u.person = others.person"""
"""Who is one person stays one, under a name that is made from nothing: the one before was made from what names them."""


async def forget_people(work: Work, people: Sequence[tuple[str, str | None]]) -> None:
    """Cut what ties outcomes to people, each given as the id that is shown of the lead and the address. Needs a transaction."""
    salt = str(work.workspace_id)
    names = [name for lead_id, email in people for name in names_of_person(lead_id, email, salt)]
    await work.connection.execute(_UNNAME, work.workspace_id, names)
    await work.connection.execute(
        "update program_outcomes set lead_id = null where workspace_id = $1 and lead_id = any($2::text[])",
        work.workspace_id,
        [lead_id for lead_id, _ in people],
    )
