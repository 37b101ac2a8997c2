"""`dwibhashi models …` and `dwibhashi export-argos`: the models beside the embedded one."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from translator.choices import Choices, with_choices
from translator.model_store import shelf
from translator.model_store.registry import Known, known, registry
from translator.terminal import as_json_option, fail, print_json, print_rows

_COLUMNS = ("name", "state", "layout", "megabytes", "licence", "about")
_MEGABYTE = 10**6


@click.group()
def models() -> None:
    """Use larger open models in place of the embedded one."""


@models.command("list")
@as_json_option
def list_models(as_json: bool) -> None:
    """List the models of this machine, and those that can be pulled."""
    here = shelf.names()
    rows = [_row_here(name) for name in here]
    rows += [_row_of(model, "can be pulled", model.size) for model in registry().values() if model.name not in here]
    print_rows(_COLUMNS, rows, as_json)


def _row_here(name: str) -> tuple[object, ...]:
    from translator.engines.opening import layout_of
    from translator.errors import EngineError

    state = "in use" if name == shelf.in_use() else "embedded" if name == shelf.EMBEDDED_NAME else "here"
    folder = shelf.folder_of(name)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if name in registry():
        return _row_of(registry()[name], state, size)
    try:
        layout: str = layout_of(folder)
    except EngineError:
        layout = "cannot be read"
    licence = "Apache-2.0" if name == shelf.EMBEDDED_NAME else ""
    return name, state, layout, _megabytes(size), licence, "the embedded model" if licence else str(folder)


def _row_of(model: Known, state: str, size: int | None) -> tuple[object, ...]:
    return model.name, state, model.layout, _megabytes(size), model.licence, model.about


def _megabytes(size: int | None) -> int | None:
    return None if size is None else round(size / _MEGABYTE)


@models.command()
@click.argument("model", metavar="MODEL")
@click.option("--name", default="", help="How it is called here; as in the registry if left out.")
def pull(model: str, name: str) -> None:
    """Download MODEL of the registry from the hub; what was cut off goes on.

    \b
    dwibhashi models pull nllb-600m
    """
    from translator.model_store.pulling import pull as pull_model

    wanted = known(model)
    click.echo(f"{wanted.name}: {wanted.about}. Licence: {wanted.licence}.", err=True)
    _here(pull_model(wanted, name))


@models.command()
@click.argument("path", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="", help="How it is called here; as its folder if left out.")
def add(path: Path, name: str) -> None:
    """Copy the model in DIR to the others. DIR may be the archive of a model that the registry knows.

    \b
    dwibhashi models add ~/Downloads/opus-mt-hi-en --name opus-mt
    """
    from translator.model_store.adding import add as add_model

    _here(add_model(path, name))


@models.command()
@click.argument("model", metavar="MODEL|DIR")
@click.option("--name", required=True, help="How the converted model is called here.")
@click.option("--quantization", default="int8", show_default=True, help="int8, int8_float16, float16, float32 …")
def convert(model: str, name: str, quantization: str) -> None:
    """Convert a MarianMT, NLLB or OPUS-MT model for CTranslate2, which is several times faster than torch.

    \b
    dwibhashi models convert opus-mt --name opus-mt-int8
    """
    from translator.model_store.converting import QUANTIZATIONS
    from translator.model_store.converting import convert as convert_model

    if quantization not in QUANTIZATIONS:
        raise click.BadParameter(f"{quantization} is not one of {', '.join(QUANTIZATIONS)}.", param_hint="--quantization")
    _here(convert_model(shelf.folder_of(model), name, quantization))


@models.command()
@click.argument("name", default="")
@as_json_option
def verify(name: str, as_json: bool) -> None:
    """Check the files of model NAME, or of the one in use, and find out which ways of pinning hold with it."""
    from translator.model_store.verifying import verify as verify_model

    found = verify_model(name or shelf.in_use(), lambda style: click.echo(f"tried {style}", err=True))
    holds = ", ".join(found.profile.pin_styles or ())
    if as_json:
        print_json({"model": found.model, "pin_styles": found.profile.pin_styles, "kept": dict(found.profile.kept)})
        return
    print_rows(("way of pinning", "kept"), [(style, f"{share:.0%}") for style, share in found.profile.kept.items()], False)
    click.echo(f"{found.model}: its files are right, and pins are kept {holds}.", err=True)


@models.command()
@click.argument("name")
def use(name: str) -> None:
    """Use model NAME from now on; `compact` is the embedded one."""
    shelf.open_model(name)
    shelf.use(name)
    click.echo(f"{name} is in use.", err=True)


@models.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--with", "others", multiple=True, metavar="MODEL|DIR", help="Another model; may be given more than once.")
@click.option("--out", type=click.Path(path_type=Path), default="comparison.html", show_default=True, help="The page to write.")
@with_choices
def compare(file: Path, others: tuple[str, ...], out: Path, choices: Choices) -> None:
    """Translate FILE with several models and write their English side by side; the memory is left out.

    The model in use, or --model, comes first. Without --with, all models of this machine follow.

    \b
    dwibhashi models compare note.txt --with nllb-600m --out comparison.html
    """
    from translator.comparison import compare as compare_engines
    from translator.comparison import write_comparison
    from translator.documents.reading import read_document
    from translator.pipeline import Translator

    chosen = dict.fromkeys([choices.model or shelf.in_use(), *(others or shelf.names())])
    if len(chosen) == 1:
        raise click.UsageError(f"there is only {', '.join(chosen)} to compare; name another model with --with, or add one.")
    document, glossary = read_document(file), choices.glossary()
    translators = {name: Translator(shelf.open_model(name), glossary, choices.domains, choices.house_style) for name in chosen}
    comparison = compare_engines(document, translators, lambda name: click.echo(f"{name} is done", err=True))
    try:
        out.write_text(write_comparison(comparison), encoding="utf-8", errors="replace")
    except OSError as error:
        fail(f"{out}: {error.strerror}. Name another file with --out.")
    click.echo(f"{len(translators)} models compared in {out}", err=True)


@click.command("export-argos")
@click.option("--out", type=click.Path(path_type=Path), default="dwibhashi-hi_en.argosmodel", show_default=True)
@click.option("--model", default=shelf.EMBEDDED_NAME, show_default=True, help="A compact model, by its name or folder.")
@click.option(
    "--sentences",
    type=click.Path(path_type=Path),
    help="MiniSBD's hi.onnx, so that Argos need not download it when it first runs.",
)
def export_argos(out: Path, model: str, sentences: Path | None) -> None:
    """Write the embedded model as a package for Argos Translate and LibreTranslate.

    \b
    dwibhashi export-argos --out hi_en.argosmodel
    """
    from translator.argos_package import write_argos_package

    write_argos_package(out, version("dwibhashi"), shelf.folder_of(model), sentences)
    click.echo(f"{out} is written. To install it: `unzip {out} -d ~/.local/share/argos-translate/packages`.", err=True)


def _here(folder: Path) -> None:
    click.echo(
        f"{folder.name} is in {folder}. Next: `dwibhashi models verify {folder.name}`, `dwibhashi models use {folder.name}`.",
        err=True,
    )
