"""The languages of reports: their files of sentences, and one line here."""

from collections.abc import Mapping

from setpiece.reports.writing.frames.english import ENGLISH
from setpiece.reports.writing.frames.portuguese import PORTUGUESE
from setpiece.reports.writing.frames.spanish import SPANISH
from setpiece.reports.writing.frames.tongue import Tongue

TONGUES: Mapping[str, Tongue] = {one.code: one for one in (ENGLISH, SPANISH, PORTUGUESE)}
