package consortium

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// AddInstance makes dir a folder for one more instance of this organisation's application: copies
// of its private keys, and a node of its own that has no vote, because a validator's key must never
// run twice. key is the node's public key: the others let it in when the members' list names it, by
// the organisation's request (Ask) or by a vote. joined tells that this folder is in a chain
// already and the new one is ready to run; else repeat it after Join. Repeating also brings newer
// keys over. A master key that lies outside this folder is not copied; a folder with the root's key
// (a notary's, or one that hosts everybody) is ErrSpec.
func (f *Folder) AddInstance(dir, listen, explorer string) (key string, joined bool, err error) {
	for _, address := range []string{listen, explorer} {
		if err := checkAddress(address); err != nil {
			return "", false, err
		}
	}
	if same(f.dir, dir) {
		return "", false, fmt.Errorf("%w: dir: must be another folder than the organisation's first", ErrSpec)
	}
	if _, err := f.keys.Signer(rootKey); err == nil {
		return "", false, fmt.Errorf("%w: of: the folder holds the root's key, which is copied nowhere", ErrSpec)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", false, err
	}
	if err := f.keys.CopyTo(filepath.Join(dir, keysFolder)); err != nil {
		return "", false, err
	}
	if err := copyFile(f.path(masterFile), filepath.Join(dir, masterFile), 0o600); err != nil {
		return "", false, err
	}
	id, err := home.NewIdentity(filepath.Join(dir, chainFolder))
	if err != nil {
		return "", false, err
	}
	if !home.HasGenesis(f.path(chainFolder)) {
		return id.Node, false, nil
	}
	return id.Node, true, f.installInstance(dir, listen, explorer)
}

func same(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}

// copyFile copies what may be missing.
func copyFile(from, to string, mode fs.FileMode) error {
	text, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return durable.WriteFile(to, text, mode)
}

// installInstance writes what the node needs of the chain, the genesis last: a folder with it is
// complete.
func (f *Folder) installInstance(dir, listen, explorer string) error {
	first, err := ReadNodeSettings(f.dir)
	if err != nil {
		return err
	}
	own, err := f.ownPeer(first)
	if err != nil {
		return err
	}
	s := NodeSettings{Member: first.Member, Listen: listen, Explorer: explorer,
		Peers: append([]string{own}, first.Peers...), Instance: true, Growth: first.Growth, Watch: first.Watch,
		Silence: first.Silence}
	for _, name := range []string{membersFile, traceFile} {
		if err := copyFile(f.path(name), filepath.Join(dir, name), 0o644); err != nil {
			return err
		}
	}
	text, err := yaml.Marshal(s)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, settingsFile)
	if _, err := os.Stat(file); err != nil { // edited settings stay
		if err := durable.WriteFile(file, append([]byte(settingsComment), text...), 0o600); err != nil {
			return err
		}
	}
	err = home.CopyGenesis(f.path(chainFolder), filepath.Join(dir, chainFolder))
	if errors.Is(err, home.ErrGenesisExists) {
		return nil
	}
	return err
}

// ownPeer is how the folder's own node is dialled: at the address the others were told.
func (f *Folder) ownPeer(s NodeSettings) (string, error) {
	key, err := home.NewIdentity(f.path(chainFolder))
	if err != nil {
		return "", err
	}
	id, err := home.PeerID(key.Node)
	if err != nil {
		return "", err
	}
	asked, err := f.requests()
	if err != nil {
		return "", err
	}
	address := s.Listen
	for _, r := range asked {
		if r.Node != nil {
			address = r.Node.Address
		}
	}
	return id + "@" + address, nil
}
