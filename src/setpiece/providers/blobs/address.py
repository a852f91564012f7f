"""From the address of a blob store to the store."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import from_url

from setpiece.kernel.errors import Invalid
from setpiece.providers.blobs.object_store import FolderBlobs, ObjectStoreBlobs
from setpiece.providers.blobs.store import BlobStore

_SCHEMES = ("s3", "s3a", "gs", "az", "azure", "abfs", "abfss", "https")


def open_blobs(url: str) -> BlobStore:
    """The store at `url`: `file:///folder`, `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container/prefix`.

    Credentials and further options come from the variables that each vendor's own tools read, such as `AWS_REGION`.

    Raises:
        Invalid: it is not the address of a store, or something that the store needs is missing.
    """
    scheme = urlsplit(url).scheme
    if scheme == "file":
        return FolderBlobs(Path(unquote(urlsplit(url).path)))
    if scheme not in _SCHEMES:
        raise Invalid(
            f"SETPIECE_BLOB_URL: '{scheme}' is none of file, {', '.join(_SCHEMES)}.", code="setting"
        )
    try:
        store = from_url(url)
    except (BaseError, ValueError) as refused:
        reason = str(refused).partition("\n")[0][:300]
        raise Invalid(f"SETPIECE_BLOB_URL: {reason}", code="setting") from refused
    return ObjectStoreBlobs(lambda: store)
