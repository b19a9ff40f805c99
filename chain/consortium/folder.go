package consortium

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// An organisation's folder: its private keys, and what of it or for it may be known to everybody.
// `hospital serve` keeps its data in a folder of the same shape.
const (
	keysFolder     = "keys"  // CA and seal, sealed by the master key
	chainFolder    = "chain" // the node's own: its two keys, genesis, blocks, ledger
	requestsFolder = "requests"
	masterFile     = "master.key"
	membersFile    = "members.json"  // public
	foundingFile   = "founding.json" // public
	settingsFile   = "node.yaml"
	traceFile      = "trace-key.check" // public: digest of the trace key that the application here has to have
)

// Folder is an organisation's folder with its key store open.
type Folder struct {
	dir  string
	keys *keystore.Dir
}

// MakeFolder opens an organisation's (or the notary's) folder and makes what is missing. master is
// the file of the secret that seals its keys; empty: in the folder itself, which is for trying.
func MakeFolder(dir, master string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return openFolder(dir, master, keystore.CreateMaster)
}

// OpenFolder opens a folder that MakeFolder made: keystore.ErrNotFound without its master key.
func OpenFolder(dir, master string) (*Folder, error) {
	return openFolder(dir, master, keystore.ReadMaster)
}

func openFolder(dir, master string, read func(string) ([]byte, error)) (*Folder, error) {
	if master == "" {
		master = filepath.Join(dir, masterFile)
	}
	secret, err := read(master)
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	keys, err := keystore.Open(filepath.Join(dir, keysFolder), secret)
	if err != nil {
		return nil, err
	}
	return &Folder{dir: dir, keys: keys}, nil
}

func (f *Folder) path(elem ...string) string {
	return filepath.Join(append([]string{f.dir}, elem...)...)
}

func readOptional(path string) (text []byte, found bool, err error) {
	text, err = os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return text, err == nil, err
}
