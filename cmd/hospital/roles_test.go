package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/contract"
)

// TestRolesOfARequest: whoever asks to join may be what the contract knows, in its order.
func TestRolesOfARequest(t *testing.T) {
	var known []string
	for _, o := range contract.Orgs {
		known = append(known, string(o.Name))
	}
	f, _ := reflect.TypeFor[requestCmd]().FieldByName("Role")
	if is, want := f.Tag.Get("enum"), strings.Join(known, ","); is != want {
		t.Errorf("--role takes %s, the contract knows %s", is, want)
	}
}
