"""What is written to users."""

from app.core.mail.message import Mail


def verification_mail(email: str, token: str) -> Mail:
    """Send the token that a new user proves their e-mail with."""
    return Mail(
        to=email,
        subject="Confirm your e-mail address",
        text=(
            "Somebody, hopefully you, has registered with this address. Confirm that it is yours"
            f" with this token:\n\n{token}\n\n"
            "If it was not you, ignore this message: without it, nobody can sign in.\n"
        ),
    )


def known_account_mail(email: str, token: str) -> Mail:
    """Tell a user that somebody tried to register with their address, and how they get in."""
    return Mail(
        to=email,
        subject="You have an account already",
        text=(
            "Somebody, perhaps you, tried to register with this address, which has an account"
            " already. Nothing was changed. If you forgot your password, set a new one with this"
            f" token:\n\n{token}\n"
        ),
    )


def password_reset_mail(email: str, token: str) -> Mail:
    """Send the token that a new password is set with."""
    return Mail(
        to=email,
        subject="Set a new password",
        text=(
            "Somebody, hopefully you, has asked for a new password. Set it with this token:\n\n"
            f"{token}\n\n"
            "If it was not you, ignore this message: your password stays as it is.\n"
        ),
    )
