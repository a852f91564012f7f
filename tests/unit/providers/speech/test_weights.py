"""Weights are data: checked before use, joined once, never half."""

import hashlib
from pathlib import Path

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.providers.speech import weights
from setpiece.providers.speech.weights import WeightFile, checked, locate, whisper_folder


def test_the_packaged_weights_are_the_ones_we_know():
    for file in (weights.CAMPPLUS, weights.SEGMENTATION):
        assert checked(file).is_file()
        assert file.sha256 in (weights.PACKAGED / "NOTICE.md").read_text(encoding="utf-8")


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weights, "PACKAGED", tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"something else")
    with pytest.raises(Unavailable, match="not the file") as refused:
        checked(WeightFile("model.onnx", hashlib.sha256(b"the model").hexdigest()))
    assert refused.value.code == "weights_changed"


@pytest.mark.parametrize("distribution_name", [None, "no-such-distribution-here", "pytest"])
def test_missing_weights_say_what_to_install(distribution_name: str | None):
    with pytest.raises(Unavailable, match=r"setpiece\[speech\]") as refused:
        checked(WeightFile("nowhere/model.bin", "0" * 64, distribution_name))
    assert refused.value.code == "speech_not_installed"


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small parts in place of the large ones."""
    files = {"part1": b"first half, ", "part2": b"second half", "config.json": b"{}"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(weights, "locate", lambda path, _: tmp_path / path)
    monkeypatch.setattr(weights, "WHISPER_PARTS", (("part1", "one"), ("part2", "two")))
    joined = files["part1"] + files["part2"]
    monkeypatch.setattr(weights, "WHISPER_MODEL_SHA256", hashlib.sha256(joined).hexdigest())
    small = (WeightFile("config.json", hashlib.sha256(b"{}").hexdigest(), "one"),)
    monkeypatch.setattr(weights, "WHISPER_SMALL_FILES", small)
    return tmp_path


def test_the_parts_are_joined_once(parts: Path):
    folder = whisper_folder(parts / "cache")
    assert (folder / "model.bin").read_bytes() == b"first half, second half"
    assert (folder / "config.json").is_file()
    (parts / "part1").unlink()
    assert whisper_folder(parts / "cache") == folder
    assert [one.name for one in (parts / "cache").iterdir()] == [folder.name]


def test_a_damaged_part_leaves_nothing_behind(parts: Path):
    (parts / "part2").write_bytes(b"second hal")
    with pytest.raises(Unavailable):
        whisper_folder(parts / "cache")
    assert list((parts / "cache").iterdir()) == []


def test_a_joined_file_that_was_changed_later_is_refused(parts: Path):
    folder = whisper_folder(parts / "cache")
    (folder / "model.bin").write_bytes(b"changed")
    with pytest.raises(Unavailable, match="not the file"):
        whisper_folder(parts / "cache")


def test_the_parts_of_the_lock_are_installed():
    for path, name in weights.WHISPER_PARTS:
        assert locate(path, name).stat().st_size == 72_608_766
