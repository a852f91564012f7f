"""What finding moments knows of each language: its files of rules, and one line here."""

from collections.abc import Mapping

from setpiece.reports.moments.rules.english_asked import ENGLISH
from setpiece.reports.moments.rules.rule import Language

LANGUAGES: Mapping[str, Language] = {one.code: one for one in (ENGLISH,)}
