    orders: OrderSettings = field(default_factory=OrderSettings.read)
