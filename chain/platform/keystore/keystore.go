// Package keystore holds the hospital's own keys: the SM2 keys it seals records with, the SM4 keys
// that encrypt columns and files, and random secrets. A person's key never comes here; it stays on
// the person's device.
//
// [Signer] is the interface the rest of the hospital signs through, so that a hardware module or a
// remote co-signer (协同签名) can take the place of the files. [Dir] is the file implementation:
// one file a key, sealed with SM4-GCM under a 256-bit master secret that lives elsewhere.
//
// # Promises of Dir
//
//   - A key that Create, DataKey or Secret returned is on disk, under its name, and stays the same
//     for ever: the file is written aside, synced, linked to its name only if the name is free, and
//     the folder synced. A kill at any moment leaves the whole file or none; two goroutines or
//     processes agree on one winner.
//   - Files are 0600 in folders 0700, and useless without the master secret or under another name.
//
// It does not protect against somebody who reads the process's memory or holds both folder and
// master.
package keystore

import (
	"context"
	"errors"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Signer signs with one SM2 key that it need not reveal. Implementations are safe for concurrent
// use.
type Signer interface {
	// KeyID names the key within its store.
	KeyID() string
	// Public returns the public half.
	Public() *gm.PublicKey
	// Sign returns a strict DER signature over msg with gm.ID, or the context's error, or gm.ErrSig
	// or gm.ErrSplit.
	Sign(ctx context.Context, msg []byte) ([]byte, error)
}

// signerAs is a Signer that signs under other ids than gm.ID too.
type signerAs interface {
	Signer
	SignAs(ctx context.Context, signer string, msg []byte) ([]byte, error)
}

// As is a signer under an id of its own, of 1 to gm.MaxIDSize bytes, for partners who agreed on
// one. ErrSignerID when the key cannot.
func As(s Signer, id string) (Signer, error) {
	if id == gm.ID {
		return s, nil
	}
	under, able := s.(signerAs)
	if !able || id == "" || len(id) > gm.MaxIDSize {
		return nil, ErrSignerID
	}
	return bound{under, id}, nil
}

type bound struct {
	signerAs
	id string
}

func (b bound) Sign(ctx context.Context, msg []byte) ([]byte, error) { return b.SignAs(ctx, b.id, msg) }

// Sentinel errors; test with errors.Is.
var (
	// ErrNotFound: no key of that name.
	ErrNotFound = errors.New("keystore: key not found")
	// ErrExists: Create found a key of that name.
	ErrExists = errors.New("keystore: key exists already")
	// ErrName: a key's name breaks the rule [a-z0-9][a-z0-9._-]{0,63}.
	ErrName = errors.New("keystore: invalid key name")
	// ErrMaster: the master secret is not 32 bytes, or not the one this folder was made with.
	ErrMaster = errors.New("keystore: wrong master secret")
	// ErrCorrupt: a file does not open although the master is right: altered, renamed or damaged.
	ErrCorrupt = errors.New("keystore: key file altered or damaged")
	// ErrLength: a secret is asked for with a length that is not 16…64 or not the one it was
	// created with.
	ErrLength = errors.New("keystore: secret of another length")
	// ErrSignerID: the key does not sign under that signer's id.
	ErrSignerID = errors.New("keystore: the key does not sign under this signer's id")
)
