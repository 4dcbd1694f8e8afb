from tests.support.broker import own_queue
