"""How often a dying database is restarted."""

from pathlib import Path

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.storage.embedded.watch import Attempts, watch


class Hopeless:
    """A database that is dead and stays dead."""

    data_dir = Path("/srv/data")

    def __init__(self) -> None:
        self.starts = 0

    def is_alive(self) -> bool:
        return False

    def ensure_alive(self) -> bool:
        self.starts += 1
        raise Unavailable("The disk is full.")


class Flapping(Hopeless):
    """A database that starts every time and dies at once."""

    def ensure_alive(self) -> bool:
        self.starts += 1
        return True


async def test_a_database_that_does_not_come_back_is_given_up_with_its_reason():
    database = Hopeless()
    with pytest.raises(Unavailable, match=r"keeps stopping.*The disk is full"):
        await watch(database, interval_s=0, attempts=Attempts((0.0, 0.0, 0.0)))
    assert database.starts == 3


async def test_a_database_that_dies_after_every_start_is_given_up():
    database = Flapping()
    with pytest.raises(Unavailable, match="its log says why"):
        await watch(database, interval_s=0, attempts=Attempts((0.0, 0.0)))
    assert database.starts == 2


def test_waits_grow_and_are_forgotten_after_the_window():
    attempts = Attempts((0.0, 1.0), window_s=60)
    assert [attempts.next_delay_s(now) for now in (0, 10, 20, 100)] == [0.0, 1.0, None, 0.0]
