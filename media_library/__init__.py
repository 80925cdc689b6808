"""Pictures, documents, audio and video, and who may fetch them."""
