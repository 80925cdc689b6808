"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent with `enrolment_id` (int).
learner_enrolled = Signal()

# Sent with `enrolment_id` (int) and `activity` (UUID), once for each activity done.
activity_completed = Signal()

# Sent with `completion_id` (int), once for each completion.
course_completed = Signal()

# Sent with `completion_id` (int), once for each completion that two people annulled.
completion_annulled = Signal()

# Sent with `cohort_id` (int): somebody left a group that has a number of seats, or the number was raised.
seat_freed = Signal()
