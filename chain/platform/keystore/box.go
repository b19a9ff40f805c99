package keystore

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/gm"
)

// BoxKeySize is the length of a Box's key in bytes; Dir.Secret makes one.
const BoxKeySize = 32

// ErrBox: a sealed value does not open: other key, other context, or an altered byte.
var ErrBox = errors.New("keystore: sealed value cannot be opened")

// Box seals the personal data a database keeps at rest (column-level encryption) and makes blind
// indexes over it. The context names the place of a value, such as "rx_events.document/RX…": a
// value copied to another row or column does not open. Safe for concurrent use.
type Box struct{ key []byte }

// NewBox takes 32 random bytes, normally Dir.Secret(name, BoxKeySize). It panics on another length:
// that is a wiring mistake, and a short key must not quietly protect patients.
func NewBox(key []byte) *Box {
	if len(key) != BoxKeySize {
		panic(fmt.Sprintf("keystore: a box key is %d bytes, got %d", BoxKeySize, len(key)))
	}
	return &Box{key: append([]byte(nil), key...)}
}

// Seal encrypts and authenticates plaintext for this context (SM4-GCM, random nonce). Each context
// has a key of its own, so that the number of values is not limited by one key's nonces.
// gm.ErrCrypt for a plaintext over gm.MaxSealSize.
func (b *Box) Seal(plaintext []byte, context string) ([]byte, error) {
	return gm.Seal(b.derive("seal", context, "")[:gm.SM4KeySize], plaintext, []byte(context))
}

// Open reverses Seal; ErrBox without a reason when it cannot.
func (b *Box) Open(box []byte, context string) ([]byte, error) {
	plaintext, err := gm.Open(b.derive("seal", context, "")[:gm.SM4KeySize], box, []byte(context))
	if err != nil {
		return nil, ErrBox
	}
	return plaintext, nil
}

// SealJSON seals a value as JSON.
func (b *Box) SealJSON(v any, context string) ([]byte, error) {
	plaintext, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return b.Seal(plaintext, context)
}

// OpenJSON opens what SealJSON sealed into v.
func (b *Box) OpenJSON(box []byte, context string, v any) error {
	plaintext, err := b.Open(box, context)
	if err != nil {
		return err
	}
	return json.Unmarshal(plaintext, v)
}

// Index returns a blind index of value for equality look-ups: HMAC-SM3 under a key of its own, 64
// hexadecimal digits. The same value has another index in another context. It shows which rows are
// equal, and nothing else to who lacks the key.
func (b *Box) Index(value, context string) string {
	return hex.EncodeToString(b.derive("index", context, value))
}

// derive frames its parts with their lengths, so that ("a","bc") and ("ab","c") differ.
func (b *Box) derive(purpose, context, value string) []byte {
	var framed []byte
	for _, part := range []string{"hospital box|1", purpose, context, value} {
		framed = binary.BigEndian.AppendUint64(framed, uint64(len(part)))
		framed = append(framed, part...)
	}
	return gm.HMAC(b.key, framed)
}
