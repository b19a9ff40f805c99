package gm

import (
	"crypto/cipher"
	"crypto/subtle"
	"fmt"

	tsm4 "github.com/tjfoc/gmsm/sm4"
)

// MaxECBSize limits an insurer's message, in bytes.
const MaxECBSize = 16 << 20

// ECBEncrypt encrypts with SM4 in ECB mode with PKCS #7 padding. It exists for one reason: the
// national health insurance platform's (国家医保局) envelope prescribes it. ECB shows equal blocks
// and authenticates nothing, so that protocol adds an SM2 signature and needs TLS. Use Seal for
// everything else. Errors: ErrCrypt (key not 16 bytes, over MaxECBSize).
func ECBEncrypt(key, plaintext []byte) (ciphertext []byte, err error) {
	defer Caught(&err, ErrCrypt)
	block, err := ecbBlock(key)
	if err != nil {
		return nil, err
	}
	if len(plaintext) > MaxECBSize {
		return nil, fmt.Errorf("%w: plaintext over %d bytes", ErrCrypt, MaxECBSize)
	}
	size := block.BlockSize()
	pad := size - len(plaintext)%size
	out := make([]byte, len(plaintext)+pad) // a copy: the caller's buffer is never padded in place
	copy(out, plaintext)
	for i := len(plaintext); i < len(out); i++ {
		out[i] = byte(pad)
	}
	for at := 0; at < len(out); at += size {
		block.Encrypt(out[at:at+size], out[at:at+size])
	}
	return out, nil
}

// ECBDecrypt reverses ECBEncrypt and leaves the ciphertext as it was. Verify the message's
// signature before using anything that comes out. ErrCrypt, without saying why, for a bad length,
// key or padding.
func ECBDecrypt(key, ciphertext []byte) (plaintext []byte, err error) {
	defer Caught(&err, ErrCrypt)
	block, err := ecbBlock(key)
	if err != nil {
		return nil, err
	}
	size := block.BlockSize()
	if len(ciphertext) == 0 || len(ciphertext)%size != 0 || len(ciphertext) > MaxECBSize+size {
		return nil, ErrCrypt
	}
	out := make([]byte, len(ciphertext))
	for at := 0; at < len(out); at += size {
		block.Decrypt(out[at:at+size], ciphertext[at:at+size])
	}
	pad := int(out[len(out)-1])
	if pad == 0 || pad > size {
		return nil, ErrCrypt
	}
	good := 1
	for _, b := range out[len(out)-pad:] {
		good &= subtle.ConstantTimeByteEq(b, byte(pad))
	}
	if good != 1 {
		return nil, ErrCrypt
	}
	return out[:len(out)-pad], nil
}

// ecbBlock makes a new block for each call: tjfoc keeps scratch space in it and must never be
// shared.
func ecbBlock(key []byte) (cipher.Block, error) {
	if len(key) != SM4KeySize {
		return nil, fmt.Errorf("%w: an SM4 key is %d bytes, got %d", ErrCrypt, SM4KeySize, len(key))
	}
	return tsm4.NewCipher(key)
}
