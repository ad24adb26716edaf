"""One file per page, each reading as a table of contents."""
