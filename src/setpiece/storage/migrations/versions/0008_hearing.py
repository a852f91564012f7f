"""Hearing: what was wished for a recording, why it could not be heard, and the results of its stages."""

from setpiece.storage.migrations.script import run_script

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_script("0008_hearing.sql")
