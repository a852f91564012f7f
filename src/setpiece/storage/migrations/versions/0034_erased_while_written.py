"""People who are erased while an agent writes to them."""

from setpiece.storage.migrations.script import run_script

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    run_script("0034_erased_while_written.sql")
