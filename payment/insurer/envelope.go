package insurer

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// Values of the envelope's fixed fields, and limits.
const (
	Version  = "2.0.1"
	encSM4   = "SM4"
	signSM2  = "SM2"
	keyChars = 16

	// Window is how far a message's timestamp may be from the receiver's clock, either way.
	Window = 5 * time.Minute
	// MaxMessage bounds an envelope in bytes.
	MaxMessage = 1 << 20
)

// Errors of an envelope. ErrFormat is another.
var (
	ErrPartner   = errors.New("insurer: unusable partner credentials")
	ErrSignature = errors.New("insurer: message is not signed by the other side")
	ErrTimestamp = errors.New("insurer: message is too old or from the future")
)

// Partner is one side's credentials with the other.
type Partner struct {
	AppID  string          // at least 16 characters; names the hospital to the insurer
	Secret string          // shared; never logged, never sent
	Signer keystore.Signer // our SM2 key
	Peer   *gm.PublicKey   // theirs
}

// Check returns ErrPartner when something is missing.
func (p Partner) Check() error {
	if len(p.AppID) < keyChars || p.Secret == "" || p.Signer == nil || p.Peer == nil {
		return fmt.Errorf("%w: appId of at least %d characters, secret and both keys", ErrPartner, keyChars)
	}
	return nil
}

// Envelope is a message on the wire.
type Envelope struct {
	AppID     string `json:"appId"`
	EncType   string `json:"encType"`
	SignType  string `json:"signType"`
	Timestamp int64  `json:"timestamp"`
	TransType Op     `json:"transType"`
	Version   string `json:"version"`
	EncData   string `json:"encData"`
	SignData  string `json:"signData"`
}

func (e Envelope) fields() map[string]string {
	return map[string]string{
		"appId": e.AppID, "encType": e.EncType, "signType": e.SignType, "timestamp": strconv.FormatInt(e.Timestamp, 10),
		"transType": string(e.TransType), "version": e.Version,
	}
}

// Seal signs and encrypts an inner message; msg must marshal to a JSON object. The error is the
// signer's, ErrFormat or ErrPartner.
func (p Partner) Seal(ctx context.Context, op Op, msg any, at time.Time) ([]byte, error) {
	data, err := json.Marshal(msg)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	e := Envelope{AppID: p.AppID, EncType: encSM4, SignType: signSM2, Timestamp: at.UnixMilli(), TransType: op,
		Version: Version}
	text, err := SignText(e.fields(), data, p.Secret)
	if err != nil {
		return nil, err
	}
	der, err := p.Signer.Sign(ctx, []byte(text))
	if err != nil {
		return nil, fmt.Errorf("insurer: sign: %w", err)
	}
	raw, err := gm.DERToRaw(der)
	if err != nil {
		return nil, fmt.Errorf("insurer: sign: %w", err)
	}
	e.SignData = base64.StdEncoding.EncodeToString(raw)
	if e.EncData, err = p.encrypt(data); err != nil {
		return nil, err
	}
	return json.Marshal(e)
}

// Open checks an envelope's shape, time and signature, in this order, and only then decodes the
// inner message into msg. Fields that this version does not know are ignored, inside and outside;
// those inside are under the signature all the same, and those outside may be. Replays within
// Window are the caller's to refuse, by msgid. Errors: ErrFormat, ErrTimestamp, ErrSignature.
func (p Partner) Open(raw []byte, msg any, now time.Time) (Envelope, error) {
	e, _, err := p.open(raw, msg, now)
	return e, err
}

// open returns the inner message too, once its signature holds.
func (p Partner) open(raw []byte, msg any, now time.Time) (e Envelope, data []byte, err error) {
	if len(raw) > MaxMessage {
		return e, nil, fmt.Errorf("%w: over %d bytes", ErrFormat, MaxMessage)
	}
	var outer map[string]json.RawMessage
	if err := errors.Join(unmarshal(raw, &outer), unmarshal(raw, &e)); err != nil {
		return e, nil, err
	}
	if e.AppID != p.AppID || e.EncType != encSM4 || e.SignType != signSM2 {
		return e, nil, fmt.Errorf("%w: appId, encType or signType", ErrFormat)
	}
	if d := now.Sub(time.UnixMilli(e.Timestamp)); d > Window || d < -Window {
		return e, nil, ErrTimestamp
	}
	if data, err = p.decrypt(e.EncData); err != nil {
		return e, nil, err
	}
	all := make(map[string]string, len(outer))
	for name, value := range outer {
		all[name] = scalar(value)
	}
	if err := p.verify(e, data, all, e.fields()); err != nil {
		return e, nil, err
	}
	return e, data, unmarshal(data, msg) // data also when this version cannot read it
}

// verify takes a signature over any of the sets of outer fields.
func (p Partner) verify(e Envelope, data []byte, sets ...map[string]string) error {
	sig, err := base64.StdEncoding.Strict().DecodeString(e.SignData)
	if err != nil {
		return ErrSignature
	}
	for _, fields := range sets {
		text, err := SignText(fields, data, p.Secret)
		if err != nil {
			return err
		}
		if p.Peer.VerifyRaw([]byte(text), sig) == nil {
			return nil
		}
	}
	return ErrSignature
}

// key derives the SM4 key of encData.
func (p Partner) key() ([]byte, error) {
	if len(p.AppID) < keyChars {
		return nil, ErrPartner
	}
	c, err := gm.ECBEncrypt([]byte(p.AppID[:keyChars]), []byte(p.Secret))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPartner, err)
	}
	return []byte(strings.ToUpper(hex.EncodeToString(c))[:keyChars]), nil
}

func (p Partner) encrypt(data []byte) (string, error) {
	key, err := p.key()
	if err != nil {
		return "", err
	}
	c, err := gm.ECBEncrypt(key, data)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return strings.ToUpper(hex.EncodeToString(c)), nil
}

func (p Partner) decrypt(encData string) ([]byte, error) {
	key, err := p.key()
	if err != nil {
		return nil, err
	}
	c, err := hex.DecodeString(encData)
	if err != nil {
		return nil, fmt.Errorf("%w: encData", ErrFormat)
	}
	data, err := gm.ECBDecrypt(key, c)
	if err != nil {
		return nil, fmt.Errorf("%w: encData", ErrFormat)
	}
	return data, nil
}
