{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
{% macro reference(name, table, ondelete, options) %}
        sa.Column(
            "{{ name }}",
            {{ key() }},
            sa.ForeignKey("{{ table }}.id", ondelete="{{ ondelete }}"),
{% for option in options %}
            {{ option }},
{% endfor %}
        ),
{% endmacro %}
    "profiles": [
        sa.Column("id", {{ key() }}, primary_key=True),
{{ reference("user_id", "users", "CASCADE", ["nullable=False", "unique=True"]) -}}
{{ "" }}        sa.Column("handle", sa.String(length=30), nullable=False, unique=True),
        sa.Column("bio", sa.String(length=300), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
    ],
    "follows": [
{{ reference("follower_id", "profiles", "CASCADE", ["primary_key=True"]) -}}
{{ reference("followed_id", "profiles", "CASCADE", ["primary_key=True", "index=True"]) -}}
{{ "" }}    ],
    "tags": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("name", sa.String(length=30), nullable=False, unique=True),
    ],
    "articles": [
        sa.Column("id", {{ key() }}, primary_key=True),
{{ reference("author_id", "profiles", "RESTRICT", ["nullable=False", "index=True"]) -}}
{{ "" }}        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=True),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("published_at", {{ moment() }}, nullable=True, index=True),
        sa.Column("deleted_at", {{ moment() }}, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
        sa.UniqueConstraint("slug", "is_live"),
    ],
    "article_tags": [
{{ reference("article_id", "articles", "CASCADE", ["primary_key=True"]) -}}
{{ reference("tag_id", "tags", "CASCADE", ["primary_key=True", "index=True"]) -}}
{{ "" }}    ],
    "comments": [
        sa.Column("id", {{ key() }}, primary_key=True),
{{ reference("article_id", "articles", "CASCADE", ["nullable=False", "index=True"]) -}}
{{ reference("author_id", "profiles", "SET NULL", ["nullable=True", "index=True"]) -}}
{{ "" }}        sa.Column("body", sa.String(length=2000), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
    ],
    "favourites": [
{{ reference("profile_id", "profiles", "CASCADE", ["primary_key=True"]) -}}
{{ reference("article_id", "articles", "CASCADE", ["primary_key=True", "index=True"]) -}}
{{ "" }}    ],
