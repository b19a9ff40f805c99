package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// BenchmarkRelay takes a backlog to a real node of a chain with schema 2, every record in a lane of
// its own: records per second from the first look into the database, each batch sealed on its way,
// until the last verdict stands in it; and the share of what the same cores do when they verify the
// records' actors' signatures and nothing else.
//
//	go test -run '^$' -bench Relay -benchtime 10000x ./chain/outbox
func BenchmarkRelay(b *testing.B) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	w.Schema2()
	recs := make([]chain.Record, b.N)
	inParallel(b, len(recs), func(i int) error {
		recs[i] = w.Issued(fmt.Sprint("B", i), w.Start).Unsealed()
		return nil
	})
	node, db := benchNode(b, w), benchBacklog(b, recs)
	began := time.Now()
	inParallel(b, len(recs), func(i int) error {
		sig, err := base64.Decode(recs[i].ActorSig)
		if err != nil {
			return err
		}
		return w.Doctor.Cert.PublicKey().Verify(recs[i].Statement.Bytes(), sig)
	})
	bare := time.Since(began)
	relay := NewRelay(db, node, Options{Log: slog.New(slog.DiscardHandler), Seals: wardSeals{w}})
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error)
	b.ResetTimer()
	go func() { done <- relay.Run(ctx) }()
	for relay.Counters().Committed < int64(len(recs)) && relay.Counters().Dead == 0 {
		time.Sleep(time.Millisecond)
	}
	b.StopTimer()
	stop()
	<-done
	if c := relay.Counters(); c.Committed != int64(len(recs)) || c.Failures > 0 {
		b.Fatalf("%+v", c)
	}
	b.ReportMetric(float64(len(recs))/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(100*bare.Seconds()/b.Elapsed().Seconds(), "%-of-SM2")
}

// wardSeals puts a ward's seals under batches.
type wardSeals struct{ *chaintest.Ward }

func (s wardSeals) InForce(org string) string { return s.Orgs[org].Seal.Cert.ID() }

func (s wardSeals) Pack(_ context.Context, _ string, recs []chain.Record) ([]chain.Record, error) {
	return s.SealBatch(recs), nil
}

func (s wardSeals) Reseal(_ context.Context, rec chain.Record) (chain.Record, error) {
	return s.Seal(rec), nil
}

func inParallel(b *testing.B, n int, do func(i int) error) {
	b.Helper()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error { return do(i) })
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
}

// benchNode is a chain of one validator, with the ward's people enrolled.
func benchNode(b *testing.B, w *chaintest.Ward) *comet.Node {
	b.Helper()
	dir := b.TempDir()
	if _, err := home.InitGenesis(dir, w.Members, "h1", w.Start); err != nil {
		b.Fatal(err)
	}
	node, err := comet.Start(b.Context(),
		comet.Config{Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = node.Stop() })
	if _, err := node.Submit(b.Context(), w.Enrolments()); err != nil {
		b.Fatal(err)
	}
	return node
}

// benchBacklog is a database with the records waiting in it.
func benchBacklog(b *testing.B, recs []chain.Record) *sqlstore.DB {
	b.Helper()
	db, err := sqlstore.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err := Migrate(b.Context(), db); err != nil {
		b.Fatal(err)
	}
	err = db.Tx(b.Context(), func(tx *gorm.DB) error {
		for _, r := range recs {
			if err := Append(tx, r.Statement.Subject, r, time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}
