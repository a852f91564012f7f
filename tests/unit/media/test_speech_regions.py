"""Where somebody speaks, by two models that do not agree."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from setpiece.media.speech import SpeechOptions, find_speech
from setpiece.media.waveform import Waveform
from setpiece.providers.speech.fakes import FakeDetector, FakeSegmenter, conversation, voices_by_frame
from setpiece.providers.speech.ports import Samples, Span

NEAR, FAR, HUM = 1, 2, 3


class Doubting(FakeDetector):
    """Finds what is near; takes what is far for improbable, and a hum for impossible. The segmenter takes all for speech."""

    def find_speech(self, samples: Samples) -> Sequence[Span]:
        return super().find_speech(samples * (voices_by_frame(samples).repeat(160) == NEAR))

    def surest_in(self, samples: Samples, span: Span) -> float:
        assert span.end_s - span.start_s <= 125, "a piece at a time"
        heard = voices_by_frame(samples)[round(span.start_s * 100) : round(span.end_s * 100)]
        return max((0.0, 0.9, 0.2, 0.01)[voice] for voice in heard.tolist())


@pytest.mark.parametrize(
    ("parts", "regions"),
    [
        ([(0, 1), (NEAR, 3), (0, 2), (FAR, 2), (0, 1)], [(1, 4), (6, 8)]),
        ([(0, 1), (NEAR, 3), (0, 2), (HUM, 2), (0, 1)], [(1, 4)]),
        ([(0, 1), (NEAR, 3), (HUM, 2), (0, 1)], [(1, 6)]),
        ([(0, 1), (HUM, 150), (FAR, 2), (0, 1)], [(1, 153)]),
        ([(HUM, 5)], []),
    ],
    ids=["improbable", "ruled out", "not apart from what is detected", "long", "nothing else"],
)
def test_what_only_the_segmenter_hears_counts_unless_the_detector_rules_it_out(
    tmp_path: Path, parts: list[tuple[int, float]], regions: list[tuple[float, float]]
):
    samples = conversation(*parts)
    (tmp_path / "sound").write_bytes(samples.tobytes())
    with (tmp_path / "sound").open("rb") as file:
        found = find_speech(Waveform(file, len(samples)), Doubting(), FakeSegmenter(), SpeechOptions())
    heard = [edge for region in found.regions for edge in (region.start_s, region.end_s)]
    assert heard == pytest.approx([edge for region in regions for edge in region], abs=0.05)
