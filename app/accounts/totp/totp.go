// Package totp is the codes of authenticator apps: time-based one-time passwords (RFC 6238 over RFC
// 4226) with the parameters of every such app.
package totp

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // RFC 6238's default, and the only one every authenticator app knows
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

const (
	period      = 30 * time.Second
	skew        = 1  // steps before and after: RFC 6238 section 5.2
	secretBytes = 20 // RFC 4226 section 4 R6
	digits      = 6
)

// hotp is RFC 4226 section 5.3.
func hotp(secret []byte, counter int64) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, counter) // a hash takes every write
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	code := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", digits, code%1_000_000)
}

// StepOf finds the step a code belongs to, later than the last one used; false when there is
// none.
func StepOf(secret []byte, code string, at time.Time, last int64) (int64, bool) {
	now := at.Unix() / int64(period/time.Second)
	for step := now - skew; step <= now+skew; step++ {
		if step > last && hmac.Equal([]byte(hotp(secret, step)), []byte(code)) {
			return step, true
		}
	}
	return 0, false
}

// NewSecret draws the secret of an authenticator app.
func NewSecret() []byte {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b)
	return b
}

// URI is what an authenticator app scans (the Key Uri Format).
func URI(secret []byte, login string) string {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	const issuer = "Smart Hospital"
	q := url.Values{"secret": {text}, "issuer": {issuer}, "digits": {"6"}, "period": {"30"}, "algorithm": {"SHA1"}}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + login, RawQuery: q.Encode()}
	return u.String()
}
