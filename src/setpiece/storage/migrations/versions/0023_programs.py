"""Programs, their versions and their runs."""

from setpiece.storage.migrations.script import run_script

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run_script("0023_programs.sql")
