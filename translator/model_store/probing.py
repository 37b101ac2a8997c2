"""The self-test of a model: which ways of pinning hold with it, measured on sentences of briefing notes.

A way that loses most pins costs a translation of every sentence for nothing, so each model is asked once, and the answer is
kept beside it (translator.engines.profile). It says nothing of how good the English is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from glossary.model import Term
from translator.engines.base import Engine, Hypothesis, PinStyle
from translator.engines.profile import STYLES, Profile
from translator.ladder import climb
from translator.pieces import Piece
from translator.values import Pin

_ORDER: tuple[PinStyle, ...] = ("tagged", "inline", "aligned", "placeholder")  # the least guessing first
_ALWAYS: PinStyle = "inline"  # unlike tags that do not come back, it leaves a translation even where it keeps no pin
_HOLDS = 0.5  # share of sentences from which a way is worth its time
_PROBES = (  # a sentence, the Hindi in it that is pinned, and an English that no model would choose by itself
    ("दोनों देशों के बीच संयुक्त कार्य समूह की बैठक अस्ताना में हुई।", "संयुक्त कार्य समूह", "Silver Meadow Council"),
    ("मंत्री ने कहा कि सरकार किसानों की समस्याओं पर ध्यान दे रही है।", "किसानों", "Harrow Fellows"),
    ("प्रधानमंत्री ने नई दिल्ली में सम्मेलन का उद्घाटन किया।", "सम्मेलन", "Lantern Forum"),
    ("समिति ने अपनी रिपोर्ट संसद को सौंप दी है।", "समिति", "Orchard Board"),
    ("राज्य में बाढ़ से प्रभावित लोगों को राहत सामग्री भेजी गई।", "राहत सामग्री", "Comfort Crates"),
    ("विदेश सचिव ने पड़ोसी देशों के राजदूतों से मुलाकात की।", "विदेश सचिव", "Outer Secretary"),
    ("इस योजना से गांवों में रोजगार के अवसर बढ़ेंगे।", "योजना", "Kestrel Scheme"),
    ("पुलिस ने सीमा के पास हथियारों का भंडार बरामद किया।", "पुलिस", "Watch Office"),
    ("दोनों पक्षों ने आतंकवाद के खिलाफ सहयोग बढ़ाने पर सहमति जताई।", "आतंकवाद", "quiet trouble"),
    ("अधिकारियों ने बताया कि जांच अभी चल रही है।", "जांच", "copper inquiry"),
    ("सर्वोच्च न्यायालय ने याचिका पर सुनवाई टाल दी।", "सर्वोच्च न्यायालय", "High Amber Court"),
    ("मंत्रालय ने नए नियमों का मसौदा जारी किया।", "मसौदा", "walnut draft"),
    ("सेना ने पहाड़ी इलाकों में अभ्यास किया।", "सेना", "Slate Guard"),
    ("व्यापार समझौते पर बातचीत अगले महीने फिर शुरू होगी।", "व्यापार समझौते", "Harbour Compact"),
    ("अस्पताल में मरीजों के लिए नई सुविधाएं शुरू की गईं।", "अस्पताल", "Willow Clinic"),
    ("प्रतिनिधिमंडल ने ऊर्जा क्षेत्र में निवेश पर चर्चा की।", "प्रतिनिधिमंडल", "Cedar Party"),
    ("शिक्षा विभाग ने स्कूलों को दिशानिर्देश भेजे हैं।", "शिक्षा विभाग", "Bureau of Lessons"),
    ("राष्ट्रपति ने खिलाड़ियों को पुरस्कार प्रदान किए।", "पुरस्कार", "Marigold Prizes"),
    ("चुनाव आयोग ने मतदान की तैयारियों की समीक्षा की।", "चुनाव आयोग", "Ballot House"),
    ("कंपनी ने उत्तर प्रदेश में कारखाना लगाने का फैसला किया है।", "उत्तर प्रदेश", "Northmarch"),
    ("रेलवे ने त्योहारों के लिए विशेष गाड़ियां चलाने की घोषणा की।", "रेलवे", "Iron Road"),
    ("किसान संगठनों ने बजट का स्वागत किया है।", "बजट", "winter ledger"),
    ("जलवायु परिवर्तन पर दोनों नेताओं की राय एक है।", "जलवायु परिवर्तन", "weather drift"),
    ("नगर निगम ने सड़कों की मरम्मत का काम तेज कर दिया है।", "नगर निगम", "Town Lantern Office"),
)


class _OneWay:
    """An engine with one way of pinning, after which comes only what the ladder needs to have any translation at all."""

    def __init__(self, engine: Engine, style: PinStyle) -> None:
        self._engine = engine
        self.name, self.model = engine.name, engine.model
        self.longest_input, self.unsure_below = engine.longest_input, engine.unsure_below
        self.pin_styles: tuple[PinStyle, ...] = (style, _ALWAYS)

    def length(self, text: str) -> int:
        return self._engine.length(text)

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return self._engine.translate(texts, nbest, attention, avoid_repeats)


def probe(engine: Engine, tried: Callable[[PinStyle], None] = lambda style: None) -> Profile:
    """What holds with `engine`; `tried` hears of each way when it is done.

    Where nothing but tags holds, or nothing at all, the plain English in place of the Hindi is tried as well. That `aligned`
    holds says that a pin is put somewhere, not that it is the right place. The score that marks a translation as unsure is not
    measured here: that takes English by people (benchmarks/confidence.py).
    """
    pieces = [_piece(*probe) for probe in _PROBES]
    kept: dict[PinStyle, float] = {}
    for style in STYLES:
        drafts = climb(_OneWay(engine, style), pieces)
        kept[style] = round(sum(draft.kept and draft.rung == style for draft in drafts) / len(drafts), 3)
        tried(style)
    styles = tuple(style for style in _ORDER if kept[style] >= _HOLDS)
    if not set(styles) - {"tagged"}:
        styles = (*styles, _ALWAYS)
    return Profile(pin_styles=styles, kept=kept)


def _piece(text: str, hindi: str, english: str) -> Piece:
    start = text.index(hindi)
    return Piece(text, (Pin(start, start + len(hindi), english, Term(hindi, english)),))
