"""What must hold for every report, whatever was said: the rules as a function over a report and its call."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from setpiece.kernel.clock import show_place
from setpiece.reports.model import Call
from setpiece.reports.writing import LibraryFact, Written

QUOTED = re.compile(r"“([^”]*)”|«([^»]*)»")
TIMED = re.compile(r"\d+:\d\d(?::\d\d)?")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SENTENCE = re.compile(r"(?<=[.!?])(?<!Mr\.)(?<!Ms\.)(?<!Dr\.) (?=[^a-zà-ÿ])")


def problems_with(written: Written, call: Call, library: tuple[LibraryFact, ...] = ()) -> list[str]:
    """Everything that is wrong; empty for a report that may be read."""
    return [
        *_unheard(written, call),
        *_without_evidence(written),
        *_numbers(written, call, library),
        *_repeated(written),
        *_quoted_often(written),
        *_unanswered_evidence(written),
    ]


def texts(written: Written) -> Iterator[str]:
    document = written.document
    yield document["title"]
    yield document["summary"]
    for section in document["sections"]:
        yield from [section["body"]] if "body" in section else []
        yield from section.get("phrases", ())
        for item in section.get("items", ()):
            yield from (item["title"], item["context"])


def quotations(written: Written) -> list[str]:
    return [match[1] or match[2] for text in texts(written) for match in QUOTED.finditer(text)]


def statements(written: Written) -> list[dict[str, Any]]:
    evidence = written.evidence
    parts = [evidence["summary"], *evidence["sections"].values()]
    return [one for part in parts for one in part["statements"]]


def _unheard(written: Written, call: Call) -> Iterator[str]:
    heard = "\n".join(turn.text for turn in call.turns.turns)
    folded = heard.casefold()
    for quotation in quotations(written):
        if quotation not in heard and quotation.casefold() not in folded.split():
            yield f"was never said: {quotation}"
    for statement in statements(written):
        for quote in [*statement["quotes"], *statement["cites"]]:
            if not any(_says(turn, quote) for turn in call.turns.turns):
                yield f"not by this speaker at this time: {quote}"


def _says(turn: Any, quote: dict[str, Any]) -> bool:
    is_inside = turn.start_s - 0.01 <= quote["startSeconds"] <= quote["endSeconds"] <= turn.end_s + 0.01
    return turn.speaker == quote["speakerIndex"] and is_inside and quote["text"] in turn.text


def _without_evidence(written: Written) -> Iterator[str]:
    known = [quote["text"] for one in statements(written) for quote in [*one["quotes"], *one["cites"]]]
    for quotation in quotations(written):
        if len(quotation.split()) > 1 and not any(quotation in text for text in known):
            yield f"quoted without evidence: {quotation}"


def _numbers(written: Written, call: Call, library: tuple[LibraryFact, ...]) -> Iterator[str]:
    heard = " ".join(turn.text for turn in call.turns.turns)
    allowed = set(NUMBER.findall(heard)) | _measured(call, written) | {"30"}
    allowed |= set(NUMBER.findall(" ".join(one.text + one.name for one in library)))
    times = {
        show_place(q["startSeconds"]) for one in statements(written) for q in [*one["quotes"], *one["cites"]]
    }
    for text in texts(written):
        bare = QUOTED.sub("", text)
        yield from (f"a time of nothing: {one}" for one in TIMED.findall(bare) if one not in times)
        for number in NUMBER.findall(TIMED.sub("", bare)):
            if number not in allowed:
                yield f"a number from nowhere: {number} in {text[:80]}"


def _measured(call: Call, written: Written) -> set[str]:
    speaker = written.evidence["speakerIndex"]
    measures = next((one for one in call.measures.speakers if one.speaker == speaker), None)
    if measures is None:
        return set()
    delay = measures.response_delay_median_s
    values = {
        round(measures.talk_share_ratio * 100),
        round(measures.speech_s),
        int(measures.speech_s),
        round(measures.speech_s / 60),
        measures.turn_count,
        measures.interruption_count,
        round(measures.longest_monologue_s),
    }
    return {str(one) for one in values} | (
        {f"{delay:.1f}", f"{delay:.1f}".replace(".", ",")} if delay else set()
    )


def _repeated(written: Written) -> Iterator[str]:
    said = Counter(sentence for text in texts(written) for sentence in SENTENCE.split(QUOTED.sub("“”", text)))
    plain = Counter(sentence for text in texts(written) for sentence in _sentences(text))
    yield from (f"said {times} times: {one}" for one, times in plain.items() if times > 1)
    yield from (f"one form {times} times: {one}" for one, times in said.items() if times > 2)


def _sentences(text: str) -> list[str]:
    """Split where the writer's sentences end, not those that it quotes."""
    return SENTENCE.split(QUOTED.sub(lambda match: match[0].replace(" ", "_"), text))


def _quoted_often(written: Written) -> Iterator[str]:
    counted = Counter((q["startSeconds"], q["text"]) for one in statements(written) for q in one["quotes"])
    yield from (f"quoted {times} times: {one}" for one, times in counted.items() if times > 2)


def _unanswered_evidence(written: Written) -> Iterator[str]:
    """Each section has evidence, and each statement of it is in the document; or it says that there is none."""
    body = {section["key"]: str(section) for section in written.document["sections"]}
    for key, part in written.evidence["sections"].items():
        if part["hasEvidence"] != bool(part["statements"]) or (
            not part["statements"] and not part.get("note")
        ):
            yield f"{key} does not say whether it has evidence"
        for one in part["statements"]:
            if repr(one["text"])[1:-1] not in body[key]:
                yield f"{key} lacks {one['text']}"
            if not (one["quotes"] or one["cites"] or one["measures"] or one["rules"]):
                yield f"{key} rests on nothing: {one['text']}"
