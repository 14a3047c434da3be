"""What learners have: the ledger of shipped notes, and the package made from it."""
