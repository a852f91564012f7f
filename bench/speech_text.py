"""Spoken and written forms of the same words made equal, so that errors are counted and not spellings. English.

Source: the idea of Whisper's English normaliser; ours knows numbers up to millions, dollars, percent and the
contractions below, and nothing else.
"""

import re

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
MANY = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: number for number, word in enumerate(ONES.split())}
TENS = {word: 10 * number for number, word in enumerate(MANY.split(), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SAME = {
    "ok": "okay",
    "let's": "let us",
    "it's": "it is",
    "that's": "that is",
    "i'm": "i am",
    "we're": "we are",
}
SAME |= {"don't": "do not", "isn't": "is not", "didn't": "did not", "i'll": "i will", "there's": "there is"}
SAME |= {"everyone": "everybody", "mm": "hmm", "mhm": "hmm"}
MONEY = re.compile(r"\$(\d[\d,]*(?:\.\d+)?)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
WORD = re.compile(r"[a-z0-9']+")


def normalised(text: str) -> list[str]:
    lower = MONEY.sub(r"\1 dollars", text.lower().replace("’", "'"))
    lower = THOUSANDS.sub("", lower).replace("%", " percent")
    words = [part for word in WORD.findall(lower) for part in SAME.get(word, word).split()]
    return _with_digits(words)


def _with_digits(words: list[str]) -> list[str]:
    """Runs of number words become one number: `three hundred thousand` is 300000, `forty two` is 42."""
    result: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word in UNITS or word in TENS or (run and word in SCALES):
            run.append(word)
            continue
        if run:
            result.append(str(_value(run)))
            run = []
        if word:
            result.append(word)
    return result


def _value(run: list[str]) -> int:
    total = current = 0
    for word in run:
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
        else:
            current += UNITS.get(word, TENS.get(word, 0))
    return total + current
