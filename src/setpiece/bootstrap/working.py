"""Running a worker: on its own, or as the child of `setpiece serve`, which it does not outlive."""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack, aclosing
from functools import partial

import structlog

from setpiece.agents import tasks
from setpiece.bootstrap.address import database
from setpiece.bootstrap.logs import set_up_logs
from setpiece.bootstrap.outside import open_blobs, open_lead_sources, open_mail, open_tools, open_webhooks
from setpiece.bootstrap.reading import reading
from setpiece.bootstrap.settings import Settings, read_settings
from setpiece.bootstrap.speech import open_speech
from setpiece.bootstrap.wiring import retention
from setpiece.events import tasks as event_tasks
from setpiece.events.callbacks import Post, call_back
from setpiece.events.delivering import Dispatch
from setpiece.events.pump import delivering
from setpiece.jobs import chores as job_chores
from setpiece.jobs.chores import Broom
from setpiece.jobs.model import CALL_BACK, Handler
from setpiece.jobs.worker import Queue, WorkerOptions, run_worker
from setpiece.kernel.clock import now
from setpiece.kernel.errors import SetpieceError
from setpiece.kernel.processes import end_now
from setpiece.library import renewal
from setpiece.media.recordings import hearing
from setpiece.media.recordings.tasks import Clock, chores
from setpiece.programs import deleted as deleted_programs
from setpiece.programs.execution import tasks as execution_tasks
from setpiece.programs.execution.shift import Desk as ExecutionDesk
from setpiece.programs.pivots import watching as program_pivots
from setpiece.reports import tasks as report_tasks
from setpiece.reports.matchings import tasks as matching_tasks
from setpiece.reports.psychometrics import tasks as psychometrics_tasks
from setpiece.reports.writing import Tools as ReportTools
from setpiece.storage.database import open_database
from setpiece.storage.migrate import migrate

log = structlog.get_logger(__name__)


def work(settings: Settings) -> None:
    """Do jobs until SIGINT or SIGTERM.

    Raises:
        Unavailable: the database cannot be had.
    """
    asyncio.run(_work(settings))
    end_now()


def main() -> None:
    """The child of a server: it ends when its standard input does, which the server's own end, however it comes, brings."""
    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    try:
        asyncio.run(_work(settings, lifeline=sys.stdin.fileno()))
    except SetpieceError as error:
        log.error("worker_failed", reason=error.message)
        sys.exit(1)
    end_now()


async def _work(settings: Settings, lifeline: int | None = None) -> None:
    stop = _told_to_stop(lifeline)
    async with AsyncExitStack() as opened:
        address = await opened.enter_async_context(database(settings))
        await migrate(address.dsn)
        tenants = await opened.enter_async_context(
            aclosing(await open_database(address.dsn, max_size=settings.worker_concurrency + 8))
        )
        owner = await opened.enter_async_context(
            aclosing(await open_database(address.dsn, max_size=4, role=None))
        )
        log.info("working", concurrency=settings.worker_concurrency, pid=os.getpid())
        tools = await opened.enter_async_context(aclosing(open_tools(settings)))
        blobs = open_blobs(settings)
        webhooks = open_webhooks(settings)
        post = Post(tenants, webhooks, settings.signing_secret)
        dispatch = Dispatch(tenants, webhooks, settings.signing_secret)
        report_tools = ReportTools(tools.embedder, tools.language_model)
        psychometrics_desk = psychometrics_tasks.Desk(tenants, owner, blobs, tools.embedder, now)
        sources = await opened.enter_async_context(aclosing(open_lead_sources(settings)))
        execution_desk = ExecutionDesk(
            tenants,
            owner,
            tools,
            now,
            open_mail(settings),
            sources,
            link_base=settings.link_base,
            imprint=settings.smtp_imprint,
        )
        handlers: dict[str, Handler] = {
            **tasks.handlers(tasks.Desk(tenants, tools, now)),
            **hearing.handlers(
                hearing.Desk(tenants, blobs, open_speech(settings), settings.data_dir / "hearing", now)
            ),
            **matching_tasks.handlers(matching_tasks.Desk(tenants, tools.embedder, now)),
            **report_tasks.handlers(report_tasks.Desk(tenants, report_tools, now)),
            **psychometrics_tasks.handlers(psychometrics_desk),
            **execution_tasks.handlers(execution_desk),
            CALL_BACK: partial(call_back, post),
        }
        options = WorkerOptions(concurrency=settings.worker_concurrency)
        clock = Clock(tenants, owner, blobs, retention(settings), now)
        log_clock = event_tasks.LogClock(tenants, owner, settings.webhook_log_days, now)
        broom = Broom(tenants, owner, now)
        shelf = renewal.Shelf(tenants, owner)
        now_and_then = [
            *chores(clock),
            *psychometrics_tasks.chores(psychometrics_desk),
            *event_tasks.chores(log_clock),
            *job_chores.chores(broom),
            *deleted_programs.chores(broom),
            *renewal.chores(shelf),
            *execution_tasks.chores(execution_desk),
            *program_pivots.chores(program_pivots.Watch(tenants, owner, tools.language_model, now)),
        ]
        async with reading(owner, tenants, tools.embedder), delivering(owner, dispatch):
            await run_worker(Queue(address.dsn, owner), tenants, handlers, stop, options, now_and_then)
    log.info("worker_stopped")


def _told_to_stop(lifeline: int | None) -> asyncio.Event:
    """Set by a signal, or by the end of the pipe `lifeline`."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, stop.set)
    if lifeline is not None:

        def cut() -> None:
            loop.remove_reader(lifeline)
            stop.set()

        loop.add_reader(lifeline, cut)  # nothing is ever written to it: readable means ended
    return stop


if __name__ == "__main__":
    main()
