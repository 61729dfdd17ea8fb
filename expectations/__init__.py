"""What must be true of the warehouse: the accounting identities as data, and the Great Expectations suites over them."""
