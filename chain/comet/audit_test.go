package comet_test

import (
	"context"
	"errors"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// TestAuditFindsWhatWasChanged: a ledger altered behind the chain's back is found out, key by key.
func TestAuditFindsWhatWasChanged(t *testing.T) {
	ctx := context.Background()
	dir, w := t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	n := start(t, dir, w)
	accept(t, n, w.Enrolments()...)
	accept(t, n, w.Journey("A", time.Now())...)
	receipt(t, n, w.Enrolments()[0].ID()) // the height after is there as well
	if _, err := home.Audit(ctx, dir); err == nil {
		t.Error("audited while the node runs")
	}
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	report := audit(t, dir)
	if len(report.Differences) != 0 || report.Records != 12 {
		t.Fatalf("untouched: %d records, %q", report.Records, report.Differences)
	}
	var subjects []string
	if err := report.EachSubject(ctx,
		func(s chain.SubjectState) error { subjects = append(subjects, s.Subject); return nil }); err != nil ||
		len(subjects) != 7 {
		t.Errorf("subjects: %q %v", subjects, err)
	}
	if s, err := report.Subject("rx:A"); err != nil || s.Status != chain.StatusDispensed {
		t.Errorf("%+v %v", s, err)
	}
	for name, spoil := range map[string]func(dbm.DB) error{
		"a status changed":  func(db dbm.DB) error { return db.SetSync([]byte("srx:A"), []byte(`{"status":"paid"}`)) },
		"a subject removed": func(db dbm.DB) error { return db.DeleteSync([]byte("spay:A")) },
		"a subject added":   func(db dbm.DB) error { return db.SetSync([]byte("srx:B"), []byte(`{}`)) },
	} {
		before := alter(t, dir, spoil)
		if got := audit(t, dir).Differences; len(got) != 1 {
			t.Errorf("%s: %q", name, got)
		}
		alter(t, dir, before)
	}
	if _, err := home.Audit(ctx, t.TempDir()); !errors.Is(err, home.ErrNoGenesis) {
		t.Errorf("an empty folder: %v", err)
	}
}

func audit(t *testing.T, dir string) *home.AuditReport {
	t.Helper()
	r, err := home.Audit(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// alter changes a stopped node's ledger and returns how to set the three subjects right again.
func alter(t *testing.T, dir string, change func(dbm.DB) error) func(dbm.DB) error {
	t.Helper()
	db, err := dbm.NewDB("ledger", dbm.GoLevelDBBackend, dir+"/data")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	old := map[string][]byte{}
	for _, k := range []string{"srx:A", "spay:A", "srx:B"} {
		if old[k], err = db.Get([]byte(k)); err != nil {
			t.Fatal(err)
		}
	}
	if err := change(db); err != nil {
		t.Fatal(err)
	}
	return func(db dbm.DB) error {
		for k, v := range old {
			err := db.DeleteSync([]byte(k))
			if v != nil {
				err = db.SetSync([]byte(k), v)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}
