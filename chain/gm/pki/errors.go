package pki

import "errors"

// Sentinel errors, beside those of package gm that malformed bytes, keys and signatures have. Every
// error of this package wraps one of them; test with errors.Is.
var (
	// ErrCert: a certificate cannot be issued as asked (template, issuer, validity).
	ErrCert = errors.New("pki: certificate cannot be issued")
	// ErrChain: a certificate does not lead to a trusted root at the given time.
	ErrChain = errors.New("pki: certificate chain not trusted")
	// ErrRevoked: a certificate in the chain is on its issuer's revocation list.
	ErrRevoked = errors.New("pki: certificate revoked")
	// ErrCRL: a needed revocation list is missing, stale or not signed by the issuer, so revocation
	// is unknown.
	ErrCRL = errors.New("pki: revocation status unknown")
)
