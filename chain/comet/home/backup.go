package home

import (
	"archive/tar"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/syndtr/goleveldb/leveldb"
)

// A backup is a tar of the genesis, what the node's three databases held at one moment (as pieces
// of keys and values), and an SM3 digest over all of it at its end. It holds no private key, and
// not the record of what the validator has signed: an old one would let it sign twice.
const (
	backupVersion = 1
	infoEntry     = "backup.json"
	genesisEntry  = "genesis.json"
	digestEntry   = "sm3"
	pieceBytes    = 8 << 20
	maxPiece      = 64 << 20 // a value is at most a block's part or a members' list
)

// Stores are the databases of a backup, in the order in which their snapshots are taken: the engine
// writes a block to the first, then the ledger commits it, then the engine notes that. Whatever is
// cut off between looks like a node killed there.
var Stores = []string{"blockstore", "state", LedgerDB}

// ErrBackup is a backup that cannot be read or restored; the text says why.
var ErrBackup = errors.New("comet: backup refused")

// BackupInfo says what a backup holds.
type BackupInfo struct {
	V         int       `json:"v"`
	Chain     string    `json:"chain"`
	Height    int64     `json:"height"`
	Records   uint64    `json:"records"`
	StateRoot string    `json:"stateRoot"`
	Made      time.Time `json:"made"`
}

// Backup writes a backup of a stopped node's folder.
func Backup(dir string, w io.Writer) (info BackupInfo, err error) {
	if !HasGenesis(dir) {
		return info, fmt.Errorf("%w: %s", ErrNoGenesis, filepath.Base(dir))
	}
	open := map[string]dbm.DB{}
	defer func() {
		for _, db := range open {
			err = errors.Join(err, db.Close())
		}
	}()
	for _, name := range Stores {
		if open[name], err = openReadOnly(Settings(dir), name); err != nil {
			delete(open, name)
			return info, err
		}
	}
	if err := begun(open[LedgerDB]); err != nil {
		return info, err
	}
	app, err := ledger.New(ledger.Options{DB: open[LedgerDB]})
	if err != nil {
		return info, err
	}
	return BackupOpen(w, dir, app, open)
}

// BackupOpen writes a backup of the folder of a node that runs over these databases, by name.
// Blocks go on meanwhile.
func BackupOpen(w io.Writer, dir string, app *ledger.App, open map[string]dbm.DB) (BackupInfo, error) {
	if err := begun(open[LedgerDB]); err != nil {
		return BackupInfo{}, err
	}
	var head ledger.Head
	snaps := map[string]*leveldb.Snapshot{}
	defer release(snaps)
	err := app.Hold(func(h ledger.Head) error {
		head = h
		return snapshots(snaps, open)
	})
	if err != nil {
		return BackupInfo{}, err
	}
	return writeBackup(w, dir, head, snaps)
}

// begun refuses a ledger that is only being restored from a snapshot: it would begin anew wherever
// it is put.
func begun(db dbm.DB) error {
	half, err := ledger.Unfinished(db)
	if half {
		return fmt.Errorf("%w: the node is still beginning with a snapshot", ErrBackup)
	}
	return err
}

func snapshots(into map[string]*leveldb.Snapshot, open map[string]dbm.DB) error {
	for _, name := range Stores {
		db, ok := Level(open[name])
		if !ok {
			return fmt.Errorf("comet: backup: %s is no goleveldb database", name)
		}
		snap, err := db.DB().GetSnapshot()
		if err != nil {
			return fmt.Errorf("comet: backup: %s: %w", name, err)
		}
		into[name] = snap
	}
	return nil
}

func release(snaps map[string]*leveldb.Snapshot) {
	for _, s := range snaps {
		s.Release()
	}
}

func writeBackup(w io.Writer, dir string, head ledger.Head, snaps map[string]*leveldb.Snapshot) (BackupInfo, error) {
	info := BackupInfo{
		V: backupVersion, Chain: head.Header.Chain, Height: head.Header.Height, Records: head.Header.LogSize,
		StateRoot: head.Header.StateRoot().String(), Made: time.Now().UTC(),
	}
	b := &backupWriter{tar: tar.NewWriter(w), digest: gm.NewHash(), at: info.Made}
	text, err := json.Marshal(info)
	if err != nil {
		return info, err
	}
	genesis, err := os.ReadFile(Settings(dir).GenesisFile())
	if err != nil {
		return info, fmt.Errorf("comet: backup: %w", err)
	}
	b.entry(infoEntry, text)
	b.entry(genesisEntry, genesis)
	for _, name := range Stores {
		b.store(name, snaps[name])
	}
	b.entry(digestEntry, []byte(hex.EncodeToString(b.digest.Sum(nil))))
	if b.err == nil {
		b.err = b.tar.Close()
	}
	return info, b.err
}

// backupWriter keeps its first error.
type backupWriter struct {
	tar    *tar.Writer
	digest hash.Hash
	at     time.Time
	err    error
}

func (b *backupWriter) entry(name string, content []byte) {
	if b.err != nil {
		return
	}
	digestPart(b.digest, name, content)
	b.err = b.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: b.at})
	if b.err == nil {
		_, b.err = b.tar.Write(content)
	}
}

// digestPart frames what it adds.
func digestPart(h hash.Hash, name string, content []byte) {
	h.Write(appendSized(nil, []byte(name)))
	h.Write(binary.AppendUvarint(nil, uint64(len(content))))
	h.Write(content)
}

func appendSized(b, value []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))), value...)
}

func (b *backupWriter) store(name string, snap *leveldb.Snapshot) {
	it := snap.NewIterator(nil, nil)
	defer it.Release()
	var piece []byte
	for it.Next() && b.err == nil {
		piece = appendSized(appendSized(piece, it.Key()), it.Value())
		if len(piece) >= pieceBytes {
			b.entry(name, piece)
			piece = piece[:0]
		}
	}
	if b.err == nil {
		b.err = it.Error()
	}
	b.entry(name, piece)
}

// Restore puts a backup into a folder that has no chain's databases (a new one, or one that lost
// them) and leaves its keys and the record of what its validator has signed as they are. Where that
// record is missing, the validator starts careful (see careful): it is lost, and what it may have
// signed is not known. forgetVotes starts it anew with a clean record: only for the sole voter of
// its chain, and only when the node that the backup is of can never run again.
func Restore(dir string, r io.Reader, forgetVotes bool) (info BackupInfo, err error) {
	cfg := Settings(dir)
	for _, name := range Stores {
		if _, err := os.Stat(filepath.Join(cfg.DBDir(), name+".db")); err == nil {
			return info, fmt.Errorf("%w: the folder has a chain already; move %s away", ErrBackup, cfg.DBDir())
		}
	}
	aside := filepath.Join(cfg.DBDir(), "restoring")
	if err := os.RemoveAll(aside); err != nil {
		return info, fmt.Errorf("comet: restore: %w", err)
	}
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return info, fmt.Errorf("comet: restore: %w", err)
	}
	b := &backupReader{tar: tar.NewReader(r), digest: gm.NewHash(), into: aside}
	if err := b.read(); err != nil {
		return info, err
	}
	if err := b.fits(dir); err != nil {
		return info, err
	}
	if err := votes(cfg, b.info.Height, b.voters, forgetVotes); err != nil {
		return info, err
	}
	// the block store last: without it the engine finds nothing to begin with
	for _, name := range slices.Backward(Stores) {
		if err := os.Rename(filepath.Join(aside, name+".db"), filepath.Join(cfg.DBDir(), name+".db")); err != nil {
			return info, fmt.Errorf("comet: restore: %w", err)
		}
	}
	return b.info, os.RemoveAll(aside)
}

// CheckBackup reads a backup to its end and compares its digest.
func CheckBackup(r io.Reader) (BackupInfo, error) {
	b := &backupReader{tar: tar.NewReader(r), digest: gm.NewHash()}
	err := b.each(func(string, []byte) error { return nil })
	return b.info, err
}

type backupReader struct {
	tar     *tar.Reader
	digest  hash.Hash
	into    string
	info    BackupInfo
	genesis []byte
	voters  int // of the newest members' list
}

// read writes the databases aside; nothing of them is used unless the digest at the end is right.
func (b *backupReader) read() (err error) {
	open := map[string]dbm.DB{}
	defer func() {
		for _, db := range open {
			err = errors.Join(err, db.Close())
		}
	}()
	for _, name := range Stores {
		if open[name], err = dbm.NewGoLevelDB(name, b.into); err != nil {
			delete(open, name)
			return fmt.Errorf("comet: restore: %w", err)
		}
	}
	err = b.each(func(name string, piece []byte) error { return fill(open[name], piece) })
	if err == nil {
		err = b.whole(open)
	}
	return err
}

// each hands the databases' pieces on, up to the digest, which must be right.
func (b *backupReader) each(piece func(name string, content []byte) error) error {
	for {
		h, err := b.tar.Next()
		if err != nil {
			return fmt.Errorf("%w: it ends before its digest: %w", ErrBackup, err)
		}
		if h.Size > maxPiece {
			return fmt.Errorf("%w: %s has %d bytes", ErrBackup, h.Name, h.Size)
		}
		content, err := io.ReadAll(b.tar)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		if h.Name == digestEntry {
			if string(content) != hex.EncodeToString(b.digest.Sum(nil)) {
				return fmt.Errorf("%w: its digest is another", ErrBackup)
			}
			return nil
		}
		digestPart(b.digest, h.Name, content)
		if err := b.take(h.Name, content, piece); err != nil {
			return err
		}
	}
}

func (b *backupReader) take(name string, content []byte, piece func(string, []byte) error) error {
	switch {
	case name == infoEntry:
		if err := json.Unmarshal(content, &b.info); err != nil || b.info.V != backupVersion {
			return fmt.Errorf("%w: %s: of version %d, or no backup", ErrBackup, name, b.info.V)
		}
	case name == genesisEntry:
		b.genesis = bytes.Clone(content)
	case slices.Contains(Stores, name):
		return piece(name, content)
	default:
		return fmt.Errorf("%w: %s: unknown part", ErrBackup, name)
	}
	return nil
}

func fill(db dbm.DB, piece []byte) error {
	batch := db.NewBatch()
	defer batch.Close()
	for len(piece) > 0 {
		var pair [2][]byte
		for i := range pair {
			n, w := binary.Uvarint(piece)
			if w <= 0 || n > uint64(len(piece)-w) {
				return fmt.Errorf("%w: a piece is cut short", ErrBackup)
			}
			pair[i], piece = piece[w:w+int(n)], piece[w+int(n):]
		}
		if err := batch.Set(pair[0], pair[1]); err != nil {
			return fmt.Errorf("comet: restore: %w", err)
		}
	}
	return batch.WriteSync()
}

// whole opens the restored ledger and compares it with what the backup says of itself.
func (b *backupReader) whole(open map[string]dbm.DB) error {
	app, err := ledger.New(ledger.Options{DB: open[LedgerDB]})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	head := app.Head().Header
	if head.Height != b.info.Height || head.StateRoot().String() != b.info.StateRoot || app.Roster() == nil {
		return fmt.Errorf("%w: the ledger in it is at %d and not what it says", ErrBackup, head.Height)
	}
	b.voters = len(app.Validators(head.Height + 1))
	return nil
}

// fits: the folder is of the chain that the backup is of; a folder without a genesis gets the
// backup's.
func (b *backupReader) fits(dir string) error {
	file := Settings(dir).GenesisFile()
	own, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		return durable.WriteFile(file, b.genesis, 0o600)
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(own, b.genesis) {
		return fmt.Errorf("%w: it is of chain %s, the folder of another or an earlier one", ErrBackup, b.info.Chain)
	}
	return nil
}
