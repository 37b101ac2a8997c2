"""HTML through the real model: every element and every text is there again, around the English of what it held."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from translator.errors import DocumentError
from translator.markup import translated_html
from translator.pipeline import Translator


def body(html: str) -> Any:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml_html.document_fromstring(f"<html><body>{html}".encode(), parser=parser)


def paths(html: str) -> Counter[str]:
    """How often each way from the root to an element is there: the elements and their nesting, whatever their order."""
    root = body(html)
    return Counter("/".join(str(up.tag) for up in (node, *node.iterancestors())) for node in root.iter())


def texts_in(html: str, tag: str) -> list[str]:
    return sorted(" ".join(node.text_content().split()) for node in body(html).iter(tag))


@pytest.mark.parametrize(
    ("hindi", "english"),
    [
        ("<b>भारत</b>", "<b>India</b>"),
        (" भारत \n", " India \n"),
        ("<ul>\n <li> भारत </li>\n\t<li>कजाकिस्तान</li>\n</ul>", "<ul>\n <li> India </li>\n\t<li>Kazakhstan</li>\n</ul>"),
        ("भारत<br>कजाकिस्तान<br/>x", "India<br>Kazakhstan<br>x"),
        ("<p>भारत <span translate=no>भारत</span></p>", '<p>India <span translate="no">भारत</span></p>'),
        ("<p class='a notranslate'>भारत</p><p>भारत</p>", '<p class="a notranslate">भारत</p><p>India</p>'),
        ("<a><b><i>भारत</i></b></a>", "<a><b><i>India</i></b></a>"),
        ("<b>भारत। भारत</b>।", "<b>India. India</b>."),
        ("<i>२०२४</i>", "<i>2024</i>"),
        ("<!-- भारत --> भारत", "<!-- भारत --> India"),
        ("<script>'भारत'</script>भारत<style>/* भारत */</style>", "<script>'भारत'</script>India<style>/* भारत */</style>"),
        ("<pre>भारत</pre><code>भारत</code><p>भारत", "<pre>भारत</pre><code>भारत</code><p>India</p>"),
        ("<textarea placeholder='भारत'>भारत</textarea>", '<textarea placeholder="India">भारत</textarea>'),
        ("<img alt='भारत'><input title='भारत' value='भारत'>", '<img alt="India"><input title="India" value="भारत">'),
        ("<a aria-label='भारत' href='/a?b=1&amp;c'>x</a>", '<a aria-label="India" href="/a?b=1&amp;c">x</a>'),
        ("<p translate=no><img alt='भारत'></p>भारत", '<p translate="no"><img alt="भारत"></p>India'),
        ("&#2349;&#2366;&#2352;&#2340;", "India"),
        ("भारत<p>x &lt; y &amp; z&nbsp;&copy;</p>", "India<p>x &lt; y &amp; z\xa0©</p>"),
        ("भारत</body><p>x</p>", "India<p>x</p>"),
        ("<table><tr><th>भारत<td>x</table>", "<table><tr><th>India</th><td>x</td></tr></table>"),
        ("<button>भारत</button><select><option>भारत</select>", "<button>India</button><select><option>India</option></select>"),
    ],
)
def test_fragments(translator: Translator, hindi: str, english: str) -> None:
    assert translated_html(hindi, translator) == english


@pytest.mark.parametrize("html", ["", " \n", "plain", "<P CLASS=x>a<br/>b &nbsp; <b>unclosed", "<a <b", "।", "<pre>भारत</pre>"])
def test_what_has_nothing_to_translate_comes_back_byte_for_byte(translator: Translator, html: str) -> None:
    assert translated_html(html, translator) == html


def test_a_page_keeps_its_head_and_doctype(translator: Translator) -> None:
    page = (
        '<!-- c -->\n<!DOCTYPE html>\n<html lang="hi">\n<head><meta charset="utf-8"><title>भारत</title></head>\n'
        "<body><p>भारत</p></body>\n</html>\n"
    )
    result = translated_html(page, translator)
    assert result.startswith("<!DOCTYPE html>\n<!-- c -->")
    assert '<head><meta charset="utf-8"><title>India</title></head>\n<body><p>India</p></body>\n</html>\n' in result


@pytest.mark.parametrize(
    ("hindi", "tag", "held"),
    [
        ("<p>भारत और <b>कजाकिस्तान</b> के बीच बैठक हुई।</p>", "b", ["Kazakhstan"]),
        ("<p>भारत के <a href='/x'>संयुक्त कार्य समूह</a> की बैठक <i>अस्ताना</i> में हुई।</p>", "a", ["Joint Working Group"]),
        ("<p>भारत के <a href='/x'>संयुक्त कार्य समूह</a> की बैठक <i>अस्ताना</i> में हुई।</p>", "i", ["Astana"]),
        ("<p>दोनों देशों के <mark>संयुक्त</mark> कार्य समूह की बैठक हुई।</p>", "mark", ["Joint Working Group"]),
        ("<p>बैठक में <code>भारत x</code> पर चर्चा हुई।</p>", "code", ["भारत x"]),
        ("<p>रिपोर्ट <a>PIB</a> Delhi ने जारी की।</p>", "a", ["PIB"]),
        ("<p>सरकार ने <i>नई <b>शिक्षा नीति</b></i> पर बैठक की।</p>", "b", ["Education Policy", "education policy"]),
        ("<p><b>बैठक हुई। भारत</b> ने भाग लिया।</p>", "b", ["The meeting was held. India", "The meeting took place. India"]),
    ],
)
def test_an_element_stands_around_the_english_of_what_it_held(
    translator: Translator, hindi: str, tag: str, held: list[str]
) -> None:
    result = translated_html(hindi, translator)
    assert paths(result) == paths(hindi)
    (text,) = texts_in(result, tag)
    assert text in held


def test_a_sentence_is_translated_whole(translator: Translator) -> None:
    """Word by word, the elements would come in the order of the Hindi: the verb at the end."""
    plain = translated_html("<p>भारत और कजाकिस्तान के बीच संयुक्त कार्य समूह की बैठक हुई।</p>", translator)
    marked = translated_html("<p><b>भारत</b> और <i>कजाकिस्तान</i> के बीच संयुक्त कार्य समूह की बैठक हुई।</p>", translator)
    assert body(marked).text_content() == body(plain).text_content()


def test_a_footnote_stays_at_its_word(translator: Translator) -> None:
    assert "<sup>1</sup>" in translated_html("<p>सरकार ने योजना<sup>1</sup> शुरू की।</p>", translator)
    assert " <sup>" not in translated_html("<p>सरकार ने योजना<sup>1</sup> शुरू की।</p>", translator)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("भारत\0", "NUL character at position 4.*save it as UTF-8"),
        ("भारत\ud800", "not valid UTF-8"),
        ("भारत\x01", r"control character U\+0001 at position 4\. Take it out"),
        ("भारत\ufffe", r"U\+FFFE"),
        ("<p>भारत &#1;</p>", "control character is written as"),
        ("<p title='&#1;'>भारत</p>", "control character is written as"),
        ("<!-- -->&#2;भारत", "control character is written as"),
        ("<b>" * 200 + "भारत", "more than 150 deep"),
        ("<b>" * 100_000 + "भारत", "more than 150 deep"),
    ],
)
def test_what_no_html_may_hold_is_refused(translator: Translator, html: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        translated_html(html, translator)


def test_elements_as_deep_as_allowed_are_translated(translator: Translator) -> None:
    html = "भारत " + "<b>x " * 140 + "भारत"
    assert paths(translated_html(html, translator)) == paths(html)


_WORDS = [
    "भारत",
    "बैठक हुई।",
    "संयुक्त कार्य समूह",
    " ने ",
    "8 अप्रैल 2024",
    "नई शिक्षा नीति ",
    " x",
    "PIB",
    "। ",
    ", ",
    "\n",
    "1",
    "&amp;",
    "&lt;",
]
_TEXT = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_EMPTY = st.sampled_from(["<br>", "<img src='a' alt='भारत'>", "<!-- c -->", "<i></i>", "<code>क x</code>", "<wbr>", "<b> </b>"])


def _within(tags: list[str]) -> Any:
    def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(tags), st.lists(inner, max_size=4)
        )

    return wrap


_INLINES = st.recursive(_TEXT | _EMPTY, _within(["b", "i", "em", "span", "strong"]), max_leaves=8)
_BLOCKS = st.recursive(_INLINES, _within(["div", "section", "blockquote"]), max_leaves=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_BLOCKS, max_size=3).map("".join))
def test_no_element_and_no_text_is_lost(translator: Translator, html: str) -> None:
    result = translated_html(html, translator)
    assert paths(result) == paths(html)
    for tag in ("b", "i", "em", "span", "strong", "div", "code"):
        assert sum(map(bool, texts_in(result, tag))) == sum(map(bool, texts_in(html, tag)))


@settings(max_examples=30, deadline=None)
@given(
    st.text("<>/!-=\"'&;#?abpi \nभा।", max_size=40)
    | st.lists(
        st.sampled_from(
            "<p <b> </b> <a </a> <br> <td> </p> <!-- --> <html> <body> </body> <head> <title> <pre> भारत । <svg> &#1".split()
        )
    ).map("".join)
)
def test_any_text_is_translated_or_refused_in_our_words(translator: Translator, html: str) -> None:
    try:
        result = translated_html(html, translator)
    except DocumentError:
        return
    assert bool(result.strip()) == bool(html.strip())
