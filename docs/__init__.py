"""Pages for readers; `docs.site` makes a site of them. A package, so that no other `docs` is taken for it."""
