"""Models beside the embedded one: which there are, where they lie on this machine, and what is known of each."""
