"""Stub."""

from flask import Blueprint

pages = Blueprint("pages_batches", __name__)


@pages.get("/batches")
def all(**k):
    return "x"


@pages.get("/batches/<batch_id>")
def page(**k):
    return "x"
