"""The docs site (`make docs`): `make` lays out its pages, of which `api`, `gallery` and `joins` write some."""
