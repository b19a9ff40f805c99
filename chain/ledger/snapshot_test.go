package ledger

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// grown is a network of two whose first ledger has taken snapshots over several small chunks.
func grown(t *testing.T) *network {
	n := newNetwork(t, "h1", "h2")
	for _, p := range n.peers {
		p.opt.SnapshotEvery, p.opt.chunk = 10, 4000
	}
	n.block()
	n.write(n.ward.Enrolments()...)
	for i := range 6 {
		for _, r := range n.ward.Journey(fmt.Sprintf("S%d", i), n.now()) {
			n.write(r)
		}
	}
	n.block()
	n.block()
	return n
}

// grown2 is grown in batches under one seal.
func grown2(t *testing.T) *network {
	n := newNetwork2(t, "h1", "h2")
	for _, p := range n.peers {
		p.opt.SnapshotEvery, p.opt.chunk = 10, 4000
	}
	n.block()
	n.pass(byOrg(n.ward, n.ward.Enrolments()...)...)
	for i := range 3 {
		for _, tx := range byOrg(n.ward, n.ward.Journey(fmt.Sprintf("S%d", i), n.now())...) {
			n.pass(tx)
		}
	}
	n.write(n.ward.Journey("S4", n.now())...) // some sealed alone
	n.block()
	n.block()
	return n
}

// late is a ledger that may begin with a snapshot.
func (n *network) late(db dbm.DB) *App {
	n.t.Helper()
	app, err := New(Options{DB: db, Logger: slog.New(slog.DiscardHandler), Genesis: n.ward.Members, SnapshotEvery: 10,
		chunk: 4000})
	if err != nil {
		n.t.Fatal(err)
	}
	return app
}

func newest(t *testing.T, a *App) *abci.Snapshot {
	t.Helper()
	res, err := a.ListSnapshots(context.Background(), nil)
	if err != nil || len(res.Snapshots) < 2 {
		t.Fatalf("%d snapshots, %v", len(res.Snapshots), err)
	}
	return res.Snapshots[len(res.Snapshots)-1]
}

func chunks(t *testing.T, a *App, s *abci.Snapshot) (out [][]byte) {
	t.Helper()
	for i := range s.Chunks {
		res, err := a.LoadSnapshotChunk(context.Background(),
			&abci.RequestLoadSnapshotChunk{Height: s.Height, Format: s.Format, Chunk: i})
		if err != nil || len(res.Chunk) == 0 {
			t.Fatalf("chunk %d: %d bytes, %v", i, len(res.Chunk), err)
		}
		out = append(out, res.Chunk)
	}
	return out
}

func offer(t *testing.T, a *App, s *abci.Snapshot, root []byte) abci.ResponseOfferSnapshot_Result {
	t.Helper()
	res, err := a.OfferSnapshot(context.Background(), &abci.RequestOfferSnapshot{Snapshot: s, AppHash: root})
	if err != nil {
		t.Fatal(err)
	}
	return res.Result
}

func apply1(t *testing.T, a *App, i int, chunk []byte) *abci.ResponseApplySnapshotChunk {
	t.Helper()
	res, err := a.ApplySnapshotChunk(context.Background(),
		&abci.RequestApplySnapshotChunk{Index: uint32(i), Chunk: chunk, Sender: "somebody"})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// rootAt is the root after a height, as the next block's header would carry it.
func rootAt(t *testing.T, a *App, height uint64) []byte {
	t.Helper()
	b, ok := storage.Load[storage.BlockEntry](a.db, storage.KeyBlock(int64(height)))
	if !ok {
		t.Fatalf("block %d has no records", height)
	}
	return root(b.Header)
}

// TestRestored: a ledger restored from a snapshot is the other one as it stood at that height, key
// by key, and offers the same snapshot itself.
func TestRestored(t *testing.T) {
	t.Run("schema 1", func(t *testing.T) { restored(t, grown(t)) })
	t.Run("batches", func(t *testing.T) { restored(t, grown2(t)) })
}

func restored(t *testing.T, n *network) {
	lead := n.peers[0].App
	s := newest(t, lead)
	if again := newest(t, n.peers[1].App); !bytes.Equal(again.Hash, s.Hash) || s.Chunks < 4 {
		t.Fatalf("two ledgers made unlike snapshots, or only %d chunks", s.Chunks)
	}
	db := dbm.NewMemDB()
	app := n.late(db)
	if got := offer(t, app, s, rootAt(t, lead, s.Height)); got != abci.ResponseOfferSnapshot_ACCEPT {
		t.Fatal(got)
	}
	for i, c := range chunks(t, lead, s) {
		if res := apply1(t, app, i, c); res.Result != abci.ResponseApplySnapshotChunk_ACCEPT {
			t.Fatalf("chunk %d: %s", i, res.Result)
		}
	}
	if half, err := Unfinished(db); err != nil || !half {
		t.Error("restored, but with no block on top the engine cannot go on: the mark must stand")
	}
	want := dbm.NewMemDB()
	if _, err := Rebuild(context.Background(), lead.opt.DB, want, n.ward.Members, int64(s.Height)); err != nil {
		t.Fatal(err)
	}
	if diff, err := storage.Differences(want, db); err != nil || len(diff) != 0 {
		t.Errorf("%q %v", diff, err)
	}
	again, err := app.cut.Offers(int64(s.Height) + 2)
	if err != nil || len(again) == 0 || again[len(again)-1].Height != int64(s.Height) ||
		!bytes.Equal(again[len(again)-1].Digests, s.Metadata) {
		t.Errorf("the restored ledger offers another snapshot: %v", err)
	}
	late := &peer{App: app, member: "h2"}
	n.follow(late, int64(s.Height))
	if half, err := Unfinished(db); err != nil || half {
		t.Error("the mark stands after a block")
	}
	if diff, err := storage.Differences(lead.opt.DB, db); err != nil || len(diff) != 0 {
		t.Errorf("after following: %q %v", diff, err)
	}
}

// TestRebuiltFromTheStream: the whole ledger follows from its stream, and one changed byte of it is
// noticed.
func TestRebuiltFromTheStream(t *testing.T) {
	t.Run("schema 1", func(t *testing.T) { rebuiltFromTheStream(t, grown(t)) })
	t.Run("batches", func(t *testing.T) { rebuiltFromTheStream(t, grown2(t)) })
}

func rebuiltFromTheStream(t *testing.T, n *network) {
	lead := n.peers[0].App
	head := lead.Head().Header
	rebuilt := func() ([]string, error) {
		into := dbm.NewMemDB()
		if _, err := Rebuild(context.Background(), lead.opt.DB, into, n.ward.Members, head.Height); err != nil {
			return nil, err
		}
		return storage.Differences(into, lead.opt.DB)
	}
	diff, err := rebuilt()
	if err != nil || len(diff) > 1 { // the time of an empty last block is nowhere but in the header
		t.Fatalf("%q %v", diff, err)
	}
	for name, key := range map[string][]byte{"a record": storage.KeyIndex(20), "a seal": storage.KeySeals(9)} {
		before := lead.db.Read(key)
		spoilt := bytes.Clone(before)
		spoilt[len(spoilt)-10] ^= 1
		if err := lead.db.Set(key, spoilt); err != nil {
			t.Fatal(err)
		}
		if _, err := rebuilt(); err == nil {
			t.Errorf("%s was changed and nobody noticed", name)
		}
		if err := lead.db.Set(key, before); err != nil {
			t.Fatal(err)
		}
	}
}

// TestForgedSnapshots: whatever a peer makes up is refused, and the true snapshot is taken
// afterwards.
func TestForgedSnapshots(t *testing.T) {
	n := grown(t)
	lead := n.peers[0].App
	s := newest(t, lead)
	good, want := chunks(t, lead, s), rootAt(t, lead, s.Height)
	app := n.late(dbm.NewMemDB())
	garbled := *s
	garbled.Hash = make([]byte, 32)
	if got := offer(t, app, &garbled, want); got != abci.ResponseOfferSnapshot_REJECT_SENDER {
		t.Error("a digest that is not the metadata's:", got)
	}
	other := *s
	other.Format = 9
	if got := offer(t, app, &other, want); got != abci.ResponseOfferSnapshot_REJECT_FORMAT {
		t.Error("another format:", got)
	}
	for name, forge := range map[string]func(chunk []byte) []byte{
		"a record left out": func(c []byte) []byte {
			return without(t, c, func(it *storage.Item) { it.Records = it.Records[1:] })
		},
		"a seal forged": func(c []byte) []byte { return without(t, c, func(it *storage.Item) { it.Time++ }) },
		"cut short":     func(c []byte) []byte { return c[:len(c)-3] },
		"noise":         func([]byte) []byte { return []byte{7, 7, 7} },
	} {
		bad := bytes.Clone(forge(good[1]))
		forged := *s
		digest := gm.Sum(bad)
		forged.Metadata = bytes.Clone(s.Metadata)
		copy(forged.Metadata[32:], digest[:])
		sum := gm.Sum(forged.Metadata)
		forged.Hash = sum[:]
		if got := offer(t, app, &forged, want); got != abci.ResponseOfferSnapshot_ACCEPT {
			t.Fatal(name, got)
		}
		apply1(t, app, 0, good[0])
		n.doubtful(app, lead)
		if res := apply1(t, app, 1, bad); res.Result != abci.ResponseApplySnapshotChunk_REJECT_SNAPSHOT ||
			len(res.RejectSenders) != 1 {
			t.Errorf("%s: %s", name, res.Result)
		}
	}
	// A chunk that is not the one announced is asked for again; a snapshot that ends at another
	// root than the chain's is refused.
	offer(t, app, s, make([]byte, 32))
	if res := apply1(t, app, 0, good[1]); res.Result != abci.ResponseApplySnapshotChunk_RETRY ||
		len(res.RefetchChunks) != 1 {
		t.Errorf("another chunk: %s", res.Result)
	}
	var last *abci.ResponseApplySnapshotChunk
	for i, c := range good {
		last = apply1(t, app, i, c)
	}
	if last.Result != abci.ResponseApplySnapshotChunk_REJECT_SNAPSHOT || app.Head().Header.Height != 0 {
		t.Errorf("another root: %s, height %d", last.Result, app.Head().Header.Height)
	}
	offer(t, app, s, want)
	for i, c := range good {
		last = apply1(t, app, i, c)
	}
	if last.Result != abci.ResponseApplySnapshotChunk_ACCEPT || app.Head().Header.Height != int64(s.Height) {
		t.Errorf("the true one: %s, height %d", last.Result, app.Head().Header.Height)
	}
	if got := offer(t, lead, s, want); got != abci.ResponseOfferSnapshot_ABORT {
		t.Error("a living ledger lets itself be written over:", got)
	}
}

// doubtful demands that nothing of a half-restored ledger is believed: neither that a record is
// there, nor that its actor is enrolled, so that the actor's signature could be judged.
func (n *network) doubtful(app, lead *App) {
	n.t.Helper()
	there, forged := 0, 0
	for i := uint64(0); i < lead.Head().Header.LogSize; i++ {
		rec := chaintest.Must(lead.At(i)).Record
		if app.db.Read(storage.KeyID(rec.ID())) != nil {
			there++
		}
		if r, raw := app.Precheck(rec, nil); r.Height != 0 || r.Code != chain.CodeOK || raw == "" {
			n.t.Fatalf("%+v", r)
		}
		if rec.Statement.Actor == n.ward.Orgs[rec.Statement.Org].Seal.Cert.ID() || rec.Batch != nil {
			continue
		}
		forged++
		rec.ActorSig = rec.OrgSig
		if r, _ := app.Precheck(n.ward.Seal(rec), nil); r.Code != chain.CodeOK {
			n.t.Fatalf("an enrolment is believed that the snapshot may have made up: %+v", r)
		}
	}
	if there == 0 || forged == 0 {
		n.t.Fatal("the chunk has no records: nothing was tried")
	}
}

// without changes the first block of a chunk and encodes it again.
func without(t *testing.T, chunk []byte, change func(*storage.Item)) (out []byte) {
	t.Helper()
	changed := false
	for c := (&storage.Cursor{Rest: chunk}); len(c.Rest) > 0; {
		it, err := c.Item()
		if err != nil {
			t.Fatal(err)
		}
		if !changed && it.Kind == storage.ItemRecords {
			change(&it)
			changed = true
		}
		out = it.Encode(out)
	}
	return out
}

// TestSnapshotsKept: only the newest stay, the engine keeps its blocks from the oldest of them on,
// and a ledger opened again goes on cutting where it was.
func TestSnapshotsKept(t *testing.T) {
	n := grown(t)
	lead := n.peers[0]
	kept := lead.cut.Heights()
	if len(kept) != 3 {
		t.Fatalf("%d kept: %v", len(kept), kept)
	}
	lead.opt.KeepBlocks = 5
	if got := lead.grow(lead.meta.Header.LogSize); got != kept[0] {
		t.Errorf("blocks from %d on are kept, the oldest snapshot is at %d", got, kept[0])
	}
	lead.opt.KeepBlocks = lead.meta.Header.Height - 3
	if got := lead.grow(lead.meta.Header.LogSize); got != 3 {
		t.Errorf("blocks from %d on are kept", got)
	}
	if err := lead.load(); err != nil {
		t.Fatal(err)
	}
	for _, p := range n.peers {
		p.opt.KeepBlocks = 0
	}
	for _, r := range n.ward.Journey("later", n.now()) {
		n.write(r)
	}
	for _, r := range n.ward.Journey("latest", n.now()) {
		n.write(r)
	}
	n.block()
	n.block()
	if a, b := newest(t, lead.App), newest(t, n.peers[1].App); a.Height <= uint64(kept[2]) ||
		!bytes.Equal(a.Hash, b.Hash) {
		t.Errorf("opened again it cuts otherwise: heights %d and %d", a.Height, b.Height)
	}
}
