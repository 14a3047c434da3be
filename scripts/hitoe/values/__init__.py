"""What a value in an author's file may be: scalars, and the small mappings that entries and items have in common."""
