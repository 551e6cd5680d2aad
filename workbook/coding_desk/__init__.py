"""The coding desk: how an article becomes rows."""
