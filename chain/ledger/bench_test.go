package ledger

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"syscall"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/syndtr/goleveldb/leveldb/filter"
	"github.com/syndtr/goleveldb/leveldb/opt"
)

const (
	benchBatches = 2 // of a block
	benchLives   = benchBatches * chain.MaxBatchRecords
)

// BenchmarkLedger is the ledger's way of a record without engine and SM2: read once, looked at by
// the mempool's door, proposed, executed, committed to disk. An operation is a prescription's
// whole life of seven records, 128 side by side, 64 in a transaction under one seal:
//
//	go test -run '^$' -bench Ledger -benchtime 20000x -count 5 ./chain/ledger
func BenchmarkLedger(b *testing.B) {
	w := chaintest.NewWard(genesis)
	w.Schema2()
	w.Vote(map[string]int64{"h1": 1})
	dir := b.TempDir()
	db, err := dbm.NewGoLevelDBWithOpts("ledger", dir, // as chain/comet opens it
		&opt.Options{Filter: filter.NewBloomFilter(10), WriteBuffer: 16 << 20})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	now := genesis
	app, err := New(Options{DB: db, Logger: slog.New(slog.DiscardHandler), noSigs: true,
		now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	n := &network{t: b, ward: w}
	if _, err := app.InitChain(context.Background(), n.genesis()); err != nil {
		b.Fatal(err)
	}
	block := func(batches ...[]chain.Record) {
		now = now.Add(time.Second)
		if got := submitAll(b, app, now, batches); got != contract.Pass {
			b.Fatal(got)
		}
	}
	block(w.SealBatch(w.Enrolments()[:3]), w.SealBatch(w.Enrolments()[3:4]))
	sig := base64.Encode(chaintest.Must(w.Doctor.Key.Sign([]byte("any"))))
	b.ReportAllocs()
	b.ResetTimer()
	b.StopTimer()
	var cpu time.Duration
	records := 0
	for done := 0; done < b.N; done += benchLives {
		lives := make([][]chain.Record, benchLives)
		for i := range lives {
			lives[i] = life(w, fmt.Sprintf("L%d", done+i), now, sig)
		}
		for step := range lives[0] {
			var batches [][]chain.Record
			for first := 0; first < benchLives; first += chain.MaxBatchRecords {
				var batch []chain.Record
				for _, l := range lives[first:][:chain.MaxBatchRecords] {
					batch = append(batch, l[step])
				}
				batches = append(batches, w.SealBatch(batch))
			}
			before := cpuTime(b)
			b.StartTimer()
			block(batches...)
			b.StopTimer()
			cpu, records = cpu+cpuTime(b)-before, records+benchLives
		}
	}
	b.ReportMetric(float64(cpu.Microseconds())/float64(records), "cpu-µs/record")
	b.ReportMetric(float64(folderSize(b, dir))/float64(records), "disk-B/record")
}

// life is chaintest's journey with signatures that nobody checks.
func life(w *chaintest.Ward, id string, at time.Time, sig string) []chain.Record {
	rx, pay, seal := chain.SubjectRx+id, chain.SubjectPay+id, w.Orgs["h1"].Seal
	code, _ := chain.PickupCode(chaintest.Foot("any"), 0)
	head := chain.PickupHead(chaintest.Foot("any"), chain.PickupCodes).String()
	sts := []chain.Statement{
		w.Statement(w.Doctor, chain.KindIssue, rx, 1, at, chain.Facts{Expires: at.Add(72 * time.Hour).UnixMilli(),
			Pickup: head, Parties: []string{w.Patient.Cert.SubjectCN()}}),
		w.Statement(w.Reviewer, chain.KindApprove, rx, 2, at, chain.Facts{}),
		w.Statement(w.Patient, chain.KindPayOpen, pay, 1, at, chain.Facts{Ref: rx}),
		w.Statement(seal, chain.KindPaySettle, pay, 2, at, chain.Facts{}),
		w.Statement(seal, chain.KindPay, rx, 3, at, chain.Facts{Ref: pay}),
		w.Statement(w.Dispenser1, chain.KindClaim, rx, 4, at,
			chain.Facts{Code: code.String(), Until: at.Add(24 * time.Hour).UnixMilli()}),
		w.Statement(w.Dispenser1, chain.KindDispense, rx, 5, at, chain.Facts{Tags: []string{chaintest.Tag(pay)}}),
	}
	recs := make([]chain.Record, len(sts))
	for i, st := range sts {
		recs[i] = chain.Record{Statement: st, ActorSig: sig}
	}
	return recs
}

// submitAll does with whole batches what a node does with them, and tells the first refusal.
func submitAll(b *testing.B, app *App, at time.Time, batches [][]chain.Record) contract.Verdict {
	ctx := context.Background()
	var txs [][]byte
	for _, recs := range batches {
		tx := chaintest.Must(transaction.EncodeWhole(transaction.Nonce{}, recs))
		read := app.Read(tx)
		raws := make([][]byte, len(recs))
		for i, rec := range recs {
			r, raw := app.Precheck(rec, read[i])
			if r.Code != chain.CodeOK {
				return contract.Refuse(r.Code, r.Detail)
			}
			raws[i] = []byte(raw)
		}
		if res, _ := app.CheckTx(ctx, &abci.RequestCheckTx{Tx: tx}); res.Code != 0 {
			return contract.Refuse(chain.Code(res.Code), res.Log)
		}
		txs = append(txs, tx)
	}
	height := app.Head().Header.Height + 1
	prepared, _ := app.PrepareProposal(ctx, &abci.RequestPrepareProposal{Height: height, Txs: txs,
		MaxTxBytes: 4 << 20, Time: at})
	hash := blockHash(height, prepared.Txs)
	_, _ = app.ProcessProposal(ctx,
		&abci.RequestProcessProposal{Hash: hash, Height: height, Txs: prepared.Txs, Time: at})
	_, err := app.FinalizeBlock(ctx,
		&abci.RequestFinalizeBlock{Hash: hash, Height: height, Txs: prepared.Txs, Time: at})
	if err != nil {
		b.Fatal(err)
	}
	for _, a := range app.pending.answers {
		if a.Code != chain.CodeOK {
			return contract.Refuse(a.Code, a.Detail)
		}
	}
	if app.pending.fresh == 0 {
		b.Fatal("nothing came in")
	}
	_, _ = app.Commit(ctx, &abci.RequestCommit{})
	return contract.Pass
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func folderSize(b *testing.B, dir string) (bytes int64) {
	files, err := os.ReadDir(dir + "/ledger.db")
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}
