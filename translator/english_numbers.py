"""The English words for numbers, measures, dates and times: tables for the parsers of hindi.numbers and hindi.dates.

American and Indian English both: lakh and crore beside million, per cent beside percent, 8 April beside April 8.
"""

from __future__ import annotations

from decimal import Decimal

from hindi.dates import DateVocabulary
from hindi.numbers import Vocabulary, words

_ONES = (
    "zero;one first once;two second twice both;three third;four fourth;five fifth;six sixth;seven seventh;eight eighth;"
    "nine ninth;ten tenth;eleven eleventh;twelve twelfth;thirteen thirteenth;fourteen fourteenth;fifteen fifteenth;"
    "sixteen sixteenth;seventeen seventeenth;eighteen eighteenth;nineteen nineteenth"
)
_TENS = (
    "twenty twentieth;thirty thirtieth;forty fortieth;fifty fiftieth;sixty sixtieth;seventy seventieth;eighty eightieth;"
    "ninety ninetieth"
)
_UNITS = {
    12: "dozen dozens",
    10**2: "hundred hundreds hundredth",
    10**3: "thousand thousands thousandth",
    10**5: "lakh lakhs lac lacs",
    10**6: "million millions millionth mn",
    10**7: "crore crores cr crs",
    10**9: "billion billions bn",
    10**12: "trillion trillions tn trn",
}
_TAILS = {
    "0.5": (" and a half", " and half", "-and-a-half", " & a half"),
    "0.75": (" and three quarters", " and three-quarters", " and three-fourths", " and three fourths"),
    "0.25": (" and a quarter", " and one-fourth", " and quarter"),
}
_MEASURES = {
    "%": "% percent percentage percentages pct per_cent",
    "INR": "₹ rs inr npr pkr lkr rupee rupees",
    "USD": "$ dollar dollars usd",
    "EUR": "€ euro euros eur",
    "GBP": "£ pound pounds gbp sterling",
    "JPY": "¥ yen jpy",
    "CNY": "yuan cny renminbi rmb",
    "RUB": "rouble roubles ruble rubles",
    "AED": "dirham dirhams aed",
    "BDT": "taka bdt",
}
MONTHS = "January February March April May June July August September October November December".split()
_HALVES = {
    range(0, 12): ("am", "a.m.", "a.m"),
    range(12, 24): ("pm", "p.m.", "p.m"),
    range(12, 13): ("noon", "at noon"),
    range(24, 25): ("midnight", "at midnight"),
}
_PARTS = {
    range(1, 13): ("in the morning", "morning"),
    range(12, 18): ("in the afternoon", "afternoon"),
    range(15, 24): ("in the evening", "evening"),
    range(18, 29): ("at night", "night", "tonight"),
}

ENGLISH = Vocabulary(
    numbers={word: Decimal(value) for value, row in enumerate(_ONES.split(";")) for word in row.split()}
    | {word: Decimal(10 * tens) for tens, row in enumerate(_TENS.split(";"), 2) for word in row.split()}
    | {"half": Decimal("0.5")},
    units={word: Decimal(value) for value, row in _UNITS.items() for word in row.split()},
    fractions={},
    short=frozenset("mn bn tn trn cr crs lac lacs".split()),
    links=frozenset(("and", "a", "an")),
    tails={tail: Decimal(value) for value, tails in _TAILS.items() for tail in tails},
    point="point",
    measures=words(_MEASURES),
    origins=frozenset("us american indian nepalese".split()),
    ranges=frozenset("to and or".split()),
)

ENGLISH_DATES = DateVocabulary(
    numbers=ENGLISH,
    months={spelled: at for at, name in enumerate(MONTHS, 1) for spelled in (name.lower(), name[:3].lower())} | {"sept": 9},
    doubtful=frozenset("may march jan feb mar apr jun jul aug sep oct nov dec".split()),
    parts={word: hours for hours, row in (_HALVES | _PARTS).items() for word in row},
    clock="o['’]?clock",
    minutes="",
    past={"half past": 30, "quarter past": 15, "a quarter past": 15, "quarter to": -15, "a quarter to": -15},
    alone=frozenset(word for row in _HALVES.values() for word in row) | {row[0] for row in _PARTS.values()},
    suffix="st|nd|rd|th",
    of="day\\s+of|of",
    until="to|and|or|till|until|through",
    years="the\\s+year|year",
)
