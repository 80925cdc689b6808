"""The wording of why two people were not merged, or a merge not undone."""

from django.utils.translation import gettext_lazy as _

from accounts.merging import Reason

REFUSALS = {
    Reason.HERSELF: _("This is one and the same record: there is nothing to merge."),
    Reason.ALREADY_ONE: _("These two count as one person already."),
    Reason.CIRCLE: _("The second was merged into the first: the other way round would be a circle."),
    Reason.MERGED_ELSEWHERE: _(
        "This record was merged into another one. Undo that first, or merge the one that stands for her."
    ),
    Reason.ERASED: _("One of them asked to be forgotten: nothing says any more who she was."),
    Reason.UNDONE_ALREADY: _("This merge was undone already."),
    Reason.BUSY: _("Somebody else is merging these people at this moment. Try again."),
}
