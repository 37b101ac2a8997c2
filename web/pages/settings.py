"""Stub."""

from flask import Blueprint

pages = Blueprint("pages_settings", __name__)


@pages.get("/settings")
def about(**k):
    return "x"
