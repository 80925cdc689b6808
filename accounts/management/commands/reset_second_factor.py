"""Takes a lost second factor away: the way back of the first administrator, whom nobody else can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import second_factor
from accounts.identifiers import users_named


class Command(BaseCommand):
    """Find the login by what its person signs in with; take its second factor away; tell her by e-mail."""

    help = "Takes the second factor and the recovery codes off a login; it is kept and told by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whose."""
        parser.add_argument(
            "identifier", help="the e-mail, telephone or personal code that she signs in with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        users = users_named(options["identifier"])
        if len(users) != 1:
            raise CommandError("No login, or more than one, is called that.")
        try:
            second_factor.reset_from_server(user=users[0])
        except second_factor.ResetRefused:
            raise CommandError("This login has no second factor.") from None
        self.stdout.write("Done. At the next sign-in the second factor is set up anew.")
