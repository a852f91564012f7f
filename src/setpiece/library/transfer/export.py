"""The whole library as a document: catalog order, then by key, only what is not empty."""

from typing import Any

from setpiece.library.kind import Kind
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.transfer.content import content_of
from setpiece.library.transfer.document import VERSION
from setpiece.library.transfer.links import link_fields
from setpiece.library.transfer.names import Names, shown_keys
from setpiece.library.transfer.repository import LibraryRepository, batches
from setpiece.workspaces.work import Work


async def export_library(work: Work) -> dict[str, Any]:
    """Everything a library file can say of the workspace, every entry with a key.

    What hangs on an offering that was deleted is left out: no file could be imported with it.
    """
    repository = LibraryRepository(work)
    named = shown_keys(await repository.headings())
    names = Names(named)
    document: dict[str, Any] = {"setpiece": VERSION}
    kinds = {one: kind for one, (kind, _) in named.items()}
    for kind in KIND_BY_NAME.values():
        key_by_id = {one: key for one, (of, key) in named.items() if of == kind.name}
        entries = []
        for some in batches(sorted(key_by_id, key=key_by_id.__getitem__)):
            found = await repository.load(some, kinds)
            playbooks = await repository.load_playbooks(found.values()) if kind is PLAYBOOK else {}
            for one in some:
                if one in found:
                    shown = content_of(kind, found[one], playbooks.get(one), names)
                    entries.append({"key": key_by_id[one], **shown})
        if whole := [entry for entry in entries if _is_whole(kind, entry)]:
            document[kind.collection] = whole
    return document


def _is_whole(kind: Kind, entry: dict[str, Any]) -> bool:
    return all(link.name in entry for link in link_fields(kind) if link.required)
