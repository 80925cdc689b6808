"""Makes the way by which a course is looked at before it is published, once: what an administrator changes stays.

Whoever may write but not publish submits a page; whoever coordinates approves it, or sends it back with a comment.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from home.starter import records

COORDINATORS = gettext_noop("Course coordinators")
NAME = "Revisión antes de publicar"
RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def make_workflow(index: Page, report: records.Report) -> None:
    """Give the catalogue `index` a workflow of one step, unless somebody gave it one already."""
    if WorkflowPage.objects.filter(page=index).exists():
        report.note(records.KEPT, NAME)
        return
    task, _made = GroupApprovalTask.objects.get_or_create(name=NAME)
    task.groups.add(_coordinators(index))
    workflow, _made = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    report.note(records.MADE, NAME)


def _coordinators(index: Page) -> Group:
    group, made = Group.objects.get_or_create(name=COORDINATORS)
    if made:
        group.permissions.add(_right("wagtailadmin", "access_admin"))
        for codename in RIGHTS:
            GroupPagePermission.objects.create(
                group=group, page=index, permission=_right("wagtailcore", codename)
            )
    return group


def _right(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
