    (compare_exactly, keep_comparing),
