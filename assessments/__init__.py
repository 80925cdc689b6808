"""Question banks, quizzes, attempts, marking. Knows people and answers, not courses."""
