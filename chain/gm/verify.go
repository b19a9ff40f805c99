package gm

import (
	"errors"
	"fmt"
	"math/big"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"
)

// Verify checks a strict DER signature over msg with [ID]. It returns
//
//   - nil when emmansun accepts it (0.07 ms);
//   - ErrSig when it is malformed, or both libraries refuse it (1.5 ms: the second opinion is asked
//     on refusal only);
//   - ErrSplit when only tjfoc accepts it; the case is counted and the alarm called. Refused all
//     the same;
//   - ErrKey when the key is nil.
//
// The answer depends on the arguments alone, so every node of the chain gives the same one.
func (p *PublicKey) Verify(msg, sig []byte) error { return p.reported(msg, sig, false) }

// As is the key of somebody who signs under another id than [ID]; see PrivateKey.SignAs. Verify and
// its kin then ask for that id.
func (p *PublicKey) As(signer string) *PublicKey {
	as := *p
	as.signer = signer
	return &as
}

func (p *PublicKey) signerID() string {
	if p == nil || p.signer == "" {
		return ID
	}
	return p.signer
}

// VerifyBoth asks both libraries every time and accepts only what both accept. For issuance, audits
// and tests. Errors are those of Verify; ErrSplit also when only emmansun accepts.
func (p *PublicKey) VerifyBoth(msg, sig []byte) error { return p.reported(msg, sig, true) }

// VerifyRaw is Verify for a signature in the form r‖s, 64 bytes.
func (p *PublicKey) VerifyRaw(msg, sig64 []byte) error {
	der, err := RawToDER(sig64)
	if err != nil {
		return err
	}
	return p.Verify(msg, der)
}

func (p *PublicKey) reported(msg, sig []byte, both bool) error {
	o, err := p.ask(msg, sig, both)
	if errors.Is(err, ErrSplit) {
		report(Split{PublicKey: p.Bytes(), Signer: p.signerID(), Message: msg, Signature: sig, Emmansun: o.emmansun,
			Tjfoc: o.tjfoc})
	}
	return err
}

// silent is VerifyBoth without count and alarm, for the self-test.
func (p *PublicKey) silent(msg, sig []byte) error {
	_, err := p.ask(msg, sig, true)
	return err
}

func (p *PublicKey) ask(msg, sig []byte, both bool) (o opinion, err error) {
	if p == nil || p.emm == nil {
		return o, fmt.Errorf("%w: no key", ErrKey)
	}
	signer := []byte(p.signerID())
	if len(signer) > MaxIDSize {
		return o, fmt.Errorf("%w: signer's id over %d bytes", ErrSig, MaxIDSize)
	}
	r, s, err := parseDER(sig)
	if err != nil {
		return o, err
	}
	if o.emmansun = p.emmansunAccepts(signer, msg, sig); o.emmansun && !both {
		return o, nil
	}
	o.tjfoc = p.tjfocAccepts(signer, msg, r, s)
	switch {
	case o.emmansun && o.tjfoc:
		return o, nil
	case o.emmansun || o.tjfoc:
		return o, ErrSplit
	}
	return o, ErrSig
}

// opinion is what the two libraries say about one signature; tjfoc is asked only when it matters.
type opinion struct{ emmansun, tjfoc bool }

// A panic counts as a refusal.
func (p *PublicKey) emmansunAccepts(signer, msg, sig []byte) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return esm2.VerifyASN1WithSM2(p.emm, signer, msg, sig)
}

func (p *PublicKey) tjfocAccepts(signer, msg []byte, r, s *big.Int) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return tsm2.Sm2Verify(p.tj, msg, signer, r, s)
}
