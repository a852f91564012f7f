"""German compounds taken apart: `Datenanalystin` is a data analyst."""

from collections.abc import Mapping

from setpiece.library.titles.vocabulary.phrases import Words

_LEAST_LETTERS = 8
_LEAST_TAIL = 4
_JOINTS = ("", "s", "n", "en", "es", "e")
"""Letters between two parts: `vertrieb-s-leiter`, `kunde-n-service`."""


class Compounds:
    """Knows the parts and what they mean in English.

    `tails` are posts (`leiter`), whose meaning goes behind that of the part before; `heads` stand before others only
    (`kunden`); `words` stand anywhere.
    """

    def __init__(
        self, words: Mapping[Words, Words], heads: Mapping[Words, Words], tails: Mapping[Words, Words]
    ) -> None:
        single = {word[0]: meaning for word, meaning in words.items() if len(word) == 1}
        self._heads = single | {word[0]: meaning for word, meaning in heads.items() if len(word) == 1}
        self._tails = single | {word[0]: meaning for word, meaning in tails.items()}

    def split(self, word: str) -> Words | None:
        """The English words of a compound, its last part as long as can be; None when its parts are not all known."""
        whole = self._feminine(word)
        for at in range(1 if len(whole) >= _LEAST_LETTERS else len(whole), len(whole) - _LEAST_TAIL + 1):
            tail = self._tails.get(whole[at:])
            head = self._head(whole[:at]) if tail else None
            if head and tail:
                return (*head, *tail)
        return None

    def _head(self, part: str) -> Words | None:
        for joint in _JOINTS:
            if joint and not part.endswith(joint):
                continue
            bare = part.removesuffix(joint) if joint else part
            if found := self._heads.get(bare):
                return found
        return self.split(part.removesuffix("s"))

    def _feminine(self, word: str) -> str:
        """`analystin` is an analyst, and so is one of several `analystinnen`."""
        return word.removesuffix("nen").removesuffix("in") if word.endswith(("in", "innen")) else word
