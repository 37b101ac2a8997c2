"""The translation memory: segments that people have approved, found again exactly or nearly, and exchanged as TMX."""
