"""Changes to the tables of the store, one module each, run by Alembic when a store is opened."""
