package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

// gate stands between the relay and the chain.
type gate struct {
	outbox.Node
	shut atomic.Bool
}

func (g *gate) Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	if g.shut.Load() {
		return nil, chain.ErrBusy
	}
	return g.Node.Submit(ctx, recs)
}

// The chain does not answer: everything a ward does is acknowledged and waits, nothing that needs
// the chain's word happens before it, and once the chain is back the outbox drains in order.
func TestChainDoesNotAnswer(t *testing.T) {
	t.Parallel()
	var g gate
	h := openHospital(t, demoConfig(t, ""), func(a *App) {
		g.Node = a.node
		a.relay = outbox.NewRelay(a.DB, &g, outbox.Options{Log: a.Log, Seals: seals{a.Orgs, a.node}})
	})
	h.enter(2)
	g.shut.Store(true)
	v := h.lead(1, prescription.Paid)[0] // issue, approve, pay: acknowledged
	pharmacy := h.ward.Pharmacy(0)
	h.must(v.Claim(t.Context(), pharmacy))
	// issue, approve, pay.open, pay.settle, rx.pay, claim
	if pending := h.metric("hospital_outbox_pending"); pending != "6" {
		t.Errorf("%q records wait, want 6", pending)
	}
	if err := v.TryDispense(t.Context(), pharmacy); codeOf(err) != "claim-unconfirmed" {
		t.Errorf("handed out without the chain's word: %v", err)
	}
	var receipt struct{}
	err := v.Patient().Send(t.Context(), http.MethodGet, "/v1/chain/records/"+strings.Repeat("0", 64)+"/receipt", "",
		nil, &receipt)
	if codeOf(err) != "record-not-found" {
		t.Errorf("the explorer does not answer: %v", err)
	}
	g.shut.Store(false)
	h.must(v.Dispense(t.Context(), pharmacy))
	h.close()
}

// The chain's engine dies under a serving hospital. What was acknowledged is kept, the process ends
// with an error, so that whoever watches it starts it anew, and after that nothing is missing.
func TestChainHalts(t *testing.T) {
	t.Parallel()
	cfg := demoConfig(t, "")
	h := openHospital(t, cfg)
	h.enter(2)
	v := h.lead(1, prescription.Signed)[0]
	h.must(h.node.Stop())
	select {
	case err := <-h.ended:
		if !errors.Is(err, health.ErrChainHalted) {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(drainTime):
		t.Fatal("the hospital serves without a chain")
	}
	if !strings.Contains(h.log.String(), "ALARM: the chain engine has halted") {
		t.Error("no alarm")
	}
	again := openHospital(t, cfg)
	again.settled()
	state, err := again.node.Subject(t.Context(), "rx:"+v.Prescription())
	again.must(err)
	if state.Status != chain.Status(prescription.Signed) {
		t.Errorf("the chain says %s", state.Status)
	}
	again.close()
}

// Redis is lost and comes back empty. Who has a session goes on; who logs in is told that it is for
// a while; the chain and the insurer go on.
func TestRedisIsLost(t *testing.T) {
	t.Parallel()
	server := miniredis.NewMiniRedis()
	server.ClockTTL(true)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	cfg := demoConfig(t, "")
	cfg.RedisURL = "redis://" + server.Addr()
	h := openHospital(t, cfg)
	h.enter(2)
	v := h.lead(1, prescription.Paid)[0]
	server.Close()
	if a := h.raw(http.MethodGet, v.Path(""), v.Patient().Token(), nil); a.status != http.StatusOK {
		t.Errorf("with a session: %d %s", a.status, a.body)
	}
	if err := v.Doctor().Login(t.Context()); codeOf(err) != "unavailable" {
		t.Errorf("log-in: %v", err)
	}
	ready := h.raw(http.MethodGet, "/readyz", "", nil)
	var says map[string]string
	h.must(json.Unmarshal([]byte(ready.body), &says))
	if ready.status != http.StatusServiceUnavailable || says["redis"] == "ok" || says["database"] != "ok" ||
		says["chain"] != "ok" {
		t.Errorf("/readyz %d %s", ready.status, ready.body)
	}
	// a restart would not bring Redis back
	if a := h.raw(http.MethodGet, "/healthz", "", nil); a.status != http.StatusOK {
		t.Errorf("/healthz %d", a.status)
	}
	if a := h.raw(http.MethodGet, "/v1/chain", "", nil); a.status != http.StatusOK {
		t.Errorf("the explorer needs Redis: %d %s", a.status, a.body)
	}
	h.settled()
	server.FlushAll()
	h.must(server.Restart())
	h.until("readiness", drainTime,
		func() bool { return h.raw(http.MethodGet, "/readyz", "", nil).status == http.StatusOK })
	if a := h.raw(http.MethodGet, v.Path(""), v.Patient().Token(), nil); a.status != http.StatusOK {
		t.Errorf("a session ended with a store it is not in: %d %s", a.status, a.body)
	}
	h.must(v.Doctor().Login(t.Context()))
	h.must(v.Claim(t.Context(), h.ward.Pharmacy(0)))
	h.must(v.Dispense(t.Context(), h.ward.Pharmacy(0)))
	h.close()
}

// Somebody holds the database: a command waits; one that waits too long is told so, leaves nothing
// behind, and is done once when it is sent again. Reading goes on.
func TestDatabaseIsBusy(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		t.Parallel()
		h := openHospital(t, demoConfig(t, dsn))
		h.enter(2)
		v := h.lead(1, prescription.Draft)[0]
		in, err := v.Doctor().Prepare(t.Context(), v.Path("/issue"), service.IssueInput{Version: h.version(t, v)})
		h.must(err)
		sig, err := v.Doctor().Key().Sign([]byte(in.Statement))
		h.must(err)
		sign := func() error {
			_, err := v.Doctor().SendSignature(t.Context(), in.ID, "signed while busy", sig)
			return err
		}
		release := h.seize()
		reading := time.Now()
		h.must(v.Doctor().Send(t.Context(), http.MethodGet, "/v1/consultations", "", nil, &struct{}{}))
		if took := time.Since(reading); took > 2*time.Second {
			t.Errorf("reading waited %s for a writer", took)
		}
		if err := sign(); codeOf(err) != "unavailable" {
			t.Errorf("a command that waited too long: %v\n%s", err, h.log.tail(10))
		}
		release()
		release = h.seize()
		again := make(chan error, 1)
		go func() { again <- sign() }()
		time.Sleep(500 * time.Millisecond)
		select {
		case err := <-again:
			t.Fatalf("signed while the database was held: %v\n%s", err, h.log.tail(10))
		default:
		}
		release()
		h.must(<-again)
		h.must(sign()) // a third time: the first answer
		var view view.View
		h.must(v.Doctor().Send(t.Context(), http.MethodGet, v.Path(""), "", nil, &view))
		if view.Status != prescription.Signed || view.Seq != 1 {
			t.Errorf("after waiting: %s, %d records", view.Status, view.Seq)
		}
		h.close()
	})
}

// seize takes the write lock of the database from another connection, as a backup or another
// program may.
func (h *hospital) seize() (release func()) {
	h.t.Helper()
	driver, dsn, lock := "pgx", h.cfg.DatabaseURL, "LOCK TABLE outbox, prescriptions IN EXCLUSIVE MODE"
	if h.DB.Dialect == sqlstore.SQLite {
		driver, dsn, lock = "sqlite", "file:"+h.Path(installation.DatabaseFile)+
			"?_txlock=immediate&_pragma=busy_timeout(5000)", "SELECT 1"
	}
	other, err := sql.Open(driver, dsn)
	h.must(err)
	tx, err := other.Begin()
	h.must(err)
	_, err = tx.Exec(lock)
	h.must(err)
	return func() { h.must(errors.Join(tx.Rollback(), other.Close())) }
}

// PostgreSQL goes away under a serving hospital. On every road people are told to come back (503
// with Retry-After), not that the server is broken, and readiness says which part it is; afterwards
// the ward goes on without a restart.
func TestPostgresIsLost(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		if !strings.HasPrefix(dsn, "postgres") {
			return // a file does not go away
		}
		t.Parallel()
		dsn, cut := sqlstoretest.Cable(t, dsn)
		h := openHospital(t, demoConfig(t, dsn))
		h.enter(2)
		v := h.lead(1, prescription.Draft)[0]
		cut(true)
		for _, road := range []struct {
			method, path, body string
		}{
			{http.MethodGet, v.Path(""), ""},
			{http.MethodPost, v.Path("/issue"), `{"version":1}`},
			{http.MethodGet, "/v1/consultations/" + v.Consultation() + "/messages", ""},
			{http.MethodGet, "/v1/keys", ""},
		} {
			a := h.raw(road.method, road.path, v.Doctor().Token(), strings.NewReader(road.body))
			if a.status != http.StatusServiceUnavailable || a.problem().Code != "unavailable" ||
				a.header.Get("Retry-After") == "" {
				t.Errorf("%s %s: %d %s, Retry-After %q", road.method, road.path, a.status, a.body,
					a.header.Get("Retry-After"))
			}
		}
		ready := h.raw(http.MethodGet, "/readyz", "", nil)
		var says map[string]string
		h.must(json.Unmarshal([]byte(ready.body), &says))
		if ready.status != http.StatusServiceUnavailable || says["database"] == "ok" || says["redis"] != "ok" {
			t.Errorf("/readyz %d %s", ready.status, ready.body)
		}
		cut(false)
		h.until("readiness", drainTime,
			func() bool { return h.raw(http.MethodGet, "/readyz", "", nil).status == http.StatusOK })
		h.must(v.Doctor().Send(t.Context(), http.MethodGet, v.Path(""), "", nil, new(any)))
		h.close()
	})
}
