"""What the writer knows of each language: one file of sentences for each, and one line here."""

from collections.abc import Mapping

from setpiece.agents.sequence.writer.tongues.english import ENGLISH
from setpiece.agents.sequence.writer.tongues.portuguese import PORTUGUESE
from setpiece.agents.sequence.writer.tongues.spanish import SPANISH
from setpiece.agents.sequence.writer.tongues.tongue import Tongue

TONGUES: Mapping[str, Tongue] = {one.code: one for one in (ENGLISH, SPANISH, PORTUGUESE)}
