    publisher: Publisher
