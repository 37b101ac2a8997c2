"""From a Hindi note to an English brief: documents, engines, pinning, fidelity and the pipeline that joins them."""
