"""What is wrong with a library file, gathered so that it can be told at once."""

from setpiece.kernel.errors import Invalid

_MOST_NAMED = 5  # in the message; more do not fit a screen
_MOST_KEPT = 200  # in the details; more help nobody


class Problems:
    """Problems in the order in which they were found; each names its place."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.total = 0

    def add(self, place: str, what: str) -> None:
        self.total += 1
        if len(self.kept) < _MOST_KEPT:
            self.kept.append(f"{place}: {what}" if place else what)

    def copy(self) -> "Problems":
        other = Problems()
        other.kept, other.total = list(self.kept), self.total
        return other

    def refuse_any(self) -> None:
        """Raises Invalid when there is one; `details` has the `problems` that were kept, and their `total`."""
        if not self.total:
            return
        more = f"; and {self.total - _MOST_NAMED} more" if self.total > _MOST_NAMED else ""
        told = f"{'; '.join(self.kept[:_MOST_NAMED])}{more}"
        raise Invalid(
            f"Nothing was imported: {told}{'' if told.endswith('?') else '.'}",
            code="invalid_library",
            details={"problems": self.kept, "total": self.total},
        )
