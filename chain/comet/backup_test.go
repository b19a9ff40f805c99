package comet

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// TestBackupOfARunningNode: a backup made while records are written is restored elsewhere, audits
// clean, and holds every record that was acknowledged before it. A garbled or a shortened one is
// refused and leaves nothing behind.
func TestBackupOfARunningNode(t *testing.T) {
	ctx, dir, w := context.Background(), t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	w.Members = chaintest.Must(home.InitGenesis(dir, w.Members, "h1", w.Start))
	cfg := Config{Dir: dir, Sealer: w.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler)}
	n := chaintest.Must(Start(ctx, cfg))
	t.Cleanup(func() { _ = n.Stop() })
	chaintest.Must(n.Submit(ctx, w.Enrolments()))
	before := w.Journey("before", time.Now())
	chaintest.Must(n.Submit(ctx, before))
	writing := make(chan error, 1)
	go func() {
		for i := range 40 {
			if _, err := n.Submit(ctx, []chain.Record{w.Issued("while"+string(rune('A'+i)), time.Now())}); err != nil {
				writing <- err
				return
			}
		}
		writing <- nil
	}()
	time.Sleep(10 * time.Millisecond)
	var file bytes.Buffer
	info, err := n.Backup(&file)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-writing; err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file.Bytes(), []byte("priv_key")) {
		t.Error("the backup holds a private key")
	}
	for name, bad := range map[string][]byte{"shortened": file.Bytes()[:file.Len()*2/3],
		"garbled": garbled(file.Bytes())} {
		empty := t.TempDir()
		if _, err := home.Restore(empty, bytes.NewReader(bad), true); !errors.Is(err, home.ErrBackup) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(empty, "data", "ledger.db")); err == nil {
			t.Errorf("%s: a ledger was left behind", name)
		}
	}
	if _, err := home.Restore(dir, bytes.NewReader(file.Bytes()), false); !errors.Is(err, home.ErrBackup) {
		t.Errorf("over a living chain: %v", err)
	}
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	// The folder lost its databases and kept its keys and its record of votes, which is ahead of
	// the backup.
	for _, name := range home.Stores {
		if err := os.RemoveAll(filepath.Join(dir, "data", name+".db")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := home.Restore(dir, bytes.NewReader(file.Bytes()), false); !errors.Is(err, home.ErrSoleVoter) {
		t.Fatalf("a sole voter may not vote again without being told: %v", err)
	}
	if got, err := home.Restore(dir, bytes.NewReader(file.Bytes()), true); err != nil || got.Height != info.Height {
		t.Fatal(got, err)
	}
	n = chaintest.Must(Start(ctx, cfg))
	t.Cleanup(func() { _ = n.Stop() })
	for _, r := range before {
		if _, err := n.Record(ctx, r.ID()); err != nil {
			t.Errorf("acknowledged before the backup, not in it: %v", err)
		}
	}
	if out, err := n.Submit(ctx, []chain.Record{w.Issued("after", time.Now())}); err != nil ||
		out[0].Code != chain.CodeOK {
		t.Error(out, err)
	}
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	if report, err := home.Audit(ctx, dir); err != nil || len(report.Differences) != 0 {
		t.Errorf("audit after the restore: %+v %v", report, err)
	}
	var stopped bytes.Buffer
	if again, err := home.Backup(dir, &stopped); err != nil || again.Height <= info.Height {
		t.Errorf("of the stopped node: %+v %v", again, err)
	}
	if _, err := home.Restore(t.TempDir(), &stopped, true); err != nil {
		t.Errorf("of the stopped node: %v", err)
	}
	db := chaintest.Must(home.OpenLedger(home.Settings(dir), slog.New(slog.DiscardHandler)))
	// as while a snapshot is being restored
	if err := errors.Join(db.SetSync([]byte("R"), []byte{1}), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Backup(dir, &stopped); !errors.Is(err, home.ErrBackup) {
		t.Errorf("of a node that is still beginning: %v", err)
	}
}

func garbled(file []byte) []byte {
	out := bytes.Clone(file)
	out[len(out)/2] ^= 1
	return out
}

// TestRestoredVoterIsCareful: one of two voters has lost its disk but for its keys. Restored from a
// backup it signs nothing for the heights it may have signed before, and nobody may have it forget
// its votes.
func TestRestoredVoterIsCareful(t *testing.T) {
	y := newYoung(t, nil)
	y.write(y.ward.Enrolments()...)
	var file bytes.Buffer
	if _, err := y.nodes["h2"].Backup(&file); err != nil {
		t.Fatal(err)
	}
	if err := y.nodes["h2"].Stop(); err != nil {
		t.Fatal(err)
	}
	cfg := home.Settings(y.cfg["h2"].Dir)
	before := chaintest.Must(home.LastVote(cfg))
	if err := os.RemoveAll(cfg.DBDir()); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Restore(y.cfg["h2"].Dir, bytes.NewReader(file.Bytes()), true); !errors.Is(err, home.ErrBackup) {
		t.Errorf("one voter of two may forget its votes: %v", err)
	}
	if _, err := home.Restore(y.cfg["h2"].Dir, bytes.NewReader(file.Bytes()), false); err != nil {
		t.Fatal(err)
	}
	v := home.Signer(cfg, chaintest.Must(home.ValidatorKey(cfg)))
	vote := func(height int64) error {
		return v.SignVote(y.ward.Members.Chain, &cmtproto.Vote{Type: cmtproto.PrevoteType, Height: height})
	}
	for height := before; height < before+home.CarefulHeights; height++ {
		if err := vote(height); !errors.Is(err, home.ErrCareful) {
			t.Fatalf("it votes at %d, its last vote before was for %d", height, before)
		}
	}
	if err := vote(before + home.CarefulHeights); err != nil {
		t.Errorf("afterwards it votes again: %v", err)
	}
	if _, plain := home.Signer(cfg, chaintest.Must(home.ValidatorKey(cfg))).(*privval.FilePV); !plain {
		t.Error("it stays careful for ever")
	}
}
