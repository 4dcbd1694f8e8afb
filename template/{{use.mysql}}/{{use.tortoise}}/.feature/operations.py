        # tells "Pen" from "pen" and from "pén" in every table that does not say otherwise
        ops.RunSQL(
            "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            reverse_sql=ops.RunSQL.noop,
        ),
