"""What a widget is: models, the type and layout matrix, linting, templates. Pure: it only reads what it is given."""
