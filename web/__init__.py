"""The service: pages and interfaces over the translator, for one person at one machine or for a team (DESIGN.md, section 7)."""

from web.app import create_app

__all__ = ["create_app"]
