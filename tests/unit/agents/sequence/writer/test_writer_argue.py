"""Leads that cannot win are passed over; who wins stays the same."""

import pytest
from writer_example import ENGINEER, FOUNDER, REVOPS, example_brief

from setpiece.agents.sequence.writer import write
from setpiece.agents.sequence.writer.argue import Arguments

READERS = {"revops": REVOPS, "founder": FOUNDER, "engineer": ENGINEER}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_the_argument_found_is_the_first_of_the_best_over_all_leads(monkeypatch, reader):
    seen, leads_in_all = [], 0
    find = Arguments._best_of

    def find_and_compare(self, leads, *rest):
        nonlocal leads_in_all
        leads_in_all += len(leads)
        found = find(self, leads, *rest)
        alone = [one for lead in leads if (one := find(self, [lead], *rest)) is not None]
        seen.append((found, max(alone, key=lambda one: one.score, default=None)))
        return found

    monkeypatch.setattr(Arguments, "_best_of", find_and_compare)
    write(example_brief(reader, context=("They are hiring five SDRs.",), num_emails=7))
    assert leads_in_all > 50
    assert all(found == best for found, best in seen)
