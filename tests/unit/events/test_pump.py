"""Which of the deliveries that are due may be begun."""

from uuid import UUID, uuid4

from setpiece.events.pump import Bounds, Due, choose

BOUNDS = Bounds(at_once=6, per_target=2, per_workspace=4)
ONE, OTHER = UUID(int=1), UUID(int=2)


def due(target: str, workspace: UUID = ONE, count: int = 1) -> list[Due]:
    return [Due(uuid4(), workspace, target) for _ in range(count)]


def test_a_host_with_a_thousand_due_takes_no_more_than_its_part():
    many, single = due("a.example", count=1_000), due("b.example")
    assert choose([*many, *single], [], BOUNDS) == [*many[:2], *single]


def test_another_workspace_s_events_for_the_same_host_have_their_own_turns():
    mine, theirs = due("a.example", count=10), due("a.example", OTHER, count=10)
    assert choose([*mine, *theirs], [], BOUNDS) == [*mine[:2], *theirs[:2]]


def test_what_is_under_way_counts():
    first, second = due("a.example", count=2), due("a.example", count=2)
    assert choose(second, first, BOUNDS) == []
    assert choose(second, first[:1], BOUNDS) == second[:1]


def test_a_workspace_that_names_many_hosts_leaves_room_for_others():
    many = [one for number in range(10) for one in due(f"{number}.example")]
    other = due("a.example", OTHER)
    assert choose([*many, *other], [], BOUNDS) == [*many[:4], *other]


def test_no_more_than_the_bound_at_once_and_the_longest_due_first():
    many = [one for number in range(10) for one in due(f"{number}.example", UUID(int=number))]
    assert choose(many, [], BOUNDS) == many[:6]
    assert choose(many[6:], many[:6], BOUNDS) == []
