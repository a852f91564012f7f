"""How often a voice is known again, and how often a stranger is taken for somebody, with the product's own rule.

Recordings of many people are not part of the project: point SETPIECE_BENCH_VOICES at a folder with sound files named
`PERSON-….flac` (as LibriSpeech names them), some twelve seconds or more of each person. docs/decisions/0014 has what came out.
Of each person a quarter of a minute is listened to: 250 people take some four minutes of two free cores.
"""

import os
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
import numpy.typing as npt

from bench.place import Place
from bench.table import Row
from setpiece.media.identities.model import IdentifyOptions, Near, choose
from setpiece.media.windows import short_windows
from setpiece.providers.speech import weights
from setpiece.providers.speech.campplus import CamPlusPlus
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples, Span

FOLDER_VARIABLE = "SETPIECE_BENCH_VOICES"
OPTIONS = IdentifyOptions()
LINES = {"clean": ("clean",), "telephone": ("telephone",), "either line": ("clean", "telephone")}
KNOWN = (20, 100)
ROUNDS = 30
MOST_S = 15.0  # of each person, on each line: twice what decision 14 found to be enough, one half to be known by, one to be known again
TELL_EVERY = 25
WINDOW_S, HOP_S = 1.5, 0.75  # as the stage that finds speakers has them
PERCENT = 100.0

Vector = npt.NDArray[np.float64]
Halves = dict[str, dict[str, tuple[Vector, Vector]]]
"""Of each person, on each line, the voice of the first half and that of the second."""


async def measure(_place: Place) -> list[Row]:
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        print(f"\nVoices left out: {FOLDER_VARIABLE} names no folder.", flush=True)
        return []
    people = _halves(Path(folder))
    rows = []
    for known in KNOWN:
        for line, lines in LINES.items():
            again, strangers = _trials(people, min(known, len(people) // 2), lines)
            rows += [
                Row(f"{known} known, {line}: known again", again, "%"),
                Row(f"{known} known, {line}: strangers taken for somebody", strangers, "%"),
            ]
    return rows


def _halves(folder: Path) -> Halves:
    embedder = CamPlusPlus(weights.checked(weights.CAMPPLUS), threads=2)
    paths: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*-*.flac")):
        paths[path.name.partition("-")[0]].append(path)
    people: Halves = {}
    for person, of_person in paths.items():
        people[person] = _voices(embedder, of_person)
        if len(people) % TELL_EVERY == 0:
            print(f"{len(people)} of {len(paths)} people", end=" … ", flush=True)
    return people


def _voices(embedder: CamPlusPlus, paths: Sequence[Path]) -> dict[str, tuple[Vector, Vector]]:
    sound = _read(paths)
    found = {}
    for line, samples in (("clean", sound), ("telephone", _through_a_telephone(sound))):
        windows = short_windows([Span(0.0, len(samples) / SAMPLE_RATE_HZ)], WINDOW_S, HOP_S)
        embeddings = embedder.embed(samples, windows)
        middle = len(windows) // 2
        found[line] = _mean(embeddings[:middle]), _mean(embeddings[middle:])
    return found


def _read(paths: Sequence[Path]) -> Samples:
    """As many of the files as are listened to, one after the other."""
    from faster_whisper.audio import decode_audio

    most = round(MOST_S * SAMPLE_RATE_HZ)
    sound: Samples = np.zeros(0, np.float32)
    for path in paths:
        if len(sound) >= most:
            break
        sound = np.concatenate([sound, decode_audio(str(path), SAMPLE_RATE_HZ)])
    return sound[:most]


def _through_a_telephone(samples: Samples) -> Samples:
    """300 to 3400 Hz, a little noise, 8-bit mu-law."""
    from scipy.signal import butter, sosfilt

    band = butter(4, [300, 3400], "band", fs=SAMPLE_RATE_HZ, output="sos")
    narrow = sosfilt(band, samples)
    narrow = narrow / max(1e-6, np.abs(narrow).max()) * 0.8
    noisy = np.clip(narrow + np.random.default_rng(7).normal(0, 0.003, len(narrow)), -1, 1)
    coded = np.round(np.sign(noisy) * np.log1p(255 * np.abs(noisy)) / np.log1p(255) * 127) / 127
    heard: Samples = (np.sign(coded) * (256 ** np.abs(coded) - 1) / 255).astype(np.float32)
    return heard


def _mean(embeddings: npt.NDArray[np.float32]) -> Vector:
    mean = embeddings.mean(axis=0, dtype=np.float64)
    direction: Vector = mean / np.linalg.norm(mean)
    return direction


def _trials(people: Halves, known: int, lines: Sequence[str]) -> tuple[float, float]:
    """Percent of the known who are known again as themselves, and of the strangers who are taken for somebody."""
    chance = random.Random(3)
    again = strangers = asked = asked_strangers = 0
    for _ in range(ROUNDS):
        order = chance.sample(sorted(people), len(people))
        gallery = np.stack([people[person][chance.choice(lines)][0] for person in order[:known]])
        for place, person in enumerate(order):
            found = _who(people[person][chance.choice(lines)][1], gallery)
            if place < known:
                asked, again = asked + 1, again + (found == place)
            else:
                asked_strangers, strangers = asked_strangers + 1, strangers + (found is not None)
    return PERCENT * again / asked, PERCENT * strangers / max(1, asked_strangers)


def _who(voice: Vector, gallery: Vector) -> int | None:
    distances = 1.0 - gallery @ voice
    nearest = np.argsort(distances)[:2]
    near = [Near(0, UUID(int=int(place)), float(distances[place])) for place in nearest]
    chosen = choose(near, OPTIONS).get(0)
    return None if chosen is None else chosen.int
