"""Kernel locks on files in the data folder.

flock is released by the kernel when its holder ends, however it ends, so no lock here ever goes stale. The files stay
where they are: removing a lock file lets two processes lock two files of one name.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage.embedded.account import inherit_owner
from setpiece.storage.embedded.failures import plain_os_errors
from setpiece.storage.embedded.layout import prepare_data_dir

_POLL_S = 0.02


class FileLock:
    """One open file and the lock held through it. Two instances exclude each other even within one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # O_NOFOLLOW: as root we must not be led out of a folder that another account owns. Python opens files
        # close-on-exec, so the database never inherits the lock.
        with plain_os_errors(path):
            try:
                self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
                inherit_owner(path)
            except FileExistsError:
                self._fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW)

    def share(self) -> None:
        """Take a shared lock, waiting for whoever holds it alone."""
        with plain_os_errors(self.path):
            fcntl.flock(self._fd, fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take the lock alone now, or say that somebody else holds it. On failure a shared lock may be lost too."""
        with plain_os_errors(self.path):
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    @contextmanager
    def exclusive(self, timeout_s: float) -> Iterator[None]:
        """Hold the lock alone for a while.

        Raises:
            Unavailable: others kept it for the whole time.
        """
        deadline = time.monotonic() + timeout_s
        while not self.try_exclusive():
            if time.monotonic() > deadline:
                raise Unavailable(
                    f"Another process has been starting or stopping the database for {timeout_s:.0f} s"
                    f" (it holds {self.path}): wait for it, or end it, and try again.",
                    code="database_busy",
                )
            time.sleep(_POLL_S)
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release the lock and close the file; closing twice is harmless."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def read(self) -> str:
        return os.pread(self._fd, 64, 0).decode(errors="replace").strip()

    def write(self, text: str) -> None:
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, text.encode(), 0)


class ServerLock:
    """One server per data folder; held from start to end of `setpiece serve`."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._lock: FileLock | None = None

    def acquire(self) -> None:
        """Take the folder for this process.

        Raises:
            Conflict: another server has it; the message names the folder and that server's pid when it is known.
        """
        if self._lock is not None:
            return
        prepare_data_dir(self.data_dir)
        lock = FileLock(self.data_dir / "server.lock")
        if not lock.try_exclusive():
            holder = lock.read()
            lock.close()
            raise self._taken(holder)
        lock.write(str(os.getpid()))
        self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            self._lock.write("")
            self._lock.close()
            self._lock = None

    def _taken(self, holder: str) -> Conflict:
        who = f" (process {holder})" if holder.isdigit() else ""
        return Conflict(
            f"Another Setpiece server{who} is using the data folder {self.data_dir}:"
            " stop it, or give this one another folder with --data-dir.",
            code="server_running",
            details={"data_dir": str(self.data_dir), "pid": int(holder) if holder.isdigit() else None},
        )

    def __enter__(self) -> "ServerLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
