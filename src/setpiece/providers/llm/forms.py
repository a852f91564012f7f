"""Ways to ask for JSON, best first: a server that does not know one is asked in the next, and remembered so."""

import json
from collections.abc import Sequence

from setpiece.providers.llm.port import Schema

_NOT_UNDERSTOOD = (400, 422, 501)


class Forms:
    """The forms of one vendor's protocol and the words by which an error shows that the form was at fault."""

    def __init__(self, forms: Sequence[str], words: Sequence[str]) -> None:
        self._left = list(forms)
        self._words = words

    @property
    def current(self) -> str:
        return self._left[0]

    def is_at_fault(self, status: int, said: str) -> bool:
        """Whether an error speaks of the form that was used, and another is left."""
        lowered = said.lower()
        return (
            len(self._left) > 1 and status in _NOT_UNDERSTOOD and any(word in lowered for word in self._words)
        )

    def give_up(self, form: str) -> None:
        """Use the next form from now on; of several requests that found out together, one counts."""
        if self.current == form and len(self._left) > 1:
            del self._left[0]


def spelled_out(system: str, schema: Schema) -> str:
    """The rules with the schema beneath, for a form in which the server does not hold the model to it."""
    told = json.dumps(dict(schema), ensure_ascii=False, separators=(",", ":"))
    return f"{system}\n\nAnswer with one JSON object and nothing else. Its JSON Schema:\n{told}"
