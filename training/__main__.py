"""`python -m training COMMAND`: the recipe of the embedded model, from raw pairs to the model card."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from training import data_commands, training_commands
from translator.errors import DwibhashiError

_FAILED = 3  # as of every command of this project
_EXTRA = ("numpy", "torch", "transformers", "yaml", "eflomal", "matplotlib", "sacrebleu", "zstandard")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data_commands.add_commands(commands)
    training_commands.add_commands(commands)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except DwibhashiError as error:
        print(f"training: {error}", file=sys.stderr)
        return _FAILED
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        print(f"training: {error.name} is not installed; pip install --editable '.[train]'", file=sys.stderr)
        return _FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
