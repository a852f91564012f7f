"""How well an entity answers a question: words in common, in its name and in its text, and the reader's job title.

    score = sum(weight x value) / sum(weight)        over the signals that take part

Values are from 0 to 1; the words are weighed by rarity among what is compared (`matching.overlap`). The title takes
part only when one is given, and only for kinds that list titles. The weights are judgement, not measured.
"""

from collections.abc import Iterable, Sequence

from setpiece.agents.context.model import Document, Passage, Question
from setpiece.library.kind import Shape
from setpiece.library.model import Entity, named_texts
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.titles.terms import persona_terms, prospect_terms
from setpiece.library.titles.words import content_words
from setpiece.matching.overlap import Overlap, quoted

TEXT_WEIGHT, NAME_WEIGHT, TITLE_WEIGHT = 60, 25, 30
_TITLE_VALUES = (
    ("t:", 1.0, "lists this job title"),
    ("fs:", 0.8, "lists this function and level"),
    ("f:", 0.5, "lists this function"),
)
_BESIDE = 0.3
"""What words that only say for whom it is asked count, beside the question's own."""
_MOST_PASSAGES = 3


def rank(question: Question, found: Sequence[Entity], most: int) -> list[Document]:
    """The best documents, best first; equals in the order of the kinds and of their age. Those without any score are left out."""
    scorer = _Scorer(question, found)
    scored = [(scorer.score(one), at, one) for at, one in enumerate(found)]
    best = sorted((each for each in scored if each[0] > 0), key=lambda each: (-each[0], each[1]))[:most]
    return [Document(one, score, scorer.reason(one), scorer.passages(one)) for score, _, one in best]


class _Scorer:
    def __init__(self, question: Question, found: Sequence[Entity]) -> None:
        self._asked = content_words(question.text)
        beside = (
            content_words(" ".join(filter(None, (question.details, question.company_name)))) - self._asked
        )
        texts = {
            str(one.id): content_words(" ".join(named_texts(KIND_BY_NAME[one.kind], one))) for one in found
        }
        names = {str(one.id): content_words(one.name) for one in found}
        self._text, self._name, self._beside = (
            Overlap(self._asked, texts),
            Overlap(self._asked, names),
            Overlap(beside, texts),
        )
        self._title = (
            frozenset(prospect_terms(question.job_title, None, ())) if question.job_title else frozenset()
        )

    def score(self, entity: Entity) -> float:
        key = str(entity.id)
        text = self._text.value(key) if self._asked else 0.0
        words = text + _BESIDE * (1 - text) * self._beside.value(key)
        total, weights = TEXT_WEIGHT * words + NAME_WEIGHT * self._name.value(key), TEXT_WEIGHT + NAME_WEIGHT
        if self._title and KIND_BY_NAME[entity.kind].title_field:
            total, weights = total + TITLE_WEIGHT * self._title_value(entity)[0], weights + TITLE_WEIGHT
        return round(total / weights, 4)

    def reason(self, entity: Entity) -> str:
        """Which words and which title made the score."""
        key = str(entity.id)
        parts = []
        if named := self._name.telling(key):
            parts.append(f"its name has {quoted(named)}")
        if said := [one for one in self._text.telling(key) if one not in named]:
            parts.append(f"its text has {quoted(said)}")
        if self._title and (note := self._title_value(entity)[1]):
            parts.append(f"it {note}")
        if not parts and (near := self._beside.telling(key)):
            parts.append(f"it has {quoted(near)} from the additional context")
        return f"{'; '.join(parts)}." if parts else "It shares a term."

    def passages(self, entity: Entity) -> tuple[Passage, ...]:
        """The texts with most of the question's words, best first."""
        found = [(len(self._asked & content_words(one.text)), one) for one in _texts(entity)]
        best = sorted((each for each in found if each[0]), key=lambda each: -each[0])
        return tuple(one for _, one in best[:_MOST_PASSAGES])

    def _title_value(self, entity: Entity) -> tuple[float, str]:
        kind = KIND_BY_NAME[entity.kind]
        if kind.title_field is None:
            return 0.0, ""
        shared = self._title & persona_terms(entity.name, entity.texts(kind.title_field))
        for prefix, value, note in _TITLE_VALUES:
            if any(term.startswith(prefix) for term in shared):
                return value, note
        return 0.0, ""


def _texts(entity: Entity) -> Iterable[Passage]:
    if entity.description:
        yield Passage("description", 0, entity.description)
    for field in KIND_BY_NAME[entity.kind].fields:
        if field.shape in (Shape.TEXT, Shape.TEXTS):
            yield from (Passage(field.name, at, text) for at, text in enumerate(entity.texts(field.name)))
