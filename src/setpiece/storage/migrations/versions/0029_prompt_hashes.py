"""A recorded run says which prompt its agent was given."""

from setpiece.storage.migrations.script import run_script

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    run_script("0029_prompt_hashes.sql")
