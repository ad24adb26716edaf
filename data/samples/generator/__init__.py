"""The generator of the bundled evaluation: synthetic voices, a real recogniser, real errors.

It is run by hand, in its own environment (``requirements.txt``), and by neither make target. Nothing in
the product imports it: the product only reads ``speech.parquet``, ``clips/`` and ``about.json``.
"""
