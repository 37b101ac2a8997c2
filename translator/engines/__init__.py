"""Machine translation engines behind one interface."""
