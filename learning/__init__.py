"""What learners do: enrolment, progress, completion."""
