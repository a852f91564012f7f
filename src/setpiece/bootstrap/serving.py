"""Running the API: alone, or with the embedded database that it depends on and a worker beside it."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from types import FrameType

import structlog
import uvicorn
import uvloop

from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.bootstrap.address import database
from setpiece.bootstrap.http_protocol import BoundedHttp
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services
from setpiece.bootstrap.worker_process import keep_worker
from setpiece.kernel.errors import SetpieceError, Unavailable
from setpiece.kernel.processes import collect_rarely
from setpiece.storage.embedded import ServerLock, watch
from setpiece.storage.migrate import migrate, wait_for_schema

log = structlog.get_logger(__name__)
_BACKLOG = 2048  # connections that wait while the server starts or is busy
_SCHEMA_PATIENCE_S = 30.0  # for the server or worker that is making it meanwhile, which takes about a second
_GRACE_S = 10  # for requests under way when the server is told to stop


def serve(settings: Settings, host: str, port: int, *, with_worker: bool) -> None:
    """The whole server; the data folder is taken first, so that nothing starts twice."""
    lock: AbstractContextManager[object] = nullcontext()
    if settings.database_url is None:
        lock = ServerLock(settings.data_dir)
    with lock, _listening(host, port) as listener:
        uvloop.run(_serve(settings, listener, owns_database=True, with_worker=with_worker))


def serve_api(settings: Settings, host: str, port: int) -> None:
    with _listening(host, port) as listener:
        uvloop.run(_serve(settings, listener, owns_database=False, with_worker=False))


@asynccontextmanager
async def on_free_port(services: Services) -> AsyncIterator[str]:
    """The API on a free loopback port, for the length of the context; gives its base URL."""
    with _listening("127.0.0.1", 0) as listener:
        server = _UnsignalledServer(_config(services))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


class _UnsignalledServer(uvicorn.Server):
    """Leaves signals to the command around it, which still has requests to make when it is interrupted."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _SignalledServer(uvicorn.Server):
    """Ends on SIGINT and SIGTERM without raising them again: what surrounds the API has to be closed too.

    Args:
        ending: Called first; open streams would hold up the end for as long as it may take.
    """

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._ending()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(ending, self.handle_exit, ending, None)
        try:
            yield
        finally:
            for ending in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(ending)


async def _serve(
    settings: Settings, listener: socket.socket, *, owns_database: bool, with_worker: bool
) -> None:
    async with database(settings) as address:
        if owns_database:
            before, after = await migrate(address.dsn)
            log.info("schema_ready", before=before, after=after)
        else:
            await wait_for_schema(address.dsn, _SCHEMA_PATIENCE_S)
        async with open_services(settings, address.dsn) as services:
            collect_rarely()
            host, port = listener.getsockname()[:2]
            log.info("serving", url=f"http://{host}:{port}", data_dir=str(settings.data_dir), pid=os.getpid())
            api = _SignalledServer(_config(services), services.end_streams).serve(sockets=[listener])
            beside = [watch(address.embedded)] if owns_database and address.embedded else []
            if with_worker:
                beside.append(keep_worker(settings))
            await _until_any_ends(api, *beside)


async def _until_any_ends(*parts: Coroutine[None, None, None]) -> None:
    """Until a signal ends the API, or another part gives up, as when the database cannot be kept alive; then all end."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, SetpieceError):
                await task


def _config(services: Services) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(services),
        http=BoundedHttp,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


def _listening(host: str, port: int) -> socket.socket:
    """A listening socket, had before anything else starts.

    Raises:
        Unavailable: the address is taken, or is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as refused:
        listener.close()
        reason = refused.strerror or str(refused)
        is_port = refused.errno in (errno.EADDRINUSE, errno.EACCES)
        raise Unavailable(
            f"Cannot listen on {host}:{port}: {reason}. Choose another with {'--port' if is_port else '--host'}."
        ) from refused
    return listener
