"""What trainers write: the page tree, blocks, the frozen course version."""
