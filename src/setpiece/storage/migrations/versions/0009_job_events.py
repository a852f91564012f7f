"""Jobs say how far they are, can be canceled, wait for a recording, and take fair turns."""

from setpiece.storage.migrations.script import run_script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_script("0009_job_events.sql")
