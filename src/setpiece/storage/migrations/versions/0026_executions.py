"""Executed runs of programs: messages, what went out, exports, kill switches."""

from setpiece.storage.migrations.script import run_script

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    run_script("0026_executions.sql")
