"""app.core.limits.address: whom an address stands for."""

import pytest

from app.core.limits.address import network_of


class TestNetwork:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:201", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("somewhere", "unknown"),
            ("", "unknown"),
        ],
    )
    def test_name(self, address: str, network: str) -> None:
        assert network_of(address) == network

    def test_neighbours_are_told_apart(self) -> None:
        assert network_of("::ffff:192.0.2.1") != network_of("::ffff:192.0.2.2")
        assert network_of("2001:db8:0:1::1") != network_of("2001:db8:0:2::1")
