"""Batches: files that come together, and how far their briefs are."""

from __future__ import annotations

from dataclasses import asdict

from flask import url_for

from web.access import note, user
from web.api.asked import BatchForm, Paging
from web.api.models import Batch, BatchPage, BatchWithBriefs
from web.api.reading import chosen
from web.api.routes import Made, v1
from web.api.v1_briefs import state_of
from web.incoming import Given, clean_name, incoming
from web.parts import parts

_TAG = "Batches"


@v1.route("GET", "/batches", _TAG, "viewer", query=Paging, answer=BatchPage)
def batches(query: Paging) -> BatchPage:
    """List the batches."""
    found = [Batch.model_validate(batch) for batch in parts().batches.all(query.size, query.after)]
    return BatchPage(page=query.page, size=query.size, count=parts().batches.count(), batches=found)


@v1.route("POST", "/batches", _TAG, "translator", form=BatchForm, answer=BatchWithBriefs, status=202)
def accept_batch(asked: BatchForm) -> Made:
    """Give files, or a ZIP of them, to be translated together. Those that cannot be read are named in `passed_over`."""
    most_bytes = parts().settings.upload_mb * 2**20
    given = [Given(file.filename or "", file.stream.read) for file in asked.files]
    name = clean_name(asked.name.strip() or given[0].name)
    files = incoming(given, chosen(asked.domains, asked.rules, asked.units), most_bytes)
    batch_id = parts().batches.accept(name, files, user().name)
    note("batch accepted", batch_id)
    return Made(_with_briefs(batch_id, Paging()), url_for("api_v1.batch", batch_id=batch_id))


@v1.route("GET", "/batches/<word:batch_id>", _TAG, "viewer", query=Paging, answer=BatchWithBriefs)
def batch(batch_id: str, query: Paging) -> BatchWithBriefs:
    """Show a batch and its briefs."""
    return _with_briefs(batch_id, query)


def _with_briefs(batch_id: str, query: Paging) -> BatchWithBriefs:
    kept = parts().batches.batch(batch_id)
    briefs = [state_of(brief) for brief in parts().briefs.of_batch(batch_id, query.size, query.after)]
    values = {**asdict(kept), "page": query.page, "size": query.size, "count": kept.documents, "briefs": briefs}
    return BatchWithBriefs.model_validate(values)
