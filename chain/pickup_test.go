package chain_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// pickupVector is a pick-up chain as testdata/v2/pickup.json has it: the phone computes the same.
type pickupVector struct {
	Foot  string   `json:"foot"`
	Codes []string `json:"codes"` // of the first claim, of the second …
	Head  string   `json:"head"`
}

func pickupVectors() (all []pickupVector) {
	for _, seed := range []string{"", "one", "two"} {
		foot := merkle.Hash(gm.Sum([]byte(seed)))
		v := pickupVector{Foot: foot.String(), Head: chain.PickupHead(foot, chain.PickupCodes).String()}
		for n := range uint64(chain.PickupCodes) {
			code, _ := chain.PickupCode(foot, n)
			v.Codes = append(v.Codes, code.String())
		}
		all = append(all, v)
	}
	return all
}

func TestPickupVectors(t *testing.T) {
	name := filepath.Join("v2", "pickup.json")
	if *update {
		write(t, name, text(pickupVectors()))
	}
	if got := text(pickupVectors()); string(got) != string(file(t, name)) {
		t.Errorf("the pick-up chains are\n%s", got)
	}
}

// TestPickupChain: each code leads to the one before it and to the head, and there are as many as
// promised.
func TestPickupChain(t *testing.T) {
	var all []pickupVector
	if err := json.Unmarshal(file(t, filepath.Join("v2", "pickup.json")), &all); err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		state := v.Head
		for i, code := range v.Codes {
			h, err := merkle.ParseHash(code)
			if err != nil || chain.PickupNext(h).String() != state {
				t.Errorf("code %d does not lead to what was revealed before it", i+1)
			}
			state = code
		}
		if len(v.Codes) != chain.PickupCodes || state != v.Foot {
			t.Errorf("%d codes, the last is not the foot", len(v.Codes))
		}
		foot, _ := merkle.ParseHash(v.Foot)
		if _, more := chain.PickupCode(foot, chain.PickupCodes); more {
			t.Error("a code after the last")
		}
	}
}
