"""Changes to the tables of the memory, one module each, run by Alembic when a memory is opened."""
