"""Whether a negation of the Hindi is in the English, and none has been added."""

from __future__ import annotations

import regex

from hindi.fold import fold, fold_with_origin
from translator.values import Flag

_LETTERS = "\u0900-\u0963\u0971-\u097f"


def _any(words: str) -> str:
    return "|".join(fold(word).replace("_", " ") for word in words.split())


# Plain negators; न केवल and न सिर्फ (not only) say yes, and so do questions like है न, and नहीं तो (or else).
_HINDI = regex.compile(
    rf"(?<![{_LETTERS}])(?:(?<!क्यों )(?<!तो )(?:नहीं|नही)(?! तो)|मत(?= (?:कर|हो|जा|दे|समझ|सोच|भूल|बन|रख|डर))|"
    rf"(?<!कोई )(?<!कुछ )(?<!क्यों )न(?= (?!केवल|सिर्फ|जाने|कोई|कुछ|हों|तो)))(?![{_LETTERS}])"
)
# Words that say no in another way: a negation of the one language may come from them in the other. Whole words, and beginnings.
_HINDI_WORDS = """
    नहीं नही न ना मत बिना बगैर बजाय सिवाय अन्यथा केवल सिर्फ मात्र लगातार निरंतर मुक्त रहित शून्य परे कम मुश्किल शायद ही अभी
"""
_HINDI_BEGINNINGS = """
    इनकार इंकार मना रोक खारिज वंचित अभाव कमी निषेध निषिद्ध प्रतिबंध नाकाम विफल समाप्त बंद इतर वर्जित चूक छूट छोड़ भूल बच
    टल विरोध असमर्थ असफल असंभव असहमत असंतुष्ट असुरक्ष अस्वीकार अस्थिर अस्पष्ट अक्षम अज्ञात अनजान अनुपस्थित अनिश्चित
    अनुचित अनधिकृत अवैध अधूर अयोग्य अनावश्यक अनुपलब्ध अपर्याप्त अभूतपूर्व अनदेख लापता नामुमकिन नाकाफी निर्दोष निराधार
    निर्भय बेबुनियाद बेरोजगार बेघर बेअसर बेनतीजा गैर
"""
_ENGLISH_BEGINNINGS = """
    unable unabated unaware unavailable unavoidable unauthori uncertain unchanged unclear uncommon unconditional
    undecided undone uneas unemploy unequal unexpected unfair unfinished unfit unfounded unharmed unhappy unimportant
    unintended unjust unknown unlawful unless unlike unlimited unmet unnecessar unpaid unprecedented unregistered
    unresolved unsafe unsatisf unseen unsettled unstable unsuccessful unsure until untouched unusual unverified
    unwarranted unwill impossib immoral impartial imperfect impractic improper impunit irregular irrelevant irresponsib
    irreversib irrespective illegal illicit illitera inabilit inaccurate inaction inactive inadequate inadmissib
    inappropriate inattent incapab incomplete inconsisten incorrect incurab indecis indefinite independent indirect
    ineffective inefficien ineligib inevitab inexact inexpens inexperienced informal infrequent insecur insignifican
    instead insufficien intact invalid invisib invulnerab disagree disallow disappear disapprov disconnect discontinu
    discourag dishonest dislike dismiss disobey displeas disprov disqualif disregard disrespect dissatisf distrust non
    miss misuse misunderstand mislead misplace anonym fail refus deny denie denial reject prevent lack bans banned
    prohibit avoid absen hardly barely rarely seldom few little only rather stop far_from free_of free_from short_of
    ceas neglect ignor declin ruled_out ruling_out other_than otherwise yet_to beyond except exempt withh doubt abstain
    against keep kept lesser zero halt remain survive lower might lest whether landlocked
"""
_HINDI_IN_SUBSTANCE = regex.compile(
    rf"(?<![{_LETTERS}])(?:अब तक|{_any(_HINDI_WORDS)}|(?:{_any(_HINDI_BEGINNINGS)})[{_LETTERS}-]*)(?![{_LETTERS}])"
)
_ENGLISH = regex.compile(
    r"\b(?:not|cannot|never|no|nor|neither|none|nobody|nothing|nowhere|without)\b|n['’]t\b", regex.IGNORECASE
)
_ENGLISH_IN_SUBSTANCE = regex.compile(
    rf"\b(?:{_any(_ENGLISH_BEGINNINGS)})|\b(?:too|less|low|may|ban)\b|\p{{L}}+less(?:ly|ness)?\b", regex.IGNORECASE
)


def negation(source: str, target: str) -> list[Flag]:
    """A negation that was lost or added turns a sentence into its opposite.

    >>> [flag.kind for flag in negation("भारत सहमत नहीं है।", "India agrees.")]
    ['negation']
    >>> negation("यह न केवल सस्ता है।", "It is cheap, too."), negation("वह असमर्थ था।", "He could not.")
    ([], [])
    """
    folded = fold_with_origin(source)
    hindi = folded.text
    lost = _HINDI.search(hindi)
    if lost and not _ENGLISH.search(target) and not _ENGLISH_IN_SUBSTANCE.search(target):
        span = (folded.origin[lost.start()], folded.origin[lost.end() - 1] + 1)
        return [Flag("negation", "The Hindi says “not” and the English does not; correct it.", source_span=span)]
    added = _ENGLISH.search(target)
    if added and not lost and not _HINDI_IN_SUBSTANCE.search(hindi):
        message = f"The English says “{added.group()}” and the Hindi says nothing of the kind; correct it."
        return [Flag("negation", message, target_span=added.span())]
    return []
