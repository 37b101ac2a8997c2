"""What we know about Hindi text, and nothing else: no glossary, no engine, no files."""
