{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}


def create_users() -> None:
    """Make the table of users."""
    op.create_table(
        "users",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("verified_at", {{ moment() }}, nullable=True),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_index(op.f("ix_users_created_at"), "users", ["created_at"])


def drop_users() -> None:
    """Drop the table of users."""
    op.drop_table("users")


def create_user_sessions() -> None:
    """Make the table of sessions."""
    op.create_table(
        "user_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", {{ key() }}, nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("refresh_digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", {{ moment() }}, nullable=False),
        sa.Column("last_used_at", {{ moment() }}, nullable=False),
        sa.Column("revoked_at", {{ moment() }}, nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_user_sessions_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
    )
    op.create_index(op.f("ix_user_sessions_user_id"), "user_sessions", ["user_id"])
    op.create_index(op.f("ix_user_sessions_expires_at"), "user_sessions", ["expires_at"])


def drop_user_sessions() -> None:
    """Drop the table of sessions."""
    op.drop_table("user_sessions")


def create_user_tokens() -> None:
    """Make the table of tokens that are sent by e-mail."""
    op.create_table(
        "user_tokens",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("user_id", {{ key() }}, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", {{ moment() }}, nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_user_tokens_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_user_tokens_digest")),
        sa.UniqueConstraint("user_id", "purpose", name=op.f("uq_user_tokens_user_id_purpose")),
    )
    op.create_index(op.f("ix_user_tokens_expires_at"), "user_tokens", ["expires_at"])


def drop_user_tokens() -> None:
    """Drop the table of tokens that are sent by e-mail."""
    op.drop_table("user_tokens")


def create_login_failures() -> None:
    """Make the table of sign-ins that have not succeeded."""
    op.create_table(
        "login_failures",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    op.create_index(op.f("ix_login_failures_account"), "login_failures", ["account"])
    op.create_index(op.f("ix_login_failures_address"), "login_failures", ["address"])
    op.create_index(op.f("ix_login_failures_created_at"), "login_failures", ["created_at"])


def drop_login_failures() -> None:
    """Drop the table of sign-ins that have not succeeded."""
    op.drop_table("login_failures")
