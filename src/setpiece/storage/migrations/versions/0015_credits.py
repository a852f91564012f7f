"""Credits: what jobs reserve and cost, a journal of everything that is counted, and feedback."""

from setpiece.storage.migrations.script import run_script

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_script("0015_credits.sql")
