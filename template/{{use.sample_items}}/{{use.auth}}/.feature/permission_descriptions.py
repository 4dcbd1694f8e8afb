    Permission.ITEMS_WRITE: "Add, change and remove items",
