"""Gets it in: readers, checks, ingest, the tables of a build and the queries over them."""
