"""Indexes beneath the foreign keys of programs."""

from setpiece.storage.migrations.script import run_script

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    run_script("0035_keys_of_programs.sql")
