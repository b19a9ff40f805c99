package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

const (
	defaultKills = 3 // in an ordinary test run; .ci/run asks for more by HOSPITAL_KILLS
	killParallel = 4
	killPatience = 2 * time.Minute
	killPeople   = 1 << 16 // more visits than any loop plays
	// checkPatience is for the end, when every act is checked by its receipt: the explorer gives
	// one address twenty a second, and a quick machine makes thousands.
	checkPatience = 10 * time.Minute
	shortestLife  = 200 * time.Millisecond
	longestLife   = 3 * time.Second
)

// A ward under load whose server loses its power again and again. Everything a person was told is
// done must be done, once: the journey checks every acknowledged act by its receipt at the end, and
// the audit compares chain, database and books.
func TestKillLoop(t *testing.T) {
	t.Parallel()
	kills := size.Of(t, "HOSPITAL_KILLS", defaultKills)
	seed := uint64(time.Now().UnixNano())
	eachEngine(t, func(t *testing.T, s *server) {
		t.Logf("%d kills, seed %d", kills, seed)
		random := rand.New(rand.NewPCG(seed, 0))
		s.start()
		var out bytes.Buffer
		stop, played, ended := make(chan struct{}), make(chan error, 1), make(chan struct{}, killPeople)
		ctx, giveUp := context.WithCancel(t.Context())
		defer giveUp()
		go func() {
			played <- journey.Run(ctx, journey.Options{URL: s.url(), Count: killPeople, Parallel: killParallel,
				Out: &out, Patience: killPatience, Stop: stop,
				Ended: func() { ended <- struct{}{} }})
		}()
		visit := func() { // there must be a load to kill, and life after the last kill
			select {
			case <-ended:
			case err := <-played:
				t.Fatalf("the journey was surprised: %v", err)
			case <-time.After(killPatience):
				t.Fatal("no visit ends")
			}
		}
		visit()
		for range kills {
			time.Sleep(shortestLife + time.Duration(random.Int64N(int64(longestLife-shortestLife))))
			s.kill()
			s.start()
		}
		for len(ended) > 0 {
			<-ended
		}
		visit()
		close(stop)
		select {
		case err := <-played:
			if err != nil {
				t.Fatalf("the journey was surprised: %v", err)
			}
		case <-time.After(checkPatience):
			giveUp()
			t.Fatalf("the journey did not end: %v", <-played)
		}
		t.Log(out.String())
		s.stop()
		if out, err := s.run("audit", "--data", s.data); err != nil {
			t.Errorf("audit after %d kills: %v\n%s", kills, err, out)
		}
	})
}
