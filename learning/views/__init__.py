"""The pages of learners and their facilitators: fetch, ask, act, render."""
