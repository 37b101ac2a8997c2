"""The recipe of the embedded model. So far: how to go on from the model that is embedded, where no training state is at hand."""
