"""Stub."""

from flask import Blueprint

pages = Blueprint("pages_memory", __name__)


@pages.get("/memory")
def search(**k):
    return "x"
