"""Every declared paper, by name. `app.py` names the declarations; nothing registers itself on import."""

from __future__ import annotations

from procure.documents.declare import Document

_DOCUMENTS: dict[str, Document] = {}


def register(*documents: Document) -> None:
    """Makes papers known. Naming the same one twice is harmless; two papers under one name is a mistake."""
    for document in documents:
        known = _DOCUMENTS.get(document.name)
        if known is not None and known != document:
            raise ValueError(f"two papers are called {document.name}")
        _DOCUMENTS[document.name] = document


def all_documents() -> tuple[Document, ...]:
    """Every paper, in the order in which they were made known."""
    return tuple(_DOCUMENTS.values())


def working_names() -> frozenset[str]:
    """Names of the working papers: they are for those who do the work, and never before whoever decides."""
    return frozenset(document.name for document in _DOCUMENTS.values() if document.is_working)


def document_named(name: str) -> Document:
    """The paper of that name. KeyError where there is none."""
    return _DOCUMENTS[name]
