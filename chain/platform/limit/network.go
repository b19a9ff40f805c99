// Package limit bounds what strangers take of a process, in memory of fixed size: rates by network,
// seats for what is under way at once, and work by its cost.
package limit

import "net/netip"

// prefix6 is what one customer of an IPv6 network has as a rule (RFC 6177): every address of it is
// the same stranger.
const prefix6 = 64

// Network is the unit by which strangers are limited: an IPv4 address, also one written into IPv6,
// or the /64 of an IPv6 address. What is no address is its own unit.
func Network(host string) string {
	a, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	a = a.Unmap().WithZone("")
	if a.Is4() {
		return a.String()
	}
	p, err := a.Prefix(prefix6)
	if err != nil {
		return a.String()
	}
	return p.String()
}
