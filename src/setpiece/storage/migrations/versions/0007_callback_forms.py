"""What a callback is sent: the answer of a run, or an event."""

from setpiece.storage.migrations.script import run_script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_script("0007_callback_forms.sql")
