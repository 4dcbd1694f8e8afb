        ops.CreateModel(
            name="Profile",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                (
                    "user",
                    fields.OneToOneField(
                        "models.User",
                        source_field="user_id",
                        related_name="profile",
                        on_delete=fields.CASCADE,
                    ),
                ),
                ("handle", fields.CharField(unique=True, max_length=30)),
                ("bio", fields.CharField(max_length=300)),
            ],
            options={
                "table": "profiles",
                "table_description": "What others know of a user",
            },
        ),
        ops.CreateModel(
            name="Follow",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                (
                    "follower",
                    fields.ForeignKeyField(
                        "models.Profile",
                        source_field="follower_id",
                        related_name="following",
                        on_delete=fields.CASCADE,
                    ),
                ),
                (
                    "followed",
                    fields.ForeignKeyField(
                        "models.Profile",
                        source_field="followed_id",
                        db_index=True,
                        related_name="followers",
                        on_delete=fields.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "follows",
                "unique_together": (("follower", "followed"),),
                "table_description": "Who follows whom",
            },
        ),
        ops.CreateModel(
            name="Tag",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("name", fields.CharField(unique=True, max_length=30)),
            ],
            options={
                "table": "tags",
                "table_description": "What articles have in common",
            },
        ),
        ops.CreateModel(
            name="Article",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                ("created_at", fields.DatetimeField(auto_now_add=True, db_index=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                (
                    "author",
                    fields.ForeignKeyField(
                        "models.Profile",
                        source_field="author_id",
                        db_index=True,
                        related_name="articles",
                        on_delete=fields.RESTRICT,
                    ),
                ),
                ("slug", fields.CharField(max_length=100)),
                ("is_live", fields.BooleanField(null=True, default=True)),
                ("title", fields.CharField(max_length=150)),
                ("summary", fields.CharField(max_length=300)),
                ("body", fields.TextField()),
                ("views", fields.IntField(default=0)),
                ("published_at", fields.DatetimeField(null=True, db_index=True)),
                ("deleted_at", fields.DatetimeField(null=True)),
                ("version", fields.IntField(default=1)),
                (
                    "tags",
                    fields.ManyToManyField(
                        "models.Tag",
                        through="article_tags",
                        forward_key="tag_id",
                        backward_key="article_id",
                        related_name="articles",
                        on_delete=fields.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "articles",
                "unique_together": (("slug", "is_live"),),
                "table_description": "What somebody wrote",
            },
        ),
        ops.CreateModel(
            name="Comment",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                (
                    "article",
                    fields.ForeignKeyField(
                        "models.Article",
                        source_field="article_id",
                        db_index=True,
                        related_name="comments",
                        on_delete=fields.CASCADE,
                    ),
                ),
                (
                    "author",
                    fields.ForeignKeyField(
                        "models.Profile",
                        source_field="author_id",
                        null=True,
                        db_index=True,
                        related_name="comments",
                        on_delete=fields.SET_NULL,
                    ),
                ),
                ("body", fields.CharField(max_length=2000)),
                ("created_at", fields.DatetimeField(auto_now_add=True)),
            ],
            options={
                "table": "comments",
                "table_description": "What was said",
            },
        ),
        ops.CreateModel(
            name="Favourite",
            fields=[
                ("id", fields.BigIntField(primary_key=True)),
                (
                    "profile",
                    fields.ForeignKeyField(
                        "models.Profile",
                        source_field="profile_id",
                        related_name="favourites",
                        on_delete=fields.CASCADE,
                    ),
                ),
                (
                    "article",
                    fields.ForeignKeyField(
                        "models.Article",
                        source_field="article_id",
                        db_index=True,
                        related_name="favourites",
                        on_delete=fields.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "favourites",
                "unique_together": (("profile", "article"),),
                "table_description": "Who likes what",
            },
        ),
