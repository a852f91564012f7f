"""Jobs that wait for a recording go on when it is ready, or never will be."""

from setpiece.storage.migrations.script import run_script

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_script("0014_waiting.sql")
