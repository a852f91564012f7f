"""Text from outside within a prompt: each one a JSON string on a line of its own, which nothing in it can end or hide."""

import json
from collections.abc import Iterable


def quoted(text: str) -> str:
    """The text as a line of data. Markup is spelt out, and so are characters that nobody sees, such as tags and turned writing: a model reads them."""
    spelt = json.dumps(text, ensure_ascii=False)
    return "> " + "".join(_escaped(one) if one in "<>" or not one.isprintable() else one for one in spelt)


def quoted_each(texts: Iterable[str]) -> str:
    return "\n".join(map(quoted, texts))


def _escaped(character: str) -> str:
    """As JSON spells it, in one or two code units."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
