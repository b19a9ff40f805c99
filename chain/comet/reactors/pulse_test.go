package reactors

import (
	"testing"
	"time"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/mock"
)

// A connection ends after so many beats in a row without a word, and not after as many with words
// between. One that was ended lately gets longer, until the peer has been heard for a minute's
// beats; another connection to it begins anew.
func TestSilenceIsCountedInBeats(t *testing.T) {
	r := NewPulse(time.Second)
	one, other := p2p.Peer(mock.NewPeer(nil)), p2p.Peer(mock.NewPeer(nil))
	silent := func(p p2p.Peer) int {
		for n := 1; n < 100; n++ {
			if r.dead(p, false) {
				return n
			}
		}
		return 0
	}
	words := func(p p2p.Peer, n int) {
		for range n {
			if r.dead(p, true) {
				t.Fatal("a peer that speaks is dead")
			}
		}
	}
	for range 100 { // a word now and then is enough
		for range silentBeats - 1 {
			if r.dead(one, false) {
				t.Fatal("ended too early")
			}
		}
		words(one, 1)
	}
	if n := silent(one); n != silentBeats {
		t.Errorf("ended after %d beats", n)
	}
	if n := silent(one); n != carefulBeats {
		t.Errorf("ended again after %d beats", n)
	}
	words(one, trustedBeats-1)
	if n := silent(one); n != carefulBeats {
		t.Errorf("%d beats after a short life", n)
	}
	words(one, trustedBeats)
	if n := silent(one); n != silentBeats {
		t.Errorf("%d beats after a long life", n)
	}
	if n := silent(other); n != silentBeats {
		t.Errorf("another peer after %d beats", n)
	}
}
