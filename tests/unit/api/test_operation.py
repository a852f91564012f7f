"""Reading a body: what is known is taken, the rest is named."""

import pytest
from pydantic import BaseModel

from setpiece.api.operation import validate


class Seat(BaseModel):
    number: int = 0


class Booking(BaseModel):
    name: str
    seat: Seat = Seat()
    seats: list[Seat] = []


@pytest.mark.parametrize(
    ("more", "named"),
    [
        pytest.param({"colour": 1}, "colour", id="outside"),
        pytest.param({"seat": {"colour": 1}}, "seat.colour", id="inside"),
        pytest.param({"seats": [{}, {"colour": 1}]}, "seats[1]colour", id="in a list"),
        pytest.param({"seat": {"": 1}}, "seat.", id="without a name"),
    ],
)
def test_what_no_field_takes_is_named_with_its_place(more: dict[str, object], named: str):
    warnings: list[str] = []
    assert validate(Booking, {"name": "A"} | more, warnings).name == "A"
    assert warnings == [f"Ignored unknown fields: {named}."]
