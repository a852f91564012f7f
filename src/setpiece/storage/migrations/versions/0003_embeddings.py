"""Embeddings of what is chosen among, and the list of what lacks one."""

from setpiece.storage.migrations.script import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_script("0003_embeddings.sql")
