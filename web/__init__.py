"""The service: pages and interfaces over the translator, for one person at one machine or for a team (DESIGN.md, section 7).

It begins in web.app; nothing is imported here, so that a command which needs no service does not wait for it.
"""
