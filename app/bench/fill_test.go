package bench

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// small is a hospital that a test can make.
var small = Size{Prescriptions: 2000, Patients: 300, Doctors: 40}

// thoughtOf are statements that read a large table from end to end, and why they may.
var thoughtOf = map[string]string{}

// TestReads: every list and search answers over a filled database of either engine, and nothing that
// the hospital sends meanwhile, background work included, reads a large table from end to end. The
// plans are SQLite's, whose choice does not depend on how much there is: PostgreSQL reads small tables
// whole, and rightly.
func TestReads(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		if !strings.HasPrefix(dsn, "postgres") {
			dsn = ""
		}
		cfg := Config(filepath.Join(t.TempDir(), "data"), dsn)
		if err := Fill(t.Context(), cfg, small, io.Discard); err != nil {
			t.Fatal(err)
		}
		plans := newPlans(cfg)
		if err := open(t.Context(), cfg, plans, func(ctx context.Context, h *house) error {
			for _, o := range operations {
				plans.during(o.who + ": " + o.name)
				for _, f := range h.measure(ctx, o, 1) {
					if f.Fault != "" {
						t.Errorf("%s: %s: %s", f.Who, f.Name, f.Fault)
					}
				}
			}
			if h.app.DB.Dialect != sqlstore.SQLite {
				return nil
			}
			found, err := plans.explain(ctx, h.app.DB)
			for _, f := range found {
				if thoughtOf[f.shape] == "" {
					t.Errorf("%s: %s\n%s", f.during, f.fault, f.shape)
				}
			}
			if len(plans.kept) < 50 {
				t.Errorf("only %d statements were explained", len(plans.kept))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
