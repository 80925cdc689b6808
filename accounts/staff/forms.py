"""The form by which an administrator makes or changes a login and says what it may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.models import Person, User

# Groups are rows with English names; who hands them out reads what each one opens.
OPENS = {
    "Trainers": _("Trainers: begin courses of their own, and write those whose team they are in"),
    "Course coordinators": _("Course coordinators: approve what trainers hand in"),
    "Programme staff": _(
        "Programme staff: support lines, institutions, groups, certificates, what all courses share"
    ),
    "Editors": _("Editors: write every page of the site; trainers do not need it"),
    "Moderators": _("Moderators: write and publish every page of the site; trainers do not need it"),
}


class GroupsField(forms.ModelMultipleChoiceField):
    """Groups, each with what it opens."""

    def label_from_instance(self, obj: Any) -> str:
        """Say what the group opens; a course's team says so by its name."""
        return str(OPENS.get(obj.name, obj.name))


class LoginForm(WagtailAdminModelForm):
    """A login with its person's name and its groups. The secret is left alone when nothing is typed."""

    display_name = forms.CharField(label=_("Name on screen"), max_length=60)
    secret = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave it empty to keep the one there is. Tell the person to change it."),
    )
    groups = GroupsField(
        label=_("Groups"),
        queryset=Group.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the login may do in the editors' side. A learner needs none."),
    )

    class Meta:
        model = User
        fields = ["email", "is_active", "is_superuser"]
        labels = {"is_superuser": _("Administrator: may do everything")}
        help_texts = {
            "is_superuser": "",
            "is_active": _("Untick it instead of deleting: what people did is kept."),
        }

    field_order = ["display_name", "email", "secret", "groups", "is_superuser", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["secret"].required = self.instance.pk is None
        if self.instance.pk is None:
            self.fields["secret"].help_text = _("Tell the person to change it.")
        if self.instance.pk:
            self.fields["display_name"].initial = self.instance.person.display_name
            self.fields["groups"].initial = self.instance.groups.all()

    def clean_email(self) -> str:
        """Refuse an e-mail that another login has, in whatever case it is written."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another login has this e-mail."))
        return email

    def clean_secret(self) -> str:
        """Hold the password to the site's rules."""
        secret = str(self.cleaned_data["secret"])
        if secret:
            validate_password(secret, self.instance)
        return secret

    def save(self, commit: bool = True) -> User:
        """Save person, login and groups together; a group or the administrator's tick opens the editors' side."""
        data, user = self.cleaned_data, self.instance
        with transaction.atomic():
            if user.pk is None:
                person = Person.objects.create(display_name=data["display_name"])
                user = User.objects.create_user(email=data["email"], password=data["secret"], person=person)
            Person.objects.filter(pk=user.person_id).update(display_name=data["display_name"])
            self._save_login(user)
        return user

    def _save_login(self, user: User) -> None:
        data = self.cleaned_data
        user.email, user.is_active, user.is_superuser = data["email"], data["is_active"], data["is_superuser"]
        user.is_staff = user.is_superuser or bool(data["groups"])
        if data["secret"]:
            user.set_password(data["secret"])
        user.save(update_fields=["email", "is_active", "is_superuser", "is_staff", "password"])
        user.groups.set(data["groups"])
