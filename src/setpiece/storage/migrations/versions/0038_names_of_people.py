"""People are found by a name of theirs, in whichever epoch."""

from setpiece.storage.migrations.script import run_script

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    run_script("0038_names_of_people.sql")
