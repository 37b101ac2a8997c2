"""Stub."""

from flask import Blueprint

pages = Blueprint("pages_glossary", __name__)


@pages.get("/glossary")
def review(**k):
    return "x"


@pages.get("/glossary/terms/<int:number>")
def term(**k):
    return "x"


@pages.post("/glossary/terms")
def propose():
    return "x"
