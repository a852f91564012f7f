"""The foundation: workspaces, keys, the library, playbooks, agents and runs."""

from setpiece.storage.migrations.script import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_script("0001_foundation.sql")
