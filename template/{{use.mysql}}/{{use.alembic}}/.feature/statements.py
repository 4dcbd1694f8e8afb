    # tells "Pen" from "pen" and from "pén" in every table that does not say otherwise
    "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
