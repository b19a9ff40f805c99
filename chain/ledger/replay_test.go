package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
)

// storedChain is a chain as a program once executed it: its genesis list, its blocks, the state
// root after each and the verdicts in it.
type storedChain struct {
	Members json.RawMessage `json:"members"`
	Blocks  []storedBlock   `json:"blocks"`
}

type storedBlock struct {
	Txs  [][]byte `json:"txs"`
	Time int64    `json:"time"`
	Root []byte   `json:"root"`
	Data [][]byte `json:"data"`
}

// TestOldBlocksReplay: every root and every verdict of a stored chain comes out as it did: the
// engine compares both.
//
// schema1.json was written by the last program that knew schema 1 alone. It holds much that schema
// 2 refuses: a stranger's cancellation and payment, a validity without end, a date years ahead, a
// medicine handed out after its validity, a record whose seal does not hold. schema2.json begins
// with schema 1 and takes schema 2 by a vote: every kind in each version, and a record for every
// verdict there is.
func TestOldBlocksReplay(t *testing.T) {
	t.Run("schema 1", func(t *testing.T) {
		got := replayStored(t, "testdata/schema1.json")
		if got[chain.CodeOK] != 28 || got[chain.CodeUnknownCert] != 1 || got[chain.CodeTransition] != 1 ||
			len(got) != 4 {
			t.Errorf("verdicts: %v", got)
		}
	})
	t.Run("schema 2", func(t *testing.T) {
		if got := replayStored(t, oldChain); len(got) != int(contract.CodeFrozen)+1 {
			t.Errorf("verdicts: %v", got)
		}
	})
}

// replayStored executes a stored chain and counts its verdicts.
func replayStored(t *testing.T, file string) map[chain.Code]int {
	t.Helper()
	old, members := readStored(t, file)
	app, err := New(Options{DB: dbm.NewMemDB(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	begin(t, app, members)
	return goOn(t, app, old)
}

func readStored(t *testing.T, file string) (storedChain, *membership.Members) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var old storedChain
	if err := json.Unmarshal(text, &old); err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, old.Members); err != nil {
		t.Fatal(err)
	}
	members, err := membership.ParseMembers(compact.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return old, members
}

func begin(t *testing.T, app *App, members *membership.Members) {
	t.Helper()
	req := &abci.RequestInitChain{ChainId: members.Chain, AppStateBytes: members.Bytes()}
	for _, m := range members.Members {
		if m.Power > 0 {
			req.Validators = append(req.Validators, abci.UpdateValidator(validator(m), m.Power, ed25519.KeyType))
		}
	}
	if _, err := app.InitChain(context.Background(), req); err != nil {
		t.Fatal(err)
	}
}

// goOn executes the blocks that the ledger has not.
func goOn(t *testing.T, app *App, old storedChain) map[chain.Code]int {
	t.Helper()
	ctx, got := context.Background(), map[chain.Code]int{}
	for _, b := range old.Blocks[app.Head().Header.Height:] {
		height := app.Head().Header.Height + 1
		res, err := app.FinalizeBlock(ctx,
			&abci.RequestFinalizeBlock{Hash: blockHash(height, b.Txs), Height: height, Txs: b.Txs,
				Time: time.UnixMilli(b.Time)})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(res.AppHash, b.Root) {
			t.Errorf("height %d: root %x, was %x", height, res.AppHash, b.Root)
		}
		for j, r := range res.TxResults {
			if !bytes.Equal(r.Data, b.Data[j]) {
				t.Errorf("height %d: verdicts %x, were %x", height, r.Data, b.Data[j])
			}
			verdicts, err := transaction.Verdicts(b.Txs[j], r.Data)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range verdicts {
				got[v.Code]++
			}
		}
		if _, err := app.Commit(ctx, &abci.RequestCommit{}); err != nil {
			t.Fatal(err)
		}
	}
	return got
}
