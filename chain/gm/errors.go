package gm

import "errors"

// Sentinel errors. Every error of this package wraps one of them; test with errors.Is.
var (
	// ErrKey: a key, its encoding or its range is wrong (off the curve, other curve, d outside
	// 1…n-2, bad length).
	ErrKey = errors.New("gm: invalid SM2 key")
	// ErrSig: the signature is malformed or does not belong to this key and message.
	ErrSig = errors.New("gm: invalid SM2 signature")
	// ErrSplit: the two libraries disagree about this signature. It is refused; see [OnSplit].
	ErrSplit = errors.New("gm: the two SM2 libraries disagree about a signature")
	// ErrCrypt: a ciphertext cannot be opened, or a plaintext cannot be sealed. One error for every
	// cause of a failed decryption, so that it cannot be used as an oracle.
	ErrCrypt = errors.New("gm: encryption or decryption failed")
	// ErrPIN: a sealed key does not open with this PIN, or was altered; the two look the same on
	// purpose.
	ErrPIN = errors.New("gm: wrong PIN or altered key envelope")
	// ErrFormat: an envelope, request, certificate or revocation list is not well formed, too large
	// or not of our kind.
	ErrFormat = errors.New("gm: malformed or unsupported encoding")
	// ErrSelfTest: this build on this CPU does not compute the standards' vectors; the process must
	// not start.
	ErrSelfTest = errors.New("gm: self-test failed")
)

// Caught turns a panic of either library into the error that fits the entry point. It must be
// deferred directly. The libraries parse outside bytes and have panicked before; one bad signature
// must not stop a hospital.
func Caught(err *error, as error) {
	if recover() != nil {
		*err = as
	}
}
