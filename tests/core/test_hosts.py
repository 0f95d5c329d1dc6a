"""The server that let us in last is asked first; the lists themselves stay as they are set."""

from dealer_desktop.core import hosts


def test_the_last_one_is_asked_first() -> None:
    assert hosts.in_order("a,b,c", "1,2,3") == ("a,b,c", "1,2,3")
    hosts.note("a,b,c", "1,2,3", "b", "2")
    assert hosts.in_order("a,b,c", "1,2,3") == ("b,a,c", "2,1,3")
    hosts.note("a,b,c", "1,2,3", "c", "3")
    assert hosts.in_order("a,b,c", "1,2,3") == ("c,a,b", "3,1,2")
    assert hosts.in_order("a,b", "1,2") == ("a,b", "1,2"), "another cluster's order is its own"


def test_one_that_fell_silent_is_asked_later() -> None:
    hosts.note("d,e", "1,2", "d", "1")
    hosts.doubt("d,e", "1,2")
    assert hosts.in_order("d,e", "1,2") == ("e,d", "2,1")
    hosts.doubt("alone", "1")
    assert hosts.in_order("alone", "1") == ("alone", "1")


def test_one_port_is_every_hosts() -> None:
    hosts.note("x,y", "5432", "y", "5432")
    assert hosts.in_order("x,y", "5432") == ("y,x", "5432,5432")


def test_what_is_not_in_the_list_is_not_asked() -> None:
    hosts.note("p,q", "1,2", "somewhere", "9")
    assert hosts.in_order("p,q", "1,2") == ("p,q", "1,2")
