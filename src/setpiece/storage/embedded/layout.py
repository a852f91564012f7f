"""Which folder holds what.

    <data_dir>/                     0700; 0711 when root makes it, so that the database's account can pass through
        server.lock                 held by `setpiece serve`
        postgres/
            start.lock  users.lock
            elsewhere.json          only when the cluster lives outside the data folder
            cluster/                0700, renamed into place whole: data/ (PGDATA), password, log/
            run/                    0700, the socket, when its path is short enough

When root runs the database as another account and that account cannot enter the data folder (it lies under /root, say), no
parent folder is opened up: the cluster goes to `<system_root>/clusters/<random id>/` and `elsewhere.json` names it. A new
data folder at an old path has no such file, so it never meets another folder's data.
"""

import hashlib
import json
import os
import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

import structlog

from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage.embedded.account import Account, inherit_owner
from setpiece.storage.embedded.connection import PORT
from setpiece.storage.embedded.failures import plain_os_errors
from setpiece.storage.embedded.probe import socket_file

log = structlog.get_logger(__name__)

SYSTEM_ROOT = Path("/var/db/setpiece" if sys.platform == "darwin" else "/var/lib/setpiece")
"""Where root keeps what the database's account cannot reach otherwise."""

_LONGEST_SOCKET_PATH = 103
"""Bytes; sun_path holds 104 with its final NUL on macOS, 108 on Linux."""
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+-]+")
"""PostgreSQL splits socket folders at commas and clients split hosts at commas and colons."""
_SHORT_ROOT = Path(
    "/", "tmp"
)  # fixed, not TMPDIR: every process must find the same socket; its owner is checked


@dataclass(frozen=True)
class Home:
    """Where one cluster lives."""

    root: Path

    @property
    def cluster(self) -> Path:
        return self.root / "cluster"

    @property
    def pgdata(self) -> Path:
        return self.cluster / "data"

    @property
    def password_file(self) -> Path:
        return self.cluster / "password"

    @property
    def log_dir(self) -> Path:
        return self.cluster / "log"

    @property
    def run_dir(self) -> Path:
        """Folder of the socket: beside the cluster, or a short one under /tmp when that path is too long."""
        beside = self.root / "run"
        if len(os.fsencode(socket_file(beside, PORT))) <= _LONGEST_SOCKET_PATH and _PLAIN_PATH.fullmatch(
            str(beside)
        ):
            return beside
        key = hashlib.sha256(os.fsencode(self.pgdata)).hexdigest()[:16]
        return _SHORT_ROOT / f"setpiece-{key}"


def prepare_data_dir(data_dir: Path) -> None:
    """Make the data folder if it is missing; one that exists is left as it is."""
    with plain_os_errors(data_dir):
        try:
            data_dir.mkdir(mode=_passable_mode(), parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise _no_folder(data_dir, "a file is in its place") from None
        except FileNotFoundError:
            raise _no_folder(data_dir, "nothing can be made there") from None


def _no_folder(data_dir: Path, why: str) -> Unavailable:
    return Unavailable(
        f"{data_dir} cannot be the data folder, because {why}: choose another one.", code="no_folder"
    )


def prepare_control_dir(data_dir: Path) -> Path:
    """`<data_dir>/postgres`, made if it is missing."""
    prepare_data_dir(data_dir)
    control = data_dir / "postgres"
    with plain_os_errors(control):
        if not control.is_dir():
            control.mkdir(mode=_passable_mode())
            inherit_owner(control)
    return control.resolve()


def private_dir(path: Path, account: Account) -> Path:
    """A folder that only `account` may enter, made if it is missing.

    Raises:
        Unavailable: the name is taken by something that others may have planted.
    """
    with plain_os_errors(path):
        try:
            path.mkdir(mode=0o700)
            account.give(path)
        except FileExistsError:
            if is_unmade(path):
                account.give(path)
    if not is_private(path, account):
        raise Unavailable(
            f"{path} should be a private folder of this database and is not: remove it and start again.",
            code="folder_not_private",
        )
    return path


def is_private(path: Path, account: Account) -> bool:
    """A real folder, owned by the account, closed to everybody else."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return (found.st_mode & 0o170777) == 0o040700 and found.st_uid == account.uid


def is_unmade(path: Path) -> bool:
    """Root made this folder and was killed before handing it over."""
    found = path.lstat()
    return os.geteuid() == 0 and (found.st_mode & 0o170777) == 0o040700 and found.st_uid == 0


def find_home(control: Path, account: Account, system_root: Path) -> Home:
    """Where the cluster of this data folder lives, or will live. Call it under the start lock.

    Raises:
        Conflict: the data folder is a copy of another one and both name the same cluster.
        Unavailable: the place cannot be reached, or what it held is gone.
    """
    pointer = control / "elsewhere.json"
    if pointer.exists():
        return _follow(pointer, system_root)
    if not account.switches or account.can("x", control):
        return Home(control)
    if Home(control).cluster.exists():
        raise Unavailable(
            f"The account that runs the database can no longer enter {control}:"
            " give back its way through the folders above, or move the data folder to where it has one.",
            code="permission_denied",
        )
    return _settle_elsewhere(pointer, system_root)


def _follow(pointer: Path, system_root: Path) -> Home:
    with plain_os_errors(pointer):
        place = system_root / "clusters" / json.loads(pointer.read_text())["cluster"]
    if not place.is_dir() or place.lstat().st_uid != os.geteuid():
        raise Unavailable(
            f"The database of this data folder was kept in {place}, which is gone or not ours:"
            f" restore it, or delete {pointer} to begin with an empty database.",
            code="database_missing",
        )
    _claim(place, pointer)
    return Home(place)


def _claim(place: Path, pointer: Path) -> None:
    """See that no second data folder, a copy of the first, uses this cluster; a folder that was moved may."""
    origin = place / "origin"
    with plain_os_errors(place):
        other = Path(origin.read_text())
        if other == pointer:
            return
        if other.exists() and other.read_text() == pointer.read_text():
            raise Conflict(
                f"The data folder {pointer.parent.parent} is a copy of {other.parent.parent}, and both name the database in"
                f" {place}: delete {pointer} to begin with an empty database here.",
                code="data_folder_copied",
            )
        write_whole(origin, str(pointer))


def _settle_elsewhere(pointer: Path, system_root: Path) -> Home:
    cluster = secrets.token_hex(16)
    place = system_root / "clusters" / cluster
    prepare_system_root(system_root)
    with plain_os_errors(place):
        for folder in (place.parent, place):
            _make_passable(folder, 0o711)
        write_whole(place / "origin", str(pointer))
        write_whole(pointer, json.dumps({"cluster": cluster, "place": str(place)}))
    log.warning("database_kept_outside_data_folder", data_dir=str(pointer.parent.parent), place=str(place))
    return Home(place)


def prepare_system_root(system_root: Path) -> None:
    """Make root's own place for clusters and binaries; refuse one that another account could have prepared."""
    with plain_os_errors(system_root):
        system_root.parent.mkdir(parents=True, exist_ok=True)
        _make_passable(system_root, 0o755)
        found = system_root.lstat()
    if found.st_uid != os.geteuid() or (found.st_mode & 0o170022) != 0o040000:
        raise Unavailable(
            f"{system_root} must be a folder that belongs to root and that only root can write to.",
            code="folder_not_private",
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, finds the old text or the new one."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    with aside.open("x") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)


def _make_passable(folder: Path, mode: int) -> None:
    """Make a folder of ours with this very mode, whatever the umask; one that exists is left as it is."""
    if not folder.exists():
        folder.mkdir()
        folder.chmod(mode)


def _passable_mode() -> int:
    return 0o711 if os.geteuid() == 0 else 0o700
