package gm

import (
	"crypto/rand"
	"fmt"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"
)

// Limits of SM2 encryption, in bytes. It is meant for keys and short secrets.
const (
	MaxEncryptSize    = 64 << 10
	maxCiphertextSize = MaxEncryptSize + 256 // C1, C3 and ASN.1 headers
	asn1Sequence      = 0x30
)

// Encrypt encrypts 1…65536 bytes to this key (GB/T 32918.4) as ASN.1 C1C3C2 (GB/T 35276). ErrCrypt
// for another length: tjfoc would never return for an empty one.
func (p *PublicKey) Encrypt(plaintext []byte) (ciphertext []byte, err error) {
	defer Caught(&err, ErrCrypt)
	if len(plaintext) == 0 || len(plaintext) > MaxEncryptSize {
		return nil, fmt.Errorf("%w: plaintext must be 1…%d bytes", ErrCrypt, MaxEncryptSize)
	}
	if ciphertext, err = tsm2.EncryptAsn1(p.tj, plaintext, rand.Reader); err != nil {
		return nil, ErrCrypt
	}
	return ciphertext, nil
}

// Decrypt reverses Encrypt. Only emmansun decrypts: it checks that C1 is on the curve, and tjfoc's
// missing check gives the private key away. One error, ErrCrypt, whatever the reason.
func (k *PrivateKey) Decrypt(ciphertext []byte) (plaintext []byte, err error) {
	defer Caught(&err, ErrCrypt)
	if len(ciphertext) == 0 || len(ciphertext) > maxCiphertextSize || ciphertext[0] != asn1Sequence {
		return nil, ErrCrypt
	}
	if plaintext, err = esm2.Decrypt(k.emm, ciphertext); err != nil {
		return nil, ErrCrypt
	}
	return plaintext, nil
}
