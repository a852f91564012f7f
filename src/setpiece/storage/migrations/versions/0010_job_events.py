"""Jobs say how far they are, can be canceled, wait for a recording, and take fair turns."""

from setpiece.storage.migrations.script import run_script

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_script("0010_job_events.sql")
