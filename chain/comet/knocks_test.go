package comet

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// A stranger who opens the engine's port again and again and says nothing held every place of it.
// One network gets a few.
func TestStrangersKnock(t *testing.T) {
	k := knocks{limit.NewRates(knocksRate, knocksBurst)}
	at, in := time.Unix(1_700_000_000, 0), 0
	for range 1000 {
		if k.knock("[2001:db8::7]:4711", at) {
			in++
		}
	}
	if in != knocksBurst {
		t.Errorf("%d tries of one network passed at once", in)
	}
	if k.knock("[2001:db8::8]:4711", at) || !k.knock("[2001:db8:0:1::8]:4711", at) || !k.knock("192.0.2.1:1", at) {
		t.Error("the same /64 is the same network, others are others")
	}
	for range 1000 {
		if !k.knock("127.0.0.1:26656", at) {
			t.Fatal("a tunnel on this machine carries all members")
		}
	}
}
