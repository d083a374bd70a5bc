"""onrecord: who said what, on whose word, and which reports copy, corroborate or contradict each other."""

__version__ = "0.1.0"
