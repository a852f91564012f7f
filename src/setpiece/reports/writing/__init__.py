"""Writing: from moments to a report in sections, its Markdown and its evidence. The way in is `write_report`.

model      what is asked, what comes out, and what stands between
templates  the sections of each template
plan/      which moments serve which section
frames/    the sentences of each language
realise    points become sentences; nothing is said or quoted twice
compose    the whole report as statements
document   the contract's document and the evidence
markdown   the same words as Markdown
library    facts of the offering behind needs and doubts
llm/       a language model writes from the same points, and is checked
write      the way in
"""

from setpiece.reports.writing.model import Ask, LibraryFact, Template, Tools, Written
from setpiece.reports.writing.write import write_report

__all__ = ["Ask", "LibraryFact", "Template", "Tools", "Written", "write_report"]
