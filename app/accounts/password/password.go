// Package password hashes and checks passwords, and refuses those that guessers try early.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/smart-hospital/hospital/app/accounts/turns"
)

// Cost is what one hash takes (RFC 9106 section 3.1).
type Cost struct {
	Passes    uint32 // t
	MemoryKiB uint32 // m
	Lanes     uint8  // p
}

// DefaultCost is the second recommended option of RFC 9106 section 4: t=3, p=4, m=64 MiB.
var DefaultCost = Cost{Passes: 3, MemoryKiB: 64 << 10, Lanes: 4}

// CheapCost is for tests and the demos they start: a wrong guess costs its author nothing. Strict
// mode refuses it.
var CheapCost = Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}

const (
	saltBytes = 16 // RFC 9106 section 4
	hashBytes = 32
	// maxHashing bounds the hashes at work at a time, and with it the memory a storm of log-ins
	// takes: 2 × 64 MiB.
	maxHashing = 2
	// Bounds of a stored hash: a damaged row must not ask for all memory.
	maxPasses    = 16
	maxMemoryKiB = 1 << 20
)

var errHash = errors.New("password: stored password hash is damaged")

// Hasher makes and checks argon2id hashes, at most maxHashing at a time.
type Hasher struct {
	cost Cost
	busy *turns.Queue
	// Nobodys is the hash of nobody's password: checking it makes an unknown name take as long as a
	// known one.
	Nobodys string
}

// NewHasher makes a hasher of a cost.
func NewHasher(cost Cost) (*Hasher, error) {
	h := &Hasher{cost: cost, busy: turns.New(maxHashing)}
	nobodys, err := h.Hash(context.Background(), "", rand.Text())
	h.Nobodys = nobodys
	return h, err
}

// key makes a hash when it is the turn of whom it is for: an address or an account.
func (h *Hasher) key(ctx context.Context, whom, password string, salt []byte, c Cost) ([]byte, error) {
	leave, err := h.busy.Enter(ctx, whom)
	if err != nil {
		return nil, err
	}
	defer leave()
	return argon2.IDKey([]byte(password), salt, c.Passes, c.MemoryKiB, c.Lanes, hashBytes), nil
}

// Hash encodes as "$argon2id$v=19$m=65536,t=3,p=4$salt$hash", the form of the reference
// implementation. whom is the address or account whose turn it takes: turns.ErrBusy.
func (h *Hasher) Hash(ctx context.Context, whom, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt)
	key, err := h.key(ctx, whom, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.MemoryKiB, h.cost.Passes,
		h.cost.Lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// Check tells whether the password is the encoded one, and whether the hash is cheaper than today's
// cost.
func (h *Hasher) Check(ctx context.Context, whom, password, encoded string) (ok, stale bool, err error) {
	c, salt, want, err := decode(encoded)
	if err != nil {
		return false, false, err
	}
	got, err := h.key(ctx, whom, password, salt, c)
	if err != nil {
		return false, false, err
	}
	stale = c.Passes < h.cost.Passes || c.MemoryKiB < h.cost.MemoryKiB
	return subtle.ConstantTimeCompare(got, want) == 1, stale, nil
}

func decode(encoded string) (c Cost, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Lanes); err != nil {
		return c, nil, nil, errHash
	}
	salt, serr := base64.RawStdEncoding.DecodeString(parts[4])
	key, kerr := base64.RawStdEncoding.DecodeString(parts[5])
	if serr != nil || kerr != nil || len(key) != hashBytes || c.Passes == 0 || c.Passes > maxPasses || c.Lanes == 0 ||
		c.MemoryKiB > maxMemoryKiB {
		return c, nil, nil, errHash
	}
	return c, salt, key, nil
}
