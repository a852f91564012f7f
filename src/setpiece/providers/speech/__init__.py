"""Models that hear: where speech is, who speaks at once, whose voice it is, what is said, how high.

What lives here: `ports` (the five capabilities and their values), `fakes` (all five, without weights), one file for
each real model (`silero`, `segmentation`, `campplus`, `whisper`, `praat`), `weights` (files checked against their
hashes) and `models` (all five loaded together, once per worker). Imports only the kernel; the heavy packages of the
extra `speech` are imported inside the functions that need them, so that a server without the extra starts.
"""
