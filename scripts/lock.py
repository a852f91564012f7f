"""Renews the locks from pyproject.toml: `make lock`, or `make lock ARGS=--upgrade` for the newest versions.

The locks hold names, versions and hashes. They never name a registry, so that they work behind a mirror too.
"""

import subprocess
import sys

from bootstrap import ROOT, VENV, VENV_PYTHON, Command, uv_environment

OLDEST_PYTHON = "3.11"

# What goes into each lock. A later lock keeps the versions of an earlier one.
SOURCES_BY_LOCK = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-speech.txt": [
        "pyproject.toml",
        *("--extra", "speech", "--extra", "mcp", "--constraints", "requirements.txt"),
    ],
    "requirements-dev.txt": [
        "pyproject.toml",
        *("--extra", "speech", "--extra", "mcp", "--group", "dev", "--group", "build"),
        *("--constraints", "requirements-speech.txt"),
    ],
    "requirements-build.txt": ["--group", "build", "--constraints", "requirements-dev.txt"],
    "requirements-bootstrap.txt": ["-"],
    # The S3 server of the tests: a process of its own, because its libraries want an older python-dateutil than procrastinate.
    "requirements-s3.txt": ["-"],
}
READ_FROM_STDIN_BY_LOCK = {
    "requirements-bootstrap.txt": "uv\n",
    "requirements-s3.txt": "moto[server]>=5.2.5\n",
}


def main(arguments: list[str]) -> None:
    for lock in SOURCES_BY_LOCK:
        compile_lock(lock, arguments)
        remove_hosts(lock)


def compile_lock(lock: str, arguments: list[str]) -> None:
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", OLDEST_PYTHON]
    command: Command = [
        VENV / "bin" / "uv",
        "pip",
        "compile",
        "--quiet",
        "--custom-compile-command",
        "make lock",
    ]
    subprocess.run(  # noqa: S603 - our own command
        [*command, *options, *SOURCES_BY_LOCK[lock], "--output-file", lock, *arguments],
        cwd=ROOT,
        env=uv_environment([VENV_PYTHON, "-m", "pip"]),
        input=READ_FROM_STDIN_BY_LOCK.get(lock, ""),
        text=True,
        check=True,
    )


def remove_hosts(lock: str) -> None:
    """Drops option lines that name a place to download from, and stops at a requirement that does."""
    path = ROOT / lock
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("--")]
    if any("://" in line for line in kept):
        raise SystemExit(f"{lock} takes a package from an address; take it from a registry instead.")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
