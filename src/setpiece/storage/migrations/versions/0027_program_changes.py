"""Evidence beside its tally, and word of what changes."""

from setpiece.storage.migrations.script import run_script

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run_script("0027_program_changes.sql")
