"""Notes in, briefs out: one module for each format."""
