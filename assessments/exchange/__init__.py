"""Questions that come from other programs and go to them: GIFT, Moodle XML and QTI.

A reader turns a file into items, plain data that know no database; a writer turns items into a file. What cannot be
kept is noted with the item, and told before anything is taken.
"""
