"""A sample of a program's leads: random, and the same whenever it is drawn again from the same list.

The order is a hash of workspace, program, epoch and lead. The first rows of a list are no sample: lists are sorted by something, and
the test behind a pivot takes the next lead to be as good as the last (playbooks-v1, section 4).
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from setpiece.kernel.errors import Conflict
from setpiece.programs.leads.draw_repository import DrawRepository
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.model import Drawn, Lead, Reach
from setpiece.programs.leads.sources import asked_of
from setpiece.programs.model import Program, Run
from setpiece.programs.spec.model import Unit
from setpiece.workspaces.work import Work

_WORDS_BY_REACH = {
    "email": ("email", "mail"),
    "phone": ("phone", "call", "sms", "whatsapp", "text message"),
    "linkedin": ("linkedin",),
}


def reach_of(channels: Sequence[str]) -> Reach:
    """The addresses that the channels can use; email where they name none that is known."""
    named = {
        address: any(word in channel.lower() for channel in channels for word in words)
        for address, words in _WORDS_BY_REACH.items()
    }
    return Reach(**named) if any(named.values()) else Reach()


def seed_of(work: Work, program: Program) -> str:
    """What the order of a draw is made from; another one in each epoch."""
    return f"{work.workspace_id}:{program.id}:{program.epoch}"


async def draw(
    work: Work, program: Program, run_id: UUID | None, limit: int, *, reach: Reach | None = None
) -> Drawn:
    """Draw at most `limit` leads for a run and hold their accounts; with no run, only say who would be drawn.

    Nobody is drawn twice, whatever the epoch. Who is suppressed, cannot be reached or belongs to an account of another active
    program is left out. Safe beside other draws: of one program they take turns, of two they agree on each account.
    With a run, the work has to be a transaction. `reach` says which addresses will do; by default those of the program's channels.
    """
    repository = LeadRepository(work.scope)
    wanted = reach or reach_of(program.spec.strategy.channels)
    list_ids = await LeadListRepository(work.scope).lists_of(program.id, asked_of(program.spec.lead_source))
    draws = DrawRepository(work.scope, program.id, list_ids, wanted)
    seed = seed_of(work, program)
    by_account = program.spec.adaptation.unit is Unit.ACCOUNT
    if run_id is not None:
        await repository.lock_leads(program.id)
    counted, excluded = await draws.count()
    if run_id is None:
        left_out = await LeadListRepository(work.scope).problem_counts(list_ids)
        turn = await draws.next_leads(seed, limit, by_account=by_account)
        return Drawn(turn, excluded, counted, seed, left_out)
    leads: list[Lead] = []
    while len(leads) < limit and (
        turn := await draws.next_leads(seed, limit - len(leads), by_account=by_account)
    ):
        ours = await draws.claim([one.account_key for one in turn], work.at)
        taken = [one for one in turn if one.account_key in ours]
        await draws.insert_draws(taken, run_id, program.epoch, len(leads), work.at)
        leads += (replace(one, drawn_at=work.at) for one in taken)
    return Drawn(leads, excluded, counted, seed)


async def draw_for_client(work: Work, program: Program, run: Run, limit: int) -> Drawn:
    """Draw leads for a run that the client does the work of, until it has `limit`. Needs a transaction.

    All leads of the run are given, those of an earlier draw first: asked again, the same comes back.

    Raises:
        Conflict: Setpiece draws for the run, or it has ended.
    """
    if run.is_executed:
        raise Conflict(
            "This run is executed by Setpiece, which draws its leads itself.", code="run_is_executed"
        )
    if run.status.is_final:
        raise Conflict(f"The run is {run.status}; start another one.", code="run_has_ended")
    before = await drawn_leads(work, run.id)
    tested = replace(program, spec=run.spec, epoch=run.epoch)
    drawn = await draw(work, tested, run.id, max(limit - len(before), 0))
    return replace(drawn, leads=[*before, *drawn.leads])


async def drawn_leads(work: Work, run_id: UUID) -> list[Lead]:
    """The leads of a run in the order of its draw, without those that were erased since."""
    return await LeadRepository(work.scope).of_run(run_id)


async def lost_accounts(work: Work, run_id: UUID, account_keys: Sequence[str]) -> set[str]:
    """Those of the accounts that another active program than the run's works now: asked right before something goes out.

    A program that was paused holds nobody, so another may have drawn from its accounts when it goes on.
    """
    return await LeadRepository(work.scope).claimed_by_others(run_id, account_keys)
