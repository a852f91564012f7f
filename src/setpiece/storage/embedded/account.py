"""The operating system account the database runs as, and running programs as it."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.failures import OWN_SERVER, cannot_run

RUN_TIMEOUT_S = 180
"""Bound on one tool run; initdb takes under a second on a laptop, a slow network disk needs far more."""


@dataclass(frozen=True)
class Account:
    """Who owns the cluster's files and runs the server."""

    uid: int
    gid: int
    switches: bool
    """We are root, so programs are started as this account and files are handed over to it."""

    def give(self, path: Path) -> None:
        """Hand a path that we made to this account."""
        if self.switches:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can(self, test: str, path: Path) -> bool:
        """Whether this account passes `test` (a letter of test(1): x, r, d) on a path, by trying it."""
        return self.run([Path("/bin/sh"), "-c", f'test -{test} "$0"', path]).returncode == 0

    def run(self, argv: Sequence[str | Path], *, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account, in a session of its own so that Ctrl-C does not reach it.

        Only PATH is passed on: our environment holds secrets, and PG* variables would change what the tools do.

        Raises:
            Unavailable: the program does not start, or does not end in time.
        """
        try:
            return subprocess.run(  # noqa: S603 - a list without a shell, of our own programs
                [str(part) for part in argv],
                input=stdin,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                cwd="/",
                umask=0o077,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                timeout=RUN_TIMEOUT_S,
                **self._switch(),
            )
        except subprocess.TimeoutExpired as error:
            raise Unavailable(f"{argv[0]} did not finish within {RUN_TIMEOUT_S} s.") from error
        except OSError as error:
            raise cannot_run(Path(argv[0]), error) from error

    def _switch(self) -> dict[str, Any]:
        if not self.switches:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def inherit_owner(path: Path) -> None:
    """Give what root just made to the owner of its folder, who must be able to use it without root later."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid, follow_symlinks=False)


def account_for(data_dir: Path) -> Account:
    """The account for a data folder: ourselves; when we are root, the folder's owner, or nobody if root owns it."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switches=False)
    owner = data_dir.stat().st_uid
    listed = _lookup(owner) if owner != 0 else None
    entry = listed or _nobody()
    return Account(entry.pw_uid, entry.pw_gid, switches=True)


def _lookup(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Unavailable(
            "Setpiece runs as root, PostgreSQL refuses root, and this system has no account `nobody` to use instead:"
            f" run Setpiece as a plain user, or {OWN_SERVER}.",
            code="cannot_switch_account",
        ) from None
