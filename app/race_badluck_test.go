package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/service"
)

const (
	defaultClaims = 45 // races of two pharmacies in an ordinary run; .ci/run asks for more by HOSPITAL_CLAIMS
	claimLanes    = 4  // prescriptions raced for at the same time
	cancelRaces   = 8
)

// lostRace are the ways to be told that somebody was faster.
var lostRace = []string{"claim-held", "stale", "version-conflict", "status"}

// Two pharmacies, two prepared claims, two good signatures, sent at once over HTTP: one pharmacy
// gets the lock and the other is told so. The winner gives the lock back and both try again.
func TestTwoPharmaciesClaimAtOnce(t *testing.T) {
	t.Parallel()
	claims := size.Of(t, "HOSPITAL_CLAIMS", defaultClaims)
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		h := openHospital(t, demoConfig(t, dsn))
		h.enter(2)
		const each = chain.PickupCodes - 1 // claims that one prescription's pick-up codes allow, with one to spare
		visits := h.lead((claims+each-1)/each, prescription.Paid)
		begin := time.Now()
		var wg sync.WaitGroup
		lanes := make(chan struct{}, claimLanes)
		var wins [2]int
		var mu sync.Mutex
		for _, v := range visits {
			wg.Go(func() {
				lanes <- struct{}{}
				defer func() { <-lanes }()
				for range each {
					winner, err := h.raceForClaim(v)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					wins[winner]++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		t.Logf("%d races in %.1f s, wins %v", wins[0]+wins[1], time.Since(begin).Seconds(), wins)
		h.close()
	})
}

// raceForClaim returns which of two pharmacies won, after it gave the lock back.
func (h *hospital) raceForClaim(v *journey.Visit) (winner int, err error) {
	ctx := h.t.Context()
	rivals := [2]*journey.Person{h.ward.Pharmacy(0), h.ward.Pharmacy(1)}
	var prepared [2]*web.IntentView
	for n, p := range rivals {
		in, err := v.ClaimInput(ctx, p)
		if err == nil {
			prepared[n], err = p.Prepare(ctx, v.Path("/claim"), in)
		}
		if err != nil {
			return 0, err
		}
	}
	done, errs := signAtOnce(h.t, rivals, prepared)
	winner = slices.Index(errs[:], nil)
	if winner < 0 || errs[1-winner] == nil || !slices.Contains(lostRace, codeOf(errs[1-winner])) {
		return 0, fmt.Errorf("race for %s: %w and %w", v.Prescription(), errs[0], errs[1])
	}
	held := done[winner].Prescription
	if held.Status != prescription.Claimed || held.Content.Claim.Secret == "" {
		return 0, fmt.Errorf("the winner got %s without a secret", held.Status)
	}
	var release *web.IntentView
	confirmed := func() (bool, error) { // what the chain may still refuse cannot be given back
		release, err = rivals[winner].Prepare(ctx, v.Path("/release"),
			service.ReleaseInput{Secret: held.Content.Claim.Secret, Reason: "缺货，请换一家"})
		if codeOf(err) == "claim-unconfirmed" {
			return false, nil
		}
		return true, err
	}
	if err = rivals[winner].Poll(ctx, "the chain's word on the claim", 10*time.Millisecond, confirmed); err == nil {
		_, err = rivals[winner].Sign(ctx, release, rand.Text())
	}
	return winner, err
}

// signAtOnce sends both signatures at the same moment. A database that was too busy is asked again
// with the same key, as its answer says.
func signAtOnce(t *testing.T, who [2]*journey.Person, prepared [2]*web.IntentView) (done [2]*journey.Signed,
	errs [2]error) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for n := range 2 {
		wg.Go(func() {
			key := rand.Text()
			<-start
			err := who[n].Poll(t.Context(), "a free database", 50*time.Millisecond, func() (bool, error) {
				done[n], errs[n] = who[n].Sign(t.Context(), prepared[n], key)
				return codeOf(errs[n]) != "unavailable", nil
			})
			errs[n] = errors.Join(errs[n], err)
		})
	}
	close(start)
	wg.Wait()
	return done, errs
}

// The patient cancels while a pharmacy claims. One of them wins; where it is the patient, the money
// is back in the end, and where it is the pharmacy, the medicine can be handed out.
func TestCancelRacesClaim(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		h := openHospital(t, demoConfig(t, dsn))
		h.enter(2)
		visits := h.lead(cancelRaces, prescription.Paid)
		var back []*journey.Visit
		for _, v := range visits {
			if h.raceToCancel(v) {
				back = append(back, v)
			}
		}
		for _, v := range back {
			h.refunded(v)
		}
		cancelled := len(back)
		t.Logf("%d races, the patient won %d", len(visits), cancelled)
		h.settled()
		if r := h.booksAgree(); r.Ours.Settleds != cancelRaces || r.Ours.Refundeds != cancelled {
			t.Errorf("books: %+v after %d of %d were cancelled", r.Ours, cancelled, cancelRaces)
		}
		h.close()
	})
}

func (h *hospital) raceToCancel(v *journey.Visit) (cancelled bool) {
	h.t.Helper()
	ctx, pharmacy := h.t.Context(), h.ward.Pharmacy(0)
	in, err := v.ClaimInput(ctx, pharmacy)
	h.must(err)
	who := [2]*journey.Person{v.Patient(), pharmacy}
	cancel, err := who[0].Prepare(ctx, v.Path("/cancel"), service.CancelInput{Reason: "患者改为线下就诊"})
	h.must(err)
	claim, err := who[1].Prepare(ctx, v.Path("/claim"), in)
	h.must(err)
	_, errs := signAtOnce(h.t, who, [2]*web.IntentView{cancel, claim})
	winner := slices.Index(errs[:], nil)
	if winner < 0 || errs[1-winner] == nil || !slices.Contains(lostRace, codeOf(errs[1-winner])) {
		h.t.Fatalf("cancel: %v, claim: %v", errs[0], errs[1])
	}
	if winner == 1 {
		_, err = v.Await(ctx, prescription.Claimed)
		h.must(err)
		h.must(v.Dispense(ctx, pharmacy))
		return false
	}
	return true
}

// refunded waits until the patient sees the money back.
func (h *hospital) refunded(v *journey.Visit) {
	h.t.Helper()
	h.until("the refund", drainTime, func() bool {
		view, err := v.Await(h.t.Context(), prescription.Cancelled)
		h.must(err)
		return view.Content.Refund == lifecycle.RefundDone
	})
}
