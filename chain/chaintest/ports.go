package chaintest

import (
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/loopback"
)

// Ports is loopback.Ports for a test.
func Ports(t testing.TB, n int) int {
	t.Helper()
	first, err := loopback.Ports(n)
	if err != nil {
		t.Fatal(err)
	}
	return first
}

// Address is loopback.Address for a test.
func Address(t testing.TB) string {
	t.Helper()
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	return address
}
