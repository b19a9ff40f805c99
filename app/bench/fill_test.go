package bench

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/bench/plans"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// small is a hospital that a test can make; of the other PostgreSQL counts enough to look for
// indexes.
var (
	small  = Size{Prescriptions: 2000, Patients: 300, Doctors: 40}
	middle = Size{Prescriptions: 20_000, Patients: 12_000, Doctors: 150}
)

// TestReads: every list and search answers over a filled database of either engine, and nothing
// that the hospital sends meanwhile, background work included, reads a large table from end to end
// or sorts much of it.
func TestReads(t *testing.T) {
	size.InTurn(t)
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		size := middle
		if !strings.HasPrefix(dsn, "postgres") {
			dsn, size = "", small
		}
		cfg := Config(filepath.Join(t.TempDir(), "data"), dsn)
		if err := Fill(t.Context(), cfg, size, io.Discard); err != nil {
			t.Fatal(err)
		}
		p := plans.New(cfg)
		if err := open(t.Context(), cfg, p, func(ctx context.Context, h *house) error {
			for _, o := range operations {
				p.During(o.who + ": " + o.name)
				for _, f := range h.measure(ctx, o, 1) {
					if f.Fault != "" {
						t.Errorf("%s: %s: %s", f.Who, f.Name, f.Fault)
					}
				}
			}
			looked, err := h.oversee(ctx, p, 1)
			for _, f := range looked {
				if f.Fault != "" {
					t.Errorf("%s: %s: %s", f.Who, f.Name, f.Fault)
				}
			}
			if err != nil {
				return err
			}
			found, err := p.Explain(ctx, h.app.DB)
			for _, f := range found {
				t.Errorf("%s: %s\n%s", f.During, f.Fault, f.Shape)
			}
			if p.Len() < 50 {
				t.Errorf("only %d statements were explained", p.Len())
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
