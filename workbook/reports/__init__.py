"""Reports: parameterised notebooks run by papermill, a page each, and an index."""
