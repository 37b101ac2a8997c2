"""Where the data comes from: the table sources.yaml, with licence and provenance of every source and the weight of its pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from translator.errors import DwibhashiError

SOURCES = Path(__file__).with_name("sources.yaml")
_FIELDS = {"name", "provenance", "licence", "domain", "weight", "unused", "fewest_words"}
_OWN = "this project"


class SourceError(DwibhashiError):
    """A table of sources that cannot be used, or a pair from a source that is not in it."""


@dataclass(frozen=True)
class Source:
    """A collection of pairs. `weight` says how often a pair is drawn; `unused` why none is (then the weight is 0)."""

    name: str
    provenance: str
    licence: str
    domain: str
    weight: float = 0.0
    unused: str = ""
    fewest_words: int = 2
    """Words that the longer side of a pair must have: a name may be one, a sentence not."""

    @property
    def own(self) -> bool:
        """Whether it was written for this project."""
        return self.provenance == _OWN


@dataclass(frozen=True)
class Sources:
    """The table. A name with * in it stands for all sources of that form."""

    path: Path
    listed: tuple[Source, ...]
    _found: dict[str, Source] = field(default_factory=dict, compare=False)

    def __getitem__(self, name: str) -> Source:
        """The source of a pair. Raises SourceError for one that is not listed: nobody would know its licence."""
        if name not in self._found:
            exact = [source for source in self.listed if source.name == name]
            alike = [source for source in self.listed if fnmatchcase(name, source.name)]
            if not (exact or alike):
                raise SourceError(f"{name} is not in {self.path}: add it there, with provenance, licence, domain and weight.")
            self._found[name] = (exact or alike)[0]
        return self._found[name]


def load(path: Path = SOURCES) -> Sources:
    """Read the table. Raises SourceError for a file or an entry that is not as it must be."""
    import yaml

    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SourceError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(entries, list):
        raise SourceError(f"{path} is no list of sources: each begins with `- name:`.")
    sources = tuple(_source(entry, path) for entry in entries)
    names = [source.name for source in sources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceError(f"{path} lists {', '.join(twice)} twice: keep one of them.")
    return Sources(path, sources)


def _source(entry: object, path: Path) -> Source:
    if not isinstance(entry, dict) or "name" not in entry:
        raise SourceError(f"{path}: {entry!r} has no name.")
    unknown, missing = entry.keys() - _FIELDS, {"provenance", "licence", "domain"} - entry.keys()
    if unknown or missing:
        fault = f"unknown {', '.join(sorted(unknown))}" if unknown else f"missing {', '.join(sorted(missing))}"
        raise SourceError(f"{path}, {entry['name']}: {fault}; an entry has {', '.join(sorted(_FIELDS))}.")
    if ("weight" in entry) == ("unused" in entry):
        raise SourceError(f"{path}, {entry['name']}: give either a weight, or under `unused` why it is left out.")
    source = Source(**entry)
    if not source.unused and not (isinstance(source.weight, int | float) and source.weight > 0):
        raise SourceError(f"{path}, {entry['name']}: weight must be a number above 0, not {source.weight!r}.")
    return source
