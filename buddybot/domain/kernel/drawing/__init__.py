"""Pictures that the core draws itself."""
