"""One file per verb that a user would say; no Qt, no SQL, no heavy packages."""
