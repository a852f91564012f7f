"""A person is forgotten: what was counted stays counted, and nothing leads from it to them."""

from collections.abc import Sequence

from setpiece.programs.outcomes.naming import names_of_person
from setpiece.workspaces.work import Work


async def forget_people(work: Work, people: Sequence[tuple[str, str | None]]) -> None:
    """Cut what ties outcomes to people, each given as the id that is shown of the lead and the address. Needs a transaction."""
    salt = str(work.workspace_id)
    names = [name for lead_id, email in people for name in names_of_person(lead_id, email, salt)]
    await work.connection.execute(
        "delete from program_unit_names where workspace_id = $1 and name = any($2::uuid[])",
        work.workspace_id,
        names,
    )
    await work.connection.execute(
        "update program_outcomes set lead_id = null where workspace_id = $1 and lead_id = any($2::text[])",
        work.workspace_id,
        [lead_id for lead_id, _ in people],
    )
