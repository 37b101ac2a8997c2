"""Sentences with slots, written by hand, and their expansion. What a template gives depends on its own text and the seed alone.

A file has sections, each line of them `hindi ||| english`: `## T` templates, `## S` plain sentences, `## slot NAME` fillings of
a slot of its own. In a template, `{country}` is a slot, and `{country2}` a second filling of the same list. Fillings may have
slots themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import regex

from training.corpus import Pair
from training.slots import Filler, Filling, fillers
from translator.errors import DwibhashiError

READY_MADE = Path(__file__).with_name("slots.txt")
PER_TEMPLATE = 60

_SLOT = regex.compile(r"\{(\w+)\}")
_NUMBER_OF_SLOT = regex.compile(r"\d+$")
_TRIES = 5  # for a second filling that is not the first
_DEEPEST = 5  # fillings within fillings
_ARTICLE_TWICE = regex.compile(r"\b([Tt]he) the\b")
_ARTICLE_BEFORE_VOWEL = regex.compile(r"\b([Aa]) (?=(?:eighth|eleventh|8th|11th|18th)\b)")


class TemplateError(DwibhashiError):
    """A template file with a line that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Template:
    """A sentence with slots."""

    hindi: str
    english: str
    place: str
    """File and line, for messages."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, each once, in the order of the Hindi."""
        return tuple(dict.fromkeys(_SLOT.findall(self.hindi)))


@dataclass(frozen=True)
class TemplateFile:
    """One file of templates, with plain sentences and slot lists of its own."""

    name: str
    templates: tuple[Template, ...]
    sentences: tuple[Filling, ...]
    lists: Mapping[str, tuple[Filling, ...]]


def read(path: Path) -> TemplateFile:
    """Raises TemplateError for a line outside of a section, without one |||, or with other slots on its two sides."""
    templates: list[Template] = []
    sentences: list[Filling] = []
    lists: dict[str, list[Filling]] = {}
    section: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        place = f"{path}, line {number}"
        if line.startswith("##"):
            section = line[2:].split()
            if section[:1] not in (["T"], ["S"], ["slot"]) or len(section) != 1 + (section[0] == "slot"):
                raise TemplateError(f"{place}: a section is `## T`, `## S` or `## slot NAME`, not {line!r}.")
        elif line.strip():
            hindi, english = _sides(line, place)
            match section:
                case ["T"]:
                    templates.append(Template(hindi, english, place))
                case ["S"]:
                    sentences.append((hindi, english))
                case [_, name]:
                    lists.setdefault(name, []).append((hindi, english))
                case _:
                    raise TemplateError(f"{place} stands before the first section; begin with `## T`.")
    return TemplateFile(path.stem, tuple(templates), tuple(sentences), {name: tuple(rows) for name, rows in lists.items()})


def expand(file: TemplateFile, seed: int, per_template: int = PER_TEMPLATE) -> list[Pair]:
    """The sentences (source synth/NAME_S) and the different expansions of each template (synth/NAME_T).

    A template without slots gives one, with a single slot a third of `per_template`. Raises TemplateError for an unknown slot.
    """
    own: dict[str, Filler] = {name: _drawn_from(rows) for name, rows in file.lists.items()}
    known = {**fillers(read(READY_MADE).lists), **own}
    found: dict[Filling, None] = {}
    for template in file.templates:
        chance = Random(f"{seed} {template.hindi}")
        times = {0: 1, 1: max(1, per_template // 3)}.get(len(template.slots), per_template)
        for _ in range(times):
            hindi, english = _fill(template, known, chance)
            found.setdefault((hindi, smooth(english)))
    return [
        *(Pair(f"synth/{file.name}_S", hindi, english) for hindi, english in file.sentences),
        *(Pair(f"synth/{file.name}_T", hindi, english) for hindi, english in found),
    ]


def _fill(template: Template, known: Mapping[str, Filler], chance: Random, depth: int = 0) -> Filling:
    drawn: dict[str, Filling] = {}
    for slot in template.slots:
        filler = known.get(slot) or known.get(_NUMBER_OF_SLOT.sub("", slot))
        if filler is None or depth > _DEEPEST:
            raise TemplateError(
                f"{template.place}: slot {{{slot}}} is not known, or stands in a filling of itself; "
                f"add `## slot {slot}`, or use one of {', '.join(sorted(known))}."
            )
        for _ in range(_TRIES):
            hindi, english = filler(chance)
            filling = _fill(Template(hindi, english, template.place), known, chance, depth + 1)
            if filling not in drawn.values():
                break
        drawn[slot] = filling
    return (
        _SLOT.sub(lambda slot: drawn[slot[1]][0], template.hindi),
        _SLOT.sub(lambda slot: drawn[slot[1]][1], template.english),
    )


def smooth(english: str) -> str:
    """What filling a slot can leave wrong: the article twice, a before a vowel, a small letter at the beginning.

    >>> smooth("the the United States held a eighth round.")
    'The United States held an eighth round.'
    """
    english = _ARTICLE_BEFORE_VOWEL.sub(r"\1n ", _ARTICLE_TWICE.sub(r"\1", english))
    return english[:1].upper() + english[1:]


def _drawn_from(rows: tuple[Filling, ...]) -> Filler:
    return lambda chance: chance.choice(rows)


def _sides(line: str, place: str) -> Filling:
    sides = [side.strip() for side in line.split("|||")]
    if len(sides) != 2 or not all(sides):
        raise TemplateError(f"{place}: a line is Hindi ||| English.")
    if {*_SLOT.findall(sides[0])} != {*_SLOT.findall(sides[1])}:
        raise TemplateError(f"{place}: the Hindi and the English have other slots; each slot stands on both sides.")
    return sides[0], sides[1]
