"""Who of a unit was contacted first."""

from setpiece.storage.migrations.script import run_script

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    run_script("0037_first_contacted.sql")
