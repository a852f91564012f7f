"""The kinds of the library, in the order in which a file is written and read."""

from setpiece.kernel.errors import NotFound
from setpiece.library.alternative import ALTERNATIVE
from setpiece.library.buying_trigger import BUYING_TRIGGER
from setpiece.library.competitor import COMPETITOR
from setpiece.library.core_feature import CORE_FEATURE
from setpiece.library.kind import Kind
from setpiece.library.objection import OBJECTION
from setpiece.library.persona import PERSONA
from setpiece.library.product import PRODUCT
from setpiece.library.proof_point import PROOF_POINT
from setpiece.library.reference import REFERENCE
from setpiece.library.segment import SEGMENT
from setpiece.library.service_offering import SERVICE
from setpiece.library.use_case import USE_CASE

KINDS: tuple[Kind, ...] = (
    PRODUCT,
    SERVICE,
    CORE_FEATURE,
    PERSONA,
    SEGMENT,
    USE_CASE,
    COMPETITOR,
    ALTERNATIVE,
    OBJECTION,
    BUYING_TRIGGER,
    PROOF_POINT,
    REFERENCE,
)


def kind_named(name: str, kinds: tuple[Kind, ...] = KINDS) -> Kind:
    """Raises NotFound when there is no such kind."""
    for kind in kinds:
        if kind.name == name:
            return kind
    raise NotFound(f"There is no kind '{name}'; there are {', '.join(kind.name for kind in kinds)}.")


def offering_kinds(kinds: tuple[Kind, ...] = KINDS) -> tuple[str, ...]:
    return tuple(kind.name for kind in kinds if kind.is_offering)
