package comet_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// defaultClaims is how often two pharmacies race for one prescription in an ordinary run;
// HOSPITAL_CLAIMS asks for more.
const defaultClaims = 200

// TestOneClaimWins: two pharmacies' clients, sharing nothing but the chain, claim the same
// prescriptions at once.
func TestOneClaimWins(t *testing.T) {
	claims := size.Of(t, "HOSPITAL_CLAIMS", defaultClaims)
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, t.TempDir(), w)
	accept(t, n, w.Enrolments()...)
	each((claims+9)/10, func(i int) { // five records each, ten prescriptions a batch
		var recs []chain.Record
		for j := range 10 {
			recs = append(recs, w.Paid(fmt.Sprintf("RX%d", 10*i+j), time.Now())...)
		}
		accept(t, n, recs...)
	})
	var mu sync.Mutex
	wins := map[string]int{}
	each(claims, func(i int) {
		subject := fmt.Sprintf("rx:RX%d", i)
		outs, recs := make([]chain.Outcome, 2), make([]chain.Record, 2)
		for k, who := range []*chaintest.Person{w.Dispenser1, w.Dispenser2} {
			recs[k] = w.Record(who, chain.KindClaim, subject, 4, time.Now(), chain.Facts{})
		}
		var race sync.WaitGroup
		for k := range 2 {
			k = (k + i) % 2 // neither is always the first to start
			race.Go(func() { outs[k] = submit(t, n, recs[k])[0] })
		}
		race.Wait()
		winner, loser := 0, 1
		if outs[0].Code != chain.CodeOK {
			winner, loser = 1, 0
		}
		if outs[winner].Code != chain.CodeOK || outs[loser].Code != chain.CodeSequence {
			t.Errorf("%s: %s and %s", subject, outs[0].Code, outs[1].Code)
		}
		holder := []string{"p1", "p2"}[winner]
		if s, err := n.Subject(context.Background(), subject); err != nil || s.Holder != holder {
			t.Errorf("%s: won by %s, held by %s, %v", subject, holder, s.Holder, err)
		}
		mu.Lock()
		defer mu.Unlock()
		wins[holder]++
	})
	t.Logf("wins: %v", wins)
	if wins["p1"]+wins["p2"] != claims || wins["p1"] == 0 || wins["p2"] == 0 {
		t.Errorf("%v of %d: no race, or not one winner each", wins, claims)
	}
}

// each runs fn for 0 to n-1, sixteen at a time.
func each(n int, fn func(i int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := range next {
				fn(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
