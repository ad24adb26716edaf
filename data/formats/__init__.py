"""One small reader per evaluation-file format, each giving the canonical records."""
