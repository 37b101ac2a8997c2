"""A folder of notes into a folder of briefs. One note that fails does not stop the others, none is passed over in silence, and
a run that was cut off goes on where it was."""

from translator.batch.index import report_as_json
from translator.batch.notes import notes_in
from translator.batch.running import run
from translator.batch.values import Figures, Order, Outcome, Report, Selection
from translator.batch.watching import watch

__all__ = ["Figures", "Order", "Outcome", "Report", "Selection", "notes_in", "report_as_json", "run", "watch"]
