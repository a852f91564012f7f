"""Corrections of the speakers of a recording."""

from setpiece.storage.migrations.script import run_script

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_script("0012_corrections.sql")
