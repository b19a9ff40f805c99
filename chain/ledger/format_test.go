package ledger

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"testing"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// format1 is a ledger's database as the last program before format 2 left it, after seven blocks of
// schema1.json.
const format1 = "testdata/format1.json.gz"

func readFormat1(t *testing.T) *dbm.MemDB {
	t.Helper()
	f, err := os.Open(format1)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Key, Value []byte }
	if err := json.NewDecoder(z).Decode(&rows); err != nil {
		t.Fatal(err)
	}
	db := dbm.NewMemDB()
	for _, r := range rows {
		if err := db.Set(r.Key, r.Value); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func openQuiet(t *testing.T, db dbm.DB) *App {
	t.Helper()
	app, err := New(Options{DB: db, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// provesAll demands a path of every record to the log's root, and of every subject to the status
// root.
func provesAll(t *testing.T, app *App) {
	t.Helper()
	s, done := app.Newest()
	defer done()
	head := s.Meta.Header
	for i := range head.LogSize {
		c, err := app.At(i)
		if err != nil {
			t.Fatal(err)
		}
		root, ok := merkle.LogRootFromPath(merkle.LeafHash(c.Record.Bytes()), i, head.LogSize,
			storage.LogPath(s.DB, i, 0, head.LogSize))
		if !ok || root.String() != head.LogRoot {
			t.Errorf("record %d is not proved", i)
		}
		key := merkle.StatusKey(c.Record.Statement.Subject)
		path, at := storage.StatusPath(s.Upper, s.DB, key)
		state, _ := storage.SubjectState(s.DB, c.Record.Statement.Subject)
		if at != (storage.StatusNode{Kind: storage.NodeLeaf, A: key, B: merkle.StatusValue(state.Bytes())}) ||
			merkle.StatusRootFromPath(at.Hash(), key, path).String() != head.StatusRoot {
			t.Errorf("%s is not proved", c.Record.Statement.Subject)
		}
	}
}

// TestFormat1GoesOn: a ledger of the format before is opened, proves all that it holds, executes
// the chain's other blocks to their roots, and is the same to an audit as one made anew, until
// somebody changes it.
func TestFormat1GoesOn(t *testing.T) {
	old, members := readStored(t, "testdata/schema1.json")
	db, anew := readFormat1(t), dbm.NewMemDB()
	app, other := openQuiet(t, db), openQuiet(t, anew)
	begin(t, other, members)
	some := old
	some.Blocks = old.Blocks[:app.Head().Header.Height]
	last := some.Blocks[len(some.Blocks)-1]
	if len(some.Blocks) != 7 || !bytes.Equal(root(app.Head().Header), last.Root) {
		t.Fatalf("stands at %+v", app.Head().Header)
	}
	alike := func() {
		t.Helper()
		provesAll(t, app)
		if d, err := storage.Differences(anew, db); err != nil || len(d) > 0 {
			t.Fatalf("%v %q", err, d)
		}
	}
	goOn(t, other, some)
	alike()
	goOn(t, app, old)
	goOn(t, other, old)
	alike()
	app = openQuiet(t, db)
	alike()
	for name, key := range map[string][]byte{
		"a node of the log": storage.KeyNode(1, 3), "an entry": storage.KeyIndex(4),
		"an entry of now": storage.KeyIndex(22),
		"where it stands": storage.KeyMeta,
	} {
		value, err := db.Get(key)
		if err != nil || len(value) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		spoiled := bytes.Clone(value)
		spoiled[len(spoiled)-2] ^= 1
		if err := db.Set(key, spoiled); err != nil {
			t.Fatal(err)
		}
		if d, err := storage.Differences(anew, db); err != nil || len(d) != 1 {
			t.Errorf("%s changed: %v %q", name, err, d)
		}
		if err := db.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFormatOfANewerProgram is refused at the start, and nothing is written.
func TestFormatOfANewerProgram(t *testing.T) {
	db := readFormat1(t)
	if err := db.Set(storage.KeyMeta, []byte("\x03{}")); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{DB: db}); !errors.Is(err, storage.ErrFormat) {
		t.Errorf("opened: %v", err)
	}
}
