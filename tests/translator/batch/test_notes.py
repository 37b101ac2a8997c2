from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from translator.batch.notes import names_of, notes_in
from translator.batch.values import Selection
from translator.errors import DocumentError

FILES = ("a.txt", "b.md", "photo.jpg", ".hidden.txt", ".git/c.txt", "drafts/d.txt", "2024/drafts/e.txt", "2024/f.md", "out/g.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / name).touch()
    return tmp_path / "notes"


@pytest.mark.parametrize(
    ("include", "exclude", "notes", "passed_over"),
    [
        ((), (), ["2024/drafts/e.txt", "2024/f.md", "a.txt", "b.md", "drafts/d.txt"], ["photo.jpg"]),
        (("*.md",), (), ["2024/f.md", "b.md"], []),
        (("*.md", "a.*"), (), ["2024/f.md", "a.txt", "b.md"], []),
        (("2024",), (), ["2024/drafts/e.txt", "2024/f.md"], []),
        (("2024/*.md",), (), ["2024/f.md"], []),
        ((), ("drafts", "*.jpg"), ["2024/f.md", "a.txt", "b.md"], []),
        ((), ("drafts/",), ["2024/f.md", "a.txt", "b.md"], ["photo.jpg"]),
        ((), ("./2024/drafts",), ["2024/f.md", "a.txt", "b.md", "drafts/d.txt"], ["photo.jpg"]),
        (("*.txt",), ("2024/*",), ["a.txt", "drafts/d.txt"], []),
        (("[ab].*",), (), ["a.txt", "b.md"], []),
        ((".hidden.txt", "c.txt", "g.txt"), (), [], []),
    ],
)
def test_which_files_are_notes(
    folder: Path, include: tuple[str, ...], exclude: tuple[str, ...], notes: list[str], passed_over: list[str]
) -> None:
    found = notes_in(folder, folder / "out", Selection(include, exclude))
    assert ([note.name for note in found[0]], [path.relative_to(folder).as_posix() for path in found[1]]) == (notes, passed_over)


def packed(path: Path, *names: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"# {name}")
    return path


@pytest.mark.parametrize(
    ("selection", "notes", "passed_over"),
    [
        (Selection(), ["a.txt", "w.zip/b.md", "w.zip/in/c.txt"], ["w.zip/p.jpg"]),
        (Selection(include=("*.md",)), ["w.zip/b.md"], []),
        (Selection(exclude=("w.zip",)), ["a.txt"], []),
        (Selection(include=("w.zip/in",)), ["w.zip/in/c.txt"], []),
    ],
)
def test_a_zip_is_like_a_folder(tmp_path: Path, selection: Selection, notes: list[str], passed_over: list[str]) -> None:
    (tmp_path / "a.txt").touch()
    packed(tmp_path / "w.zip", "in/c.txt", "b.md", "p.jpg", ".hidden.txt", ".git/d.txt")
    found, others = notes_in(tmp_path, tmp_path / "out", selection)
    assert [note.name for note in found] == notes
    assert [path.relative_to(tmp_path).as_posix() for path in others] == passed_over
    for note in found:
        file = tmp_path / note.file
        assert note.taken_from(file, "w.zip") == (f"# {note.inner}".encode() if note.inner else b"")


def test_the_folder_may_be_a_zip(tmp_path: Path) -> None:
    folder = packed(tmp_path / "w.zip", "in/c.txt", "p.jpg")
    (note,), others = notes_in(folder, tmp_path / "out")
    assert (note.name, folder / note.file, others) == ("in/c.txt", folder, (folder / "p.jpg",))
    assert note.taken_from(folder / note.file, "w.zip") == b"# in/c.txt"


def test_a_zip_that_cannot_be_opened_is_a_note_that_says_why(tmp_path: Path) -> None:
    file = packed(tmp_path / "w.zip", "a.txt")
    file.write_bytes(file.read_bytes()[:-9])
    (note,), _ = notes_in(tmp_path, tmp_path / "out")
    assert note.name == "w.zip"
    with pytest.raises(DocumentError, match=r"w\.zip: .*Copy or send it again"):
        note.taken_from(file, "w.zip")


def test_a_zip_that_changes_meanwhile_says_so(tmp_path: Path) -> None:
    file = packed(tmp_path / "w.zip", "a.txt")
    (note,), _ = notes_in(tmp_path, tmp_path / "out")
    with pytest.raises(DocumentError, match=r"a\.txt is not in there any more"):
        note.taken_from(packed(file, "b.txt"), "w.zip")


def test_what_cannot_be_is_refused(folder: Path) -> None:
    with pytest.raises(DocumentError, match="no such folder"):
        notes_in(folder / "none", folder / "out")
    for out in (folder, folder.parent):
        with pytest.raises(DocumentError, match="--out"):
            notes_in(folder, out)


@pytest.mark.parametrize(
    ("notes", "held", "names"),
    [
        (["a.txt"], {}, ["a"]),
        (["a.md", "a.txt"], {}, ["a.md", "a.txt"]),
        (["A.md", "a.txt"], {}, ["A.md", "a.txt"]),  # one file, where the file system does not know capitals
        (["a", "a.txt"], {}, ["a", "a.txt"]),
        (["x/a.md", "y/a.md"], {}, ["x/a", "y/a"]),
        (["index", "index.txt"], {}, ["index-2", "index.txt"]),
        (["INDEX.txt", "x/index.txt"], {}, ["INDEX.txt", "x/index"]),
        (["a.md", "a.md.txt", "a.txt"], {}, ["a.md", "a.md.txt", "a.txt"]),
        (["a.md", "a.txt"], {"a.txt": "a"}, ["a.md", "a"]),
        (["a.md", "a.txt"], {"gone.txt": "a"}, ["a.md", "a.txt"]),
        (["a.md", "a.txt"], {"a.md.txt": "a.md"}, ["a.md-2", "a.txt"]),
    ],
)
def test_every_brief_has_a_name_of_its_own(notes: list[str], held: dict[str, str], names: list[str]) -> None:
    assert [names_of(notes, held)[note] for note in notes] == names
