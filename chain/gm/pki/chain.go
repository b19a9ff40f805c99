package pki

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Limits of a chain check.
const (
	MaxChainLength   = 4  // certificates, leaf and root included
	maxIntermediates = 16 // offered
)

// VerifyChain checks that leaf leads through intermediates to one of roots at the time at (RFC 5280
// 6, by emmansun). Every certificate must be valid then, every issuer a CA within its path length,
// the chain at most four long; a leaf that is not itself a CA must be a client or server
// certificate that may make signatures.
//
// crls == nil means that revocation is not looked at (the ledger keeps its own). With a non-nil
// slice, every certificate below the root needs a list that its issuer signed and that is fresh at
// at; entries count from the moment they are listed.
//
// Errors: ErrChain (not trusted, expired, wrong use), ErrRevoked, ErrCRL (list missing, stale or
// not the issuer's).
func VerifyChain(leaf *Certificate, intermediates, roots []*Certificate, at time.Time, crls []*CRL) (err error) {
	defer gm.Caught(&err, ErrChain)
	if leaf == nil || len(roots) == 0 || at.IsZero() || len(intermediates) > maxIntermediates {
		return fmt.Errorf("%w: leaf, roots and time are required, at most %d intermediates", ErrChain, maxIntermediates)
	}
	if !leaf.IsCA() && (leaf.x.KeyUsage&smx509.KeyUsageDigitalSignature == 0 || len(leaf.x.ExtKeyUsage) == 0) {
		return fmt.Errorf("%w: certificate may not make signatures or names no use", ErrChain)
	}
	chains, err := leaf.x.Verify(smx509.VerifyOptions{
		Roots: pool(roots), Intermediates: pool(intermediates), CurrentTime: at,
		// Explicit: the default would be server certificates only, and Any would let a code-signing
		// certificate prescribe.
		KeyUsages: []smx509.ExtKeyUsage{smx509.ExtKeyUsageClientAuth, smx509.ExtKeyUsageServerAuth},
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrChain, err)
	}
	// Any one good chain will do; the first chain's reason is reported when none is.
	var reason error
	for _, chain := range chains {
		if err := checkPath(chain, at, crls); err == nil {
			return nil
		} else if reason == nil {
			reason = err
		}
	}
	return reason
}

// VerifyIssued checks the one path there is for who signs in a consortium: root, then the
// organisation's CA, then leaf, and nothing between or beside them, at the time at. root and ca are
// CAs with keys of their own, ca issued by root; leaf may issue nothing, and makes signatures
// (VerifyChain). A leaf that the root issued past the organisation is refused: it would be nobody's
// that the organisation knows of. ErrChain.
func VerifyIssued(leaf, ca, root *Certificate, at time.Time) (err error) {
	defer gm.Caught(&err, ErrChain)
	if leaf == nil || ca == nil || root == nil || at.IsZero() {
		return fmt.Errorf("%w: leaf, CA, root and time are required", ErrChain)
	}
	for _, c := range []*Certificate{leaf, ca, root} {
		if err := c.Profile(); err != nil {
			return fmt.Errorf("%w: %w", ErrChain, err)
		}
	}
	switch {
	case leaf.x.IsCA || leaf.x.KeyUsage&(smx509.KeyUsageCertSign|smx509.KeyUsageCRLSign) != 0:
		return fmt.Errorf("%w: who signs may not issue certificates", ErrChain)
	case !ca.IsCA() || !root.IsCA():
		return fmt.Errorf("%w: the issuer is not a CA", ErrChain)
	case !commonUse(leaf.x, ca.x, root.x):
		return fmt.Errorf("%w: no use as client or server that all three have", ErrChain)
	case ca.pub.Equal(root.pub):
		return fmt.Errorf("%w: the organisation's CA has the root's key", ErrChain)
	}
	if err := VerifyChain(leaf, []*Certificate{ca}, []*Certificate{root}, at, nil); err != nil {
		return err
	}
	if leaf.x.CheckSignatureFrom(ca.x) != nil || !bytes.Equal(leaf.x.RawIssuer, ca.x.RawSubject) {
		return fmt.Errorf("%w: not issued by the organisation's CA", ErrChain)
	}
	if ca.x.CheckSignatureFrom(root.x) != nil || !bytes.Equal(ca.x.RawIssuer, root.x.RawSubject) {
		return fmt.Errorf("%w: the organisation's CA was not issued by the root", ErrChain)
	}
	return nil
}

// commonUse: leaf names client or server, and so does every issuer that names uses at all.
// anyExtendedKeyUsage is no name of a use.
func commonUse(leaf *smx509.Certificate, issuers ...*smx509.Certificate) bool {
	return slices.ContainsFunc([]smx509.ExtKeyUsage{smx509.ExtKeyUsageClientAuth, smx509.ExtKeyUsageServerAuth},
		func(use smx509.ExtKeyUsage) bool {
			return slices.Contains(leaf.ExtKeyUsage, use) &&
				!slices.ContainsFunc(issuers, func(c *smx509.Certificate) bool {
					return len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) > 0 && !slices.Contains(c.ExtKeyUsage, use)
				})
		})
}

func pool(certificates []*Certificate) *smx509.CertPool {
	p := smx509.NewCertPool()
	for _, c := range certificates {
		p.AddCert(c.x)
	}
	return p
}

func checkPath(chain []*smx509.Certificate, at time.Time, crls []*CRL) error {
	if len(chain) > MaxChainLength {
		return fmt.Errorf("%w: longer than %d certificates", ErrChain, MaxChainLength)
	}
	if crls == nil {
		return nil
	}
	for i := range len(chain) - 1 {
		if err := checkRevocation(chain[i], chain[i+1], at, crls); err != nil {
			return err
		}
	}
	return nil
}

// checkRevocation asks every fresh list of the issuer: an older one that is still fresh may be
// mixed in, and whichever names the certificate is believed.
func checkRevocation(x, issuer *smx509.Certificate, at time.Time, crls []*CRL) error {
	known := false
	for _, crl := range crls {
		if !bytes.Equal(crl.x.RawIssuer, issuer.RawSubject) || at.Before(crl.x.ThisUpdate) ||
			!at.Before(crl.x.NextUpdate) ||
			crl.x.CheckSignatureFrom(issuer) != nil {
			continue
		}
		if _, revoked := crl.RevokedAt(serialHex(x.SerialNumber)); revoked {
			return fmt.Errorf("%w: serial %s", ErrRevoked, serialHex(x.SerialNumber))
		}
		known = true
	}
	if !known {
		return fmt.Errorf("%w: no fresh list of the issuer of serial %s", ErrCRL, serialHex(x.SerialNumber))
	}
	return nil
}
