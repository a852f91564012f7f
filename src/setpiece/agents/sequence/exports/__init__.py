"""Sequences for the tools that send them: a table for each tool, and drafts for any mail program.

A caller makes `Ready` values from kept runs (`ready_from`) and hands them to `as_csv` or `as_drafts`. Nothing here asks a
database, and nothing is sent.
"""

from setpiece.agents.sequence.exports.drafts import as_drafts
from setpiece.agents.sequence.exports.model import Ready, ReadyEmail, ready_from
from setpiece.agents.sequence.exports.tables import TABLES, Table, as_csv

__all__ = ["TABLES", "Ready", "ReadyEmail", "Table", "as_csv", "as_drafts", "ready_from"]
