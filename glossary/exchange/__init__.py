"""Glossaries of other tools and other people, in and out: CSV, TSV, XLSX and TBX."""
