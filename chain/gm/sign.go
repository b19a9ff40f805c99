package gm

import (
	"crypto/rand"
	"fmt"
	"sync/atomic"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"
)

// crossCheckEvery: of the signatures made on the fast path, the first and then every 64th is also
// put to the other library before it leaves. tjfoc's verification costs 1.5 ms against 0.1 ms for
// the rest, and a hospital seals every record; 1 here would check each. Every signature is verified
// by emmansun itself, so that a computation gone wrong in this process never leaves it.
const crossCheckEvery = 64

var signatures atomic.Uint64

// Sign signs msg (any length but zero) with [ID] and returns strict DER (GB/T 32918.2, SM3). The
// nonce is hedged: drawn from the random source, the key and the message, so a broken random source
// does not give the key away. Errors: ErrSig when msg is empty or the result fails its own check,
// ErrSplit when the libraries disagree about it.
func (k *PrivateKey) Sign(msg []byte) (sig []byte, err error) { return k.SignAs(ID, msg) }

// SignAs is Sign under another signer's id, of 1 to MaxIDSize bytes: some partners outside the
// chain have ids of their own.
func (k *PrivateKey) SignAs(signer string, msg []byte) (sig []byte, err error) {
	defer Caught(&err, ErrSig)
	if len(msg) == 0 || signer == "" || len(signer) > MaxIDSize {
		return nil, fmt.Errorf("%w: an empty message cannot be signed, nor under an id that is empty or over %d bytes",
			ErrSig, MaxIDSize)
	}
	if sig, err = k.emm.Sign(rand.Reader, msg, esm2.NewSM2SignerOption(true, []byte(signer))); err != nil {
		return nil, fmt.Errorf("%w: sign: %w", ErrSig, err)
	}
	if err = k.pub.As(signer).reported(msg, sig, signatures.Add(1)%crossCheckEvery == 1); err != nil {
		return nil, fmt.Errorf("signature failed its own check: %w", err)
	}
	return sig, nil
}

// SignTjfoc is Sign computed by tjfoc (0.4 ms, not constant time) with a nonce bound to key and
// message, verified by both libraries. Certificates, requests and revocation lists are signed this
// way: rare, long-lived, worth two opinions.
func (k *PrivateKey) SignTjfoc(msg []byte) (sig []byte, err error) {
	defer Caught(&err, ErrSig)
	if len(msg) == 0 {
		return nil, fmt.Errorf("%w: an empty message cannot be signed", ErrSig)
	}
	d := k.scalar()
	defer clear(d)
	nonce, err := newHedgedReader(d, msg)
	if err != nil {
		return nil, fmt.Errorf("%w: random source: %w", ErrSig, err)
	}
	r, s, err := tsm2.Sm2Sign(k.tj, msg, id, nonce)
	if err != nil {
		return nil, fmt.Errorf("%w: sign: %w", ErrSig, err)
	}
	if sig, err = tsm2.SignDigitToSignData(r, s); err != nil {
		return nil, fmt.Errorf("%w: encode: %w", ErrSig, err)
	}
	if err = k.pub.VerifyBoth(msg, sig); err != nil {
		return nil, fmt.Errorf("signature failed its own check: %w", err)
	}
	return sig, nil
}
