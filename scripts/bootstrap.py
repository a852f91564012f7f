"""Puts into .venv what a make target needs, and does nothing when it is already there.

    python3 scripts/bootstrap.py run     what running Setpiece needs, speech included
    python3 scripts/bootstrap.py dev     that, and what testing and checking it need

Everything comes from the locks beside pyproject.toml, and each file is checked against its hash. uv, itself locked,
installs them; where uv is not to be had, pip does. What is installed is remembered by the content of the locks: a
changed lock installs again, and an installation that was cut short starts over from an empty .venv.

Only the standard library is used.
"""

import ast
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")


def require_new_python() -> None:
    """Goes on under a newer Python from PATH when this one is too old and the user did not choose it."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    if "PYTHON" not in os.environ:
        for newer in filter(None, map(shutil.which, NEWER_PYTHONS)):
            # The name alone proves nothing: version managers put stand-ins on PATH that only complain.
            if subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:  # noqa: S603 - found on PATH
                os.execv(newer, [newer, *sys.argv])  # noqa: S606 - no shell is wanted
    raise SystemExit(
        "Setpiece needs Python 3.11 or newer; {} is Python {}.{}. Install a newer one, or name it: "
        "make setup PYTHON=/path/to/python3.12".format(sys.executable, *sys.version_info[:2])
    )


# Before anything that an older Python cannot read, such as the annotations below.
require_new_python()

Command = list[str | Path]
Environment = dict[str, str]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".installing"

UV_LOCK = "requirements-bootstrap.txt"
LOCKS_BY_GROUP = {
    "run": ("requirements-speech.txt", "requirements-build.txt"),
    "dev": ("requirements-dev.txt",),  # repeats the pins of the other two
}
GROUPS_SATISFIED_BY = {"run": ("run",), "dev": ("run", "dev")}

# Fails for a Python that is too old, or that was replaced under .venv and no longer sees its packages.
PROBE = (
    "import os, sys, sysconfig;"
    "sys.exit(sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path('purelib')))"
)

# uv does not read pip's configuration, so what a user told pip about the registry is repeated to uv.
UV_VARIABLE_BY_PIP_OPTION = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
}


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0] not in LOCKS_BY_GROUP:
        raise SystemExit("usage: bootstrap.py run|dev")
    group = arguments[0]
    if is_installed(group):
        return
    with one_installation_at_a_time():
        if not is_installed(group):
            install(group)


def is_installed(group: str) -> bool:
    return stamp(group).exists() and not UNFINISHED.exists() and is_venv_sound()


def stamp(group: str) -> Path:
    """The file whose presence says that exactly these locks are installed."""
    digest = hashlib.sha256()
    for name in (*LOCKS_BY_GROUP[group], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return VENV / f".installed-{group}-{digest.hexdigest()[:16]}"


def is_venv_sound() -> bool:
    """False when .venv is missing, its Python is gone, or it was moved: its scripts name the old place."""
    activate = VENV / "bin" / "activate"
    is_moved = activate.exists() and str(VENV) not in activate.read_text(encoding="utf-8")
    return VENV_PYTHON.exists() and not is_moved and succeeds([VENV_PYTHON, "-c", PROBE])


@contextlib.contextmanager
def one_installation_at_a_time() -> Iterator[None]:
    """Holds a lock on the project's folder, which leaves no lock file behind."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another installation is under way; waiting for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install(group: str) -> None:
    started_s = time.monotonic()
    make_venv()
    for old in VENV.glob(".installed-*"):
        old.unlink()
    UNFINISHED.touch()
    pip = find_pip()
    if not install_with_uv(pip, group):
        say("Going on with pip, which takes a little longer.")
        install_with_pip(pip, group)
    for satisfied in GROUPS_SATISFIED_BY[group]:
        stamp(satisfied).touch()
    UNFINISHED.unlink()
    say(f"Installed into .venv in {time.monotonic() - started_s:.0f} s.")


def make_venv() -> None:
    if UNFINISHED.exists():
        say("The last installation was not finished; starting over.")
    elif is_venv_sound():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    say("Making .venv with Python {}.{}.{}.".format(*sys.version_info[:3]))
    VENV.mkdir()
    UNFINISHED.touch()
    # pip comes with find_pip, which knows what to do on systems that ship Python without ensurepip.
    run([sys.executable, "-m", "venv", "--without-pip", VENV])


def find_pip() -> Command:
    """The command of a pip that installs into .venv: its own, or else the one of the Python we run on."""
    own: Command = [VENV_PYTHON, "-m", "pip"]
    if succeeds([*own, "--version"]) or succeeds([VENV_PYTHON, "-m", "ensurepip"]):
        return own
    host: Command = [sys.executable, "-m", "pip", "--python", VENV_PYTHON]
    if succeeds([*host, "--version"]):
        return host
    raise SystemExit(
        f"{sys.executable} comes without pip and ensurepip, so nothing can be installed. On Debian and Ubuntu "
        "install the package python3-venv, or name another Python: make setup PYTHON=/path/to/python3.12"
    )


def install_with_uv(pip: Command, group: str) -> bool:
    """Whether it worked; what went wrong has been said on the terminal."""
    say("Fetching uv, the installer.")
    if not passes([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", UV_LOCK]):
        return False
    say("Installing the locked packages.")
    uv: Command = [VENV / "bin" / "uv", "pip", "install", "--python", VENV_PYTHON]
    environment = uv_environment(pip)
    return passes([*uv, "--require-hashes", *lock_arguments(group)], environment) and passes(
        [*uv, "--offline", "--no-deps", "--no-build-isolation", "--editable", ROOT], environment
    )


def install_with_pip(pip: Command, group: str) -> None:
    run([*pip, "install", "--require-hashes", *lock_arguments(group)])
    run([*pip, "install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT])


def lock_arguments(group: str) -> list[str]:
    return [part for name in LOCKS_BY_GROUP[group] for part in ("-r", name)]


def uv_environment(pip: Command) -> Environment:
    """The environment for uv: the user's own, and what pip was told where uv was told nothing."""
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    # Several registries may hold a package; any of them will do, because the hash decides.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    if not os.access(Path.home(), os.W_OK):
        environment.setdefault("UV_NO_CACHE", "1")
    told = pip_settings(pip)
    for option, variable in UV_VARIABLE_BY_PIP_OPTION.items():
        value = in_words_of_uv(option, told.get(option, ""))
        if value:
            environment.setdefault(variable, value)
    return environment


def pip_settings(pip: Command) -> dict[str, str]:
    """The options pip goes by: the environment wins over a file's [install], and that over its [global]."""
    answer = subprocess.run([*pip, "config", "list"], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own command
    settings = {}
    for section in ("global.", "install.", ":env:."):
        for line in answer.stdout.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section):
                settings[name.removeprefix(section)] = ast.literal_eval(value)
    return settings


def in_words_of_uv(option: str, value: str) -> str:
    """The value as uv wants it; empty for what uv cannot use, such as an index that is a folder."""
    words = value.split()
    if option in ("index-url", "extra-index-url"):
        words = [word for word in words if word.startswith(("https://", "http://"))]
    if option == "find-links":
        return ",".join(word for word in words if "://" in word or Path(word).is_dir())
    return " ".join(words)


def run(command: Command) -> None:
    """Stops with one sentence when the command fails; its own messages stand above."""
    if not passes(command):
        raise SystemExit(
            "The installation failed; the lines above say why. The same make target tries again."
        )


def passes(command: Command, environment: Environment | None = None) -> bool:
    """Shows what the command says, all of it on stderr: stdout belongs to the make target."""
    return subprocess.call(command, cwd=ROOT, env=environment, stdout=sys.stderr) == 0  # noqa: S603 - our own command


def succeeds(command: Command) -> bool:
    """Runs the command in silence."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0  # noqa: S603 - our own command


def say(sentence: str) -> None:
    sys.stderr.write(f"-> {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit("Interrupted; the same make target starts the installation over.") from None
    except PermissionError:
        raise SystemExit(
            f"{VENV} may not be written by this user. Was it made by another one? Remove it, or work as that user."
        ) from None
