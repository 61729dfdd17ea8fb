"""The benchmark of damage: clean statements are struck as OCR strikes them, and what is read of them is held to the truth."""
