from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi.sentences import split

# A stroke parts what must be parted; nothing else may be.
ROWS = [
    # rule 5: the marks that end a sentence
    "बैठक हुई। ‖सब आए।",
    "बैठक 2024। ‖अगली 2025।",
    "बैठक २०२३।‖अगली बैठक होगी।",
    "श्लोक समाप्त॥ ‖अगला श्लोक",
    "क्या हुआ? ‖कुछ नहीं!",
    "क्या हुआ?‖कुछ नहीं!",
    "बैठक हुई. ‖सब आए.",
    "यह सच है!! ‖नहीं?! ‖हाँ।",
    "बैठक हुई| ‖सब आए|",
    "बैठक हुई | ‖सब आए",
    "यह हिंदी है। ‖This is English. ‖फिर हिंदी।",
    "बैठक 2024. ‖अगली",
    # a line break ends one
    "शीर्षक\n‖पहला वाक्य।",
    "पहला\r\n‖दूसरा\r‖तीसरा\u2028‖चौथा",
    "पहला।\n\n‖दूसरा",
    # a closing quote or bracket stays with its sentence
    "“यह संभव नहीं।” ‖बैठक हुई।",
    '"यह संभव नहीं।" ‖बैठक हुई।',
    "(यह संभव नहीं।) ‖बैठक हुई।",
    "‘नहीं!’ ‖उन्होंने कहा।",
    "“यह संभव नहीं। ” ‖बैठक हुई। ”",
    # not after an abbreviation, an initial, a list number, within a number
    "रु. 1,87,500 करोड़ दिए गए।",
    "₹ 7.8 करोड़ और 10.30 बजे।",
    "डॉ. एस. जयशंकर और प्रो. राव आए।",
    "श्री. राम और सं. 12 तथा क्र. 5 देखें।",
    "ए.पी.जे. अब्दुल कलाम आए।",
    "मंत्री एस. जयशंकर ने कहा।",
    "एम. एस. एम. ई. मंत्रालय ने कहा।",
    "U.S. और U.K. के बीच।",
    "1. पहला बिंदु। ‖2. दूसरा बिंदु।",
    "(क) पहला। ‖क. दूसरा।",
    "दूरी 7.8 कि.मी. है।",
    "Dr. Singh और Lt. Gen. Rao आए।",
    # an ellipsis is no end
    "वे आए... फिर गए।",
    "वे आए… फिर गए।",
    # rule 8: pipes of a table are no dandas
    "| भारत | 10 | नई दिल्ली |",
    "प्रोफ़ेसर जी. माधवी ने और जी.एस.टी. परिषद ने कहा।",
]


@pytest.mark.parametrize("row", ROWS)
def test_sentences_end_where_they_should(row: str) -> None:
    assert [sentence.text for sentence in split(row.replace("‖", ""))] == row.split("‖")


HINDI_LIKE = st.text(st.sampled_from("कखगमसा ी्ंरु.डॉ।॥?!|\"'”’)(]\n\r\t\u2028…123२a.A 😀\u200d"))


@given(st.text() | HINDI_LIKE)
def test_joining_gives_the_text_back(text: str) -> None:
    sentences = split(text)
    assert "".join(sentence.text for sentence in sentences) == text
    assert all(sentence.text == text[sentence.start : sentence.end] for sentence in sentences)


@given(HINDI_LIKE)
def test_no_sentence_is_empty(text: str) -> None:
    assert all(sentence.text for sentence in split(text))


def test_a_sentence_without_end_is_one_sentence() -> None:
    text = "और बैठक हुई " * 3000
    assert len(split(text)) == 1
