"""What programs ask, as the OpenAPI document describes it: read strictly, with no field that is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import FileStorage

from glossary.model import Case, Kind, Status, Verdict
from translator.house_style import NAMES, USUAL
from translator.pipeline import Units
from web.api.models import LONGEST_ROW, Context, Text

_LONGEST_NOTE = 5000
_LONGEST_NAME = 300
_LARGEST_PAGE = 200
_NOTE = "8 अप्रैल 2024 को संयुक्त कार्य समूह की बैठक हुई।"

Name = Annotated[Text, Field(max_length=_LONGEST_NAME)]
Domain = Annotated[Name, Field(examples=["diplomacy"])]
Domains = Annotated[list[Domain], Field(max_length=10, description="Domains of the glossary whose English is preferred.")]
Rule = Annotated[str, Field(json_schema_extra={"enum": list(NAMES)})]
Rules = Annotated[list[Rule], Field(max_length=len(NAMES), description="Rules of the house style that are on.")]
Upload = Annotated[FileStorage, WithJsonSchema({"type": "string", "format": "binary"})]


def _left_out(**more: Any) -> Callable[[dict[str, Any]], None]:
    """For models in which a field that is left out does not mean what its default would: the document gives none."""

    def changed(schema: dict[str, Any]) -> None:
        for described in schema["properties"].values():
            described.pop("default", None)
        schema.update(more)

    return changed


class _Asked(BaseModel):
    """A body in JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Sent(BaseModel):
    """A form or a query: all values come as text."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Paging(_Sent):
    """Which part of a long list is wanted; a page beyond its end is empty."""

    page: int = Field(default=1, ge=1, le=1_000_000, description="The first page is 1.")
    size: int = Field(default=25, ge=1, le=_LARGEST_PAGE, description="How many a page has.")

    @property
    def after(self) -> int:
        """How many stand before the page."""
        return (self.page - 1) * self.size


class Search(Paging):
    """Words to look for, and the part of what is found."""

    query: Name = Field(default="", description="Words that must all be there; Hindi is found in any spelling.", examples=["बैठक"])


class TermSearch(Search):
    """Which terms are wanted."""

    query: Name = Field(
        default="", description="Words of the Hindi, in any spelling, of the English or the acronym.", examples=["समूह"]
    )
    status: Status | Literal[""] = Field(default="", description="Only terms of this status.")
    kind: Kind | Literal[""] = Field(default="", description="Only terms of this kind.")
    domain: Name = Field(default="", description="Only terms of this domain.", examples=["diplomacy"])


class Options(_Asked):
    """How a text is to be translated."""

    domains: Domains = []
    rules: Rules = Field(default=sorted(USUAL), examples=[["capital", "final-mark", "dates"]])
    units: Units = Field(default="indian", description="Units of large numbers: lakh and crore, or million and billion.")


class NewTranslation(_Asked):
    """A short text, or sentences that have nothing to do with each other, to be translated while the program waits."""

    model_config = ConfigDict(
        json_schema_extra=_left_out(
            oneOf=[{"required": ["text"]}, {"required": ["sentences"]}],
            examples=[{"text": _NOTE, "options": {"units": "international"}}, {"sentences": ["बैठक समाप्त हुई।"]}],
        )
    )
    text: Text = Field(default="", min_length=1, description="A note, in paragraphs.")
    sentences: list[Text] = Field(default=[], min_length=1, max_length=1000, description="One answer for each, in this order.")
    options: Options = Options()

    @model_validator(mode="after")
    def _one_of_two(self) -> NewTranslation:
        if bool(self.text) == bool(self.sentences):
            raise PydanticCustomError("one_of_two", "Give text or sentences, one of the two.")
        return self


class NewBrief(_Asked):
    """A note that is kept and translated when its turn comes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": _NOTE, "name": "Joint Working Group"}]})
    text: Text = Field(min_length=1, description="The note, in paragraphs.", examples=[_NOTE])
    name: Name = Field(default="", description="What the brief is called; the first words of the text, if it is not given.")
    options: Options = Options()


class BriefForm(_Sent):
    """A file that is kept and translated when its turn comes."""

    file: Upload = Field(description="The note; the ending of its name tells the format.")
    name: Name = Field(default="", description="What the brief is called; the name of the file, if it is not given.")
    domains: Domains = []
    rules: Rules = sorted(USUAL)
    units: Units = "indian"


class NewTarget(_Asked):
    """The approved English of a row."""

    target: Text = Field(min_length=1, max_length=LONGEST_ROW, examples=["The Joint Working Group met on 8 April 2024."])


class NewTerm(_Asked):
    """A term for the glossary."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"hindi": "परामर्श मंच", "english": "Consultative Forum", "domain": "diplomacy"}]}
    )
    hindi: Name = Field(min_length=1, description="The term in citation form.", examples=["परामर्श मंच"])
    english: Name = Field(default="", description="What must stand for it.", examples=["Consultative Forum"])
    acronym: Name = Field(default="", description="In Latin letters.", examples=["CF"])
    acronym_hindi: Name = Field(default="", description="Where Hindi does not say the letters.")
    kind: Kind = Field(default="term", description="`name` does not inflect; `forbidden` is an English that must not appear.")
    variants: list[Name] = Field(default=[], max_length=50, description="Other Hindi for the same.")
    case: Case = Field(default="adapt", description="`keep` for what never takes a capital at the beginning of a sentence.")
    domain: Name = Field(default="", examples=["diplomacy"])
    preferred: Name = Field(default="", description="What is to stand in the place of a forbidden English.")
    note: Text = Field(default="", max_length=_LONGEST_NOTE)
    example: Text = Field(default="", max_length=_LONGEST_NOTE)
    source: Name = Field(default="", description="Where the term was agreed.")
    why: Name = Field(default="", description="For the history.", examples=["joint statement of 8 April"])
    approve: bool = Field(default=False, description="Approve it at once; this needs the role reviewer.")


class TermChanges(_Asked):
    """Fields of a term that are to change; those that are not given stay as they are."""

    model_config = ConfigDict(json_schema_extra=_left_out(examples=[{"note": "annual", "why": "minutes of 8 April"}]))
    hindi: Name = Field(default="", min_length=1)
    english: Name = ""
    acronym: Name = ""
    acronym_hindi: Name = ""
    kind: Kind = "term"
    variants: list[Name] = Field(default=[], max_length=50)
    case: Case = "adapt"
    domain: Name = ""
    preferred: Name = ""
    note: Text = Field(default="", max_length=_LONGEST_NOTE)
    example: Text = Field(default="", max_length=_LONGEST_NOTE)
    source: Name = ""
    why: Name = Field(default="", description="For the history.")


class NewVerdict(_Asked):
    """What is decided on a term: drafts are approved or rejected, approved terms retired."""

    verdict: Verdict = Field(examples=["approve"])
    why: Name = Field(default="", description="For the history.", examples=["joint statement of 8 April"])


class TextToSearch(_Asked):
    """A text in which agreed terms are to be found."""

    text: Text = Field(min_length=1, examples=[_NOTE])
    domains: Domains = []


class NewMemory(_Asked):
    """A sentence and its approved English."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"source": "बैठक समाप्त हुई।", "target": "The meeting ended.", "document": "minutes.txt"}]}
    )
    source: Text = Field(min_length=1, max_length=LONGEST_ROW, description="The Hindi sentence.", examples=["बैठक समाप्त हुई।"])
    target: Text = Field(min_length=1, max_length=LONGEST_ROW, description="Its English.", examples=["The meeting ended."])
    context: Context = Context()
    document: Name = Field(default="", description="Where it stood.", examples=["minutes.txt"])


class BatchForm(_Sent):
    """Files that are kept and translated together; those that cannot be read are passed over."""

    files: list[Upload] = Field(min_length=1, max_length=1000)
    name: Name = Field(default="", description="What the batch is called.", examples=["Notes of April"])
    domains: Domains = []
    rules: Rules = sorted(USUAL)
    units: Units = "indian"
