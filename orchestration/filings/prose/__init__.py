"""What a filing tells in sentences: figures, guidance, compounds and their events."""
