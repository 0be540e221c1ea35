"""How the shipped reading model was made; never imported by the other rooms of the package."""
