package gm

import (
	"bytes"
	"crypto/pbkdf2"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"

	esm3 "github.com/emmansun/gmsm/sm3"
)

// Limits of a PIN-sealed key. A six-digit PIN has a million values, so whatever the count, whoever
// holds the file tries them all in days: the server that stores or uses it must count attempts as
// well.
const (
	sealVersion       = 1
	sealKDF           = "PBKDF2-HMAC-SM3"
	sealCipher        = "SM4-GCM"
	sealIterations    = 200_000 // what SealKey writes; 0.15 s here
	minSealIterations = 10_000  // the least OpenKey takes: a phone seals with fewer
	maxSealIterations = 5_000_000
	sealSalt          = 16
	minSalt, maxSalt  = 8, 64
	maxSealedSize     = 4 << 10
	MinPIN, MaxPIN    = 6, 128 // bytes
)

// sealedKey is the envelope, version 1, JSON with exactly these fields, byte strings in lower-case
// hexadecimal:
//
//	{"v":1,"kdf":"PBKDF2-HMAC-SM3","iterations":200000,"salt":…,"cipher":"SM4-GCM","publicKey":04‖x‖y,"box":…}
//
// key = PBKDF2-HMAC-SM3(PIN, salt, iterations, 16 bytes); box = nonce (12) ‖ SM4-GCM ciphertext of
// d (32) ‖ tag (16); the additional data is the ASCII text of [sealedKey.aad].
// chain/gm/testdata/make-vectors.mjs does the same in JavaScript.
type sealedKey struct {
	Version    int    `json:"v"`
	KDF        string `json:"kdf"`
	Iterations int    `json:"iterations"`
	Salt       string `json:"salt"`
	Cipher     string `json:"cipher"`
	PublicKey  string `json:"publicKey"`
	Box        string `json:"box"`
}

// aad binds every field but the box, so that none can be exchanged.
func (s *sealedKey) aad() []byte {
	return fmt.Appendf(nil, "gm.sealed-key|%d|%s|%d|%s|%s|%s", s.Version, s.KDF, s.Iterations, s.Salt, s.Cipher,
		s.PublicKey)
}

// SealKey seals a private key under a PIN of 6…128 bytes: PBKDF2-HMAC-SM3, 200 000 iterations, then
// SM4-GCM. ErrPIN for a PIN of another length.
func SealKey(k *PrivateKey, pin []byte) ([]byte, error) {
	if len(pin) < MinPIN || len(pin) > MaxPIN {
		return nil, fmt.Errorf("%w: PIN must be %d…%d bytes", ErrPIN, MinPIN, MaxPIN)
	}
	salt := make([]byte, sealSalt)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("%w: random source: %w", ErrCrypt, err)
	}
	s := &sealedKey{Version: sealVersion, KDF: sealKDF, Iterations: sealIterations, Salt: hex.EncodeToString(salt),
		Cipher: sealCipher, PublicKey: k.pub.Hex()}
	key, err := pinKey(pin, salt, s.Iterations)
	if err != nil {
		return nil, err
	}
	d := k.scalar()
	defer clear(d)
	box, err := Seal(key, d, s.aad())
	if err != nil {
		return nil, err
	}
	s.Box = hex.EncodeToString(box)
	return json.Marshal(s)
}

// OpenKey reverses SealKey. ErrFormat when the envelope is not one or its limits are exceeded
// (checked before any work); ErrPIN when the PIN is wrong or a byte was altered; ErrKey when the
// content is not the private key it claims.
func OpenKey(sealed, pin []byte) (*PrivateKey, error) {
	s, salt, box, err := parseSealed(sealed)
	if err != nil {
		return nil, err
	}
	if len(pin) < MinPIN || len(pin) > MaxPIN {
		return nil, ErrPIN
	}
	key, err := pinKey(pin, salt, s.Iterations)
	if err != nil {
		return nil, err
	}
	d, err := Open(key, box, s.aad())
	if err != nil {
		return nil, ErrPIN
	}
	defer clear(d)
	k, err := NewPrivateKey(d)
	if err != nil {
		return nil, err
	}
	if k.pub.Hex() != s.PublicKey {
		return nil, fmt.Errorf("%w: sealed key does not belong to its public key", ErrKey)
	}
	return k, nil
}

func parseSealed(sealed []byte) (s *sealedKey, salt, box []byte, err error) {
	if len(sealed) > maxSealedSize {
		return nil, nil, nil, fmt.Errorf("%w: key envelope over %d bytes", ErrFormat, maxSealedSize)
	}
	s = new(sealedKey)
	if err = strictJSON(sealed, s); err != nil {
		return nil, nil, nil, err
	}
	if s.Version != sealVersion || s.KDF != sealKDF || s.Cipher != sealCipher {
		return nil, nil, nil, fmt.Errorf("%w: key envelope of another version or algorithm", ErrFormat)
	}
	if s.Iterations < minSealIterations || s.Iterations > maxSealIterations {
		return nil, nil, nil, fmt.Errorf("%w: iterations outside %d…%d", ErrFormat, minSealIterations,
			maxSealIterations)
	}
	salt, saltErr := hex.DecodeString(s.Salt)
	box, boxErr := hex.DecodeString(s.Box)
	if saltErr != nil || boxErr != nil || len(salt) < minSalt || len(salt) > maxSalt ||
		len(box) != scalarSize+SealGrowth {
		return nil, nil, nil, fmt.Errorf("%w: key envelope's salt or box", ErrFormat)
	}
	return s, salt, box, nil
}

// strictJSON takes exactly one JSON value without unknown fields.
func strictJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil || !isSpace(text[d.InputOffset():]) {
		return fmt.Errorf("%w: not the expected JSON object", ErrFormat)
	}
	return nil
}

func pinKey(pin, salt []byte, iterations int) ([]byte, error) {
	key, err := pbkdf2.Key(esm3.New, string(pin), salt, iterations, SM4KeySize)
	if err != nil {
		return nil, fmt.Errorf("%w: key derivation: %w", ErrCrypt, err)
	}
	return key, nil
}
