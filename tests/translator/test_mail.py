from __future__ import annotations

import base64
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from translator.documents.mail import read_mail
from translator.documents.reading import read_content
from translator.errors import DocumentError
from translator.values import Block, Document

NOTE = "दोनों पक्षों ने बैठक की।\n"


def composed(subject: str = "संयुक्त कार्य समूह की बैठक", text: str = NOTE) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address("राजेश कुमार", "rajesh", "example.org")
    message["To"] = "office@example.org"
    message["Date"] = "Mon, 08 Apr 2024 10:00:00 +0530"
    message["Subject"] = subject
    message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> Document:
    content = message if isinstance(message, bytes) else message.as_bytes()
    return read_mail(content, "mail.eml", read_content)


HEAD = (
    Block("heading", "संयुक्त कार्य समूह की बैठक", 1),
    Block("paragraph", "राजेश कुमार <rajesh@example.org>", marker="From: "),
    Block("verbatim", "office@example.org", marker="To: "),
    Block("verbatim", "Mon, 08 Apr 2024 10:00:00 +0530", marker="Date: "),
)
BODY = Block("paragraph", "दोनों पक्षों ने बैठक की।")


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_who_wrote_what_to_whom(encoding: str) -> None:
    message = composed()
    message.set_content(NOTE, cte=encoding)
    document = read(message)
    assert document.blocks == (*HEAD, BODY)
    assert document.metadata == {}


def test_plain_text_is_preferred_to_the_same_in_html() -> None:
    message = composed()
    message.add_alternative("<p>कुछ और।</p>", subtype="html")
    assert read(message).blocks == (*HEAD, BODY)


@pytest.mark.parametrize("plain", ["", " \n"])
def test_html_is_read_where_there_is_no_plain_text(plain: str) -> None:
    message = composed(text=plain)
    message.add_alternative("<h1>निर्णय</h1><p>दोनों पक्षों ने<br>बैठक की।</p>", subtype="html", charset="utf-8", cte="base64")
    texts = [" ".join(block.text.split()) for block in read(message).blocks[4:]]
    assert texts == ["निर्णय", "दोनों पक्षों ने बैठक की।"]


@pytest.mark.parametrize(
    ("charset", "word"),
    [("utf-16", "बैठक"), ("windows-1252", "café"), ("no-such-charset", "meeting")],
)
def test_the_charset_that_is_named_is_used(charset: str, word: str) -> None:
    body = word.encode("utf-8" if charset.startswith("no") else charset)
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    encoded = head.encode().replace(b"8bit\n\n", b"base64\n\n") + base64.encodebytes(body)
    assert read(encoded).blocks[1].text == word


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?b?4KSs4KWI4KSg4KSV?=",
        "=?UTF-8?Q?=E0=A4=AC=E0=A5=88?=\n =?UTF-8?Q?=E0=A4=A0=E0=A4=95?=",  # two words, of one letter less each
        "बैठक",  # not encoded at all (RFC 6532)
    ],
)
def test_subjects_are_decoded(subject: str) -> None:
    assert read(f"Subject: {subject}\n\nx".encode()).blocks[0] == Block("heading", "बैठक", 1)


@pytest.mark.parametrize(
    ("text", "parameter", "expected"),
    [
        (
            "A note that was broken at seventy-six columns by the program that has sent\nit on.",
            "",
            ["A note that was broken at seventy-six columns by the program that has sent it on."],
        ),
        ("Short.\nShort again.", "", ["Short.", "Short again."]),
        ("Soft \nbreak.\nHard.", "; format=flowed", ["Soft break.", "Hard."]),
        ("> Quoted.\n> > Twice.\nNew.", "", ["> Quoted.", "> > Twice.", "New."]),
        ("1. One\n2. Two", "", ["1. One", "2. Two"]),
    ],
)
def test_lines_that_a_program_broke_are_whole(text: str, parameter: str, expected: list[str]) -> None:
    document = read(f"Subject: x\nContent-Type: text/plain; charset=utf-8{parameter}\n\n{text}\n".encode())
    assert [block.marker + block.text for block in document.blocks[1:]] == expected


def test_attachments_follow_under_their_names() -> None:
    message = composed()
    message.add_attachment("# निर्णय\n".encode(), maintype="text", subtype="markdown", filename="निर्णय.md")
    message.add_attachment(b"x", maintype="image", subtype="jpeg", filename="photo.jpg")
    message.add_attachment(b"\xff\xfe\xff", maintype="application", subtype="octet-stream", filename="a.txt")
    blocks = read(message).blocks[5:]
    assert blocks[:2] == (Block("heading", "निर्णय.md", 2, "Attachment: "), Block("heading", "निर्णय", 1, "# "))
    assert [block.kind for block in blocks[2:]] == ["verbatim", "verbatim"]
    assert blocks[2].text.startswith("The attachment photo.jpg was not read: files of type .jpg cannot be read")
    assert blocks[3].text.startswith("The attachment a.txt was not read: byte 2")
    assert read(message).metadata == {"left out": "2 attachments."}


def test_a_message_that_was_sent_on_is_read() -> None:
    message = composed()
    message.add_attachment(composed("अग्रेषित", "पुरानी बात।"))
    texts = [block.text for block in read(message).blocks]
    assert texts[5:7] == ["Attached e-mail:", "अग्रेषित"]
    assert texts[-1] == "पुरानी बात।"


def test_pictures_within_the_text_are_counted() -> None:
    page = composed(text="")
    page.set_content("<p>बैठक</p>", subtype="html")
    page.add_related(b"x", maintype="image", subtype="png", cid="<logo>")
    assert read(page).metadata == {"left out": "1 picture."}


def nested(depth: int) -> bytes:
    content = b"Subject: x\n\nx"
    for _ in range(depth):
        content = b"Subject: x\nContent-Type: message/rfc822\n\n" + content
    return content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (NOTE.encode(), r"mail\.eml: is no e-mail: it has no sender and no subject"),
        (b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf", r"mail\.eml: the end of the e-mail is missing"),
        (
            b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMII=",
            r"mail\.eml: is encrypted\. Decrypt",
        ),
        (nested(50), r"mail\.eml: has too many parts"),
        (nested(20_000), r"mail\.eml: has parts within parts, too many|mail\.eml: has too many parts"),
        (b"Subject: x\n\n" + b"x" * (25 * 2**20), r"mail\.eml: is larger than 25 MiB"),
    ],
    ids=["text", "truncated", "encrypted", "nested", "deep", "large"],
)
def test_what_cannot_be_read_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(content)
