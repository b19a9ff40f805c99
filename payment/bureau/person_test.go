package bureau

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/payment/money"
)

// TestTokensToTheLetter: the shape of an ecToken, at its limits, and that a refusal does not repeat
// it.
func TestTokensToTheLetter(t *testing.T) {
	for token, good := range map[string]bool{
		strings.Repeat("a", 15): false, strings.Repeat("a", 16): true, strings.Repeat("Z", 128): true,
		strings.Repeat("a", 129): false, "ec-token_of-LI-0001": true, "ec token of li 0001": false,
		"ec-token-of-li-0001\n": false, "": false,
	} {
		err := CheckECToken(token)
		if (err == nil) != good || err != nil && !errors.Is(err, money.ErrInvalid) {
			t.Errorf("%q: %v", token, err)
		}
		if err != nil && token != "" && strings.Contains(err.Error(), token) {
			t.Errorf("the refusal repeats %q", token)
		}
	}
	for i, want := range map[Insutype]bool{Employee: true, Resident: true, "340": false, "": false} {
		if i.Known() != want {
			t.Errorf("insurance %q known: %v", i, !want)
		}
	}
}

// TestExchangesAreHeard: each message is told to the one who waits for the call, and to nobody
// else.
func TestExchangesAreHeard(t *testing.T) {
	var heard []string
	ctx := WithExchanges(context.Background(), func(e Exchange) { heard = append(heard, e.Op) })
	NoteExchange(ctx, Exchange{Op: "6202"})
	NoteExchange(context.Background(), Exchange{Op: "6203"})
	if len(heard) != 1 || heard[0] != "6202" {
		t.Errorf("heard %v", heard)
	}
}
