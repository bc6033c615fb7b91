"""Other programs that extract from reports, set up as well as we know how."""
