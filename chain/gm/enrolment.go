package gm

import (
	"bytes"
	"encoding/hex"
	"fmt"
)

// Limits of an enrolment challenge.
const (
	minNonce, maxNonce = 16, 64 // bytes
	maxEnrolmentSize   = 1 << 10
	enrolmentFormat    = `{"nonce":"%s","publicKey":"%s","purpose":"enrol","v":1}`
)

// Enrolment is what a browser or mini-program signs instead of a PKCS #10 request: it has no ASN.1
// encoder at hand.
type Enrolment struct {
	PublicKey *PublicKey
	Nonce     []byte // 16…64 bytes, drawn by the server, used once; the server must compare it with the one it gave
}

// NewEnrolment returns the bytes to be signed by the key itself, canonical JSON (RFC 8785):
//
//	{"nonce":"<hex>","publicKey":"<04‖x‖y hex>","purpose":"enrol","v":1}
//
// ErrFormat for a nonce of another length.
func NewEnrolment(pub *PublicKey, nonce []byte) ([]byte, error) {
	if len(nonce) < minNonce || len(nonce) > maxNonce {
		return nil, fmt.Errorf("%w: nonce must be %d…%d bytes", ErrFormat, minNonce, maxNonce)
	}
	return fmt.Appendf(nil, enrolmentFormat, hex.EncodeToString(nonce), pub.Hex()), nil
}

// ParseEnrolment reads exactly the bytes NewEnrolment writes: ErrFormat for any other spelling,
// ErrKey for a bad key.
func ParseEnrolment(challenge []byte) (*Enrolment, error) {
	if len(challenge) > maxEnrolmentSize {
		return nil, fmt.Errorf("%w: enrolment over %d bytes", ErrFormat, maxEnrolmentSize)
	}
	var fields struct {
		Nonce     string `json:"nonce"`
		PublicKey string `json:"publicKey"`
		Purpose   string `json:"purpose"`
		Version   int    `json:"v"`
	}
	if err := strictJSON(challenge, &fields); err != nil {
		return nil, err
	}
	nonce, nonceErr := hex.DecodeString(fields.Nonce)
	point, pointErr := hex.DecodeString(fields.PublicKey)
	if nonceErr != nil || pointErr != nil {
		return nil, fmt.Errorf("%w: nonce and publicKey must be hexadecimal", ErrFormat)
	}
	pub, err := NewPublicKey(point)
	if err != nil {
		return nil, err
	}
	// Writing it again checks version, purpose, order, case and spacing at once.
	again, err := NewEnrolment(pub, nonce)
	if err != nil || !bytes.Equal(again, challenge) {
		return nil, fmt.Errorf("%w: enrolment is not in canonical form", ErrFormat)
	}
	return &Enrolment{PublicKey: pub, Nonce: nonce}, nil
}

// VerifyPossession checks that the holder of pub signed this enrolment challenge, which must name
// pub itself, so that a signature made for anything else cannot be passed off as one. ErrFormat,
// ErrKey, ErrSig or ErrSplit. The caller compares the nonce ([ParseEnrolment]) with the one it
// handed out and takes it once.
func VerifyPossession(pub *PublicKey, challenge, sig []byte) error {
	enrolment, err := ParseEnrolment(challenge)
	if err != nil {
		return err
	}
	if !enrolment.PublicKey.Equal(pub) {
		return fmt.Errorf("%w: enrolment names another key", ErrKey)
	}
	return pub.VerifyBoth(challenge, sig)
}
