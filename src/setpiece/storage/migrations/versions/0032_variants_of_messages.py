"""Which variant of the messages a lead got."""

from setpiece.storage.migrations.script import run_script

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run_script("0032_variants_of_messages.sql")
