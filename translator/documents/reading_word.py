"""Word documents (.docx) into blocks. What is in the file, and in which order, `word_passages` knows."""

from __future__ import annotations

from translator.documents.left_out import left_out
from translator.documents.word_passages import word_document
from translator.values import Document


def read_docx(content: bytes, name: str) -> Document:
    """The blocks of a Word document. The metadata says what is left out: pictures, comments, formulas, deletions, hidden text.

    Raises DocumentError, naming the file and the remedy, for what cannot be read.
    """
    word = word_document(content, name)
    return Document(name, tuple(passage.block for passage in word.passages), left_out(word.left_out))
