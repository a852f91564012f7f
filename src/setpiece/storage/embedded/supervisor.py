"""Who uses the cluster, and when its server starts and stops."""

import shutil
import threading
from pathlib import Path
from types import TracebackType

from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage.embedded.account import account_for
from setpiece.storage.embedded.connection import ConnectionInfo
from setpiece.storage.embedded.creation import read_password
from setpiece.storage.embedded.failures import plain_os_errors
from setpiece.storage.embedded.layout import SYSTEM_ROOT, find_home, prepare_control_dir
from setpiece.storage.embedded.lifecycle import Plan, StillRecovering, bring_up, shut_down
from setpiece.storage.embedded.locks import FileLock
from setpiece.storage.embedded.probe import Answer, probe
from setpiece.storage.embedded.process import find_postmaster

START_TIMEOUT_S = 120.0
"""A start takes 0.1 s; this is for replaying the log after a crash on a slow disk."""


class EmbeddedPostgres:
    """This process's use of the cluster in a data folder: the first user starts the server, the last one stops it.

    Blocking and thread-safe; async callers use `asyncio.to_thread`. As a context manager it starts and stops. It counts as one
    user however often it is started. A user that is killed drops its lock; the server it leaves is adopted by the next.
    """

    def __init__(
        self, data_dir: Path, *, system_root: Path = SYSTEM_ROOT, start_timeout_s: float = START_TIMEOUT_S
    ) -> None:
        self.data_dir = data_dir.absolute()
        self._system_root = system_root
        self._timeout_s = start_timeout_s
        self._guard = threading.RLock()
        self._use: _Use | None = None

    @property
    def connection(self) -> ConnectionInfo:
        """How to reach the database.

        Raises:
            Unavailable: it was not started.
        """
        if self._use is None:
            raise Unavailable(
                f"The database in {self.data_dir} has not been started.", code="database_stopped"
            )
        return self._use.connection

    def start(self) -> ConnectionInfo:
        """Become a user of the cluster, making and starting it when needed; gives what `connection` gives.

        Raises:
            Unavailable: one sentence says why and what to do (disk, permission, platform, version, silence).
            Conflict: the data folder is a copy of another one whose cluster it names.
        """
        with self._guard:
            if self._use is None:
                self._use = _Use.begin(self.data_dir, self._system_root, self._timeout_s)
            return self._use.connection

    def stop(self) -> None:
        """Leave; the last user out stops the server. Harmless when not started."""
        with self._guard:
            use, self._use = self._use, None
            if use is not None:
                use.end()

    def is_alive(self) -> bool:
        """Whether the cluster's server lives: its process is there or, when we may not see that, its socket answers."""
        use = self._use
        if use is None:
            return False
        if find_postmaster(use.plan.home.pgdata) is not None:
            return True
        return probe(use.connection.host, use.connection.port) is not Answer.SILENT

    def ensure_alive(self) -> bool:
        """Start the server again if it died; says whether it had.

        Raises:
            Unavailable: it does not come back.
        """
        with self._guard:
            if self._use is None:
                raise Unavailable(
                    f"The database in {self.data_dir} has not been started.", code="database_stopped"
                )
            if self.is_alive():
                return False
            self._use.revive()
            return True

    def __enter__(self) -> "EmbeddedPostgres":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Use:
    """The locks held by one user while it uses the cluster."""

    def __init__(self, plan: Plan, decisions: FileLock, users: FileLock) -> None:
        self.plan = plan
        self._decisions = decisions
        self._users = users
        self.connection: ConnectionInfo

    @classmethod
    def begin(cls, data_dir: Path, system_root: Path, timeout_s: float) -> "_Use":
        control = prepare_control_dir(data_dir)
        decisions = FileLock(control / "start.lock")
        users = FileLock(control / "users.lock")
        try:
            with decisions.exclusive(timeout_s):
                users.share()
                account = account_for(data_dir)
                home = find_home(control, account, system_root)
                use = cls(Plan(home, account, system_root, timeout_s), decisions, users)
                use._enter()
                return use
        except BaseException:
            users.close()
            decisions.close()
            raise

    def _enter(self) -> None:
        try:
            self._connect()
        except StillRecovering:
            raise
        except BaseException:
            # Ctrl-C during a start must not leave a server that nobody uses.
            self._stop_if_last()
            raise

    def _connect(self) -> None:
        socket_dir = bring_up(self.plan)
        self.connection = ConnectionInfo(socket_dir, read_password(self.plan.home))

    def revive(self) -> None:
        """Start the server again; a cluster that has vanished is not replaced by an empty one under a running Setpiece."""
        if not self.plan.home.cluster.exists():
            raise Unavailable(f"The database in {self.plan.home.cluster} is gone.", code="database_missing")
        with self._decisions.exclusive(self.plan.timeout_s):
            self._connect()

    def end(self) -> None:
        """Leave. Both lock files stay open all along, so this works even when the data folder was deleted."""
        try:
            with self._decisions.exclusive(self.plan.timeout_s):
                self._stop_if_last()
        finally:
            self._users.close()
            self._decisions.close()

    def _stop_if_last(self) -> None:
        """Called under the decision lock, and done with ours before that is released: the next one in shares it."""
        try:
            if self._users.try_exclusive():
                shut_down(self.plan)
        finally:
            self._users.release()


def delete_cluster(
    data_dir: Path, *, system_root: Path = SYSTEM_ROOT, timeout_s: float = START_TIMEOUT_S
) -> None:
    """Delete the database of a data folder for good, also when it is kept outside that folder.

    Raises:
        Conflict: somebody uses it.
    """
    control = prepare_control_dir(data_dir)
    decisions = FileLock(control / "start.lock")
    users = FileLock(control / "users.lock")
    try:
        with decisions.exclusive(timeout_s):
            if not users.try_exclusive():
                raise Conflict(
                    f"The database of {data_dir} is in use: stop Setpiece first.", code="database_in_use"
                )
            account = account_for(data_dir)
            home = find_home(control, account, system_root)
            shut_down(Plan(home, account, system_root, timeout_s))
            with plain_os_errors(home.root):
                if home.cluster.exists():
                    shutil.rmtree(home.cluster)
                if home.root != control:
                    (control / "elsewhere.json").unlink()
                    shutil.rmtree(home.root)
            users.release()
    finally:
        users.close()
        decisions.close()
