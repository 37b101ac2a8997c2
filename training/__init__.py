"""The recipe of the embedded model, from pairs of sentences to translator/models/compact. The product never imports it."""
