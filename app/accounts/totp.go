package accounts

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

// Time-based one-time passwords (RFC 6238 over RFC 4226) with the parameters of every authenticator
// app.
const (
	totpStep   = 30 * time.Second
	totpSkew   = 1  // steps before and after: RFC 6238 section 5.2
	totpBytes  = 20 // RFC 4226 section 4 R6
	totpDigits = 6
)

// hotp is RFC 4226 section 5.3.
func hotp(secret []byte, counter int64) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, counter) // a hash takes every write
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	code := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, code%1_000_000)
}

// totpStepOf finds the step a code belongs to, later than the last one used; false when there is
// none.
func totpStepOf(secret []byte, code string, at time.Time, last int64) (int64, bool) {
	now := at.Unix() / int64(totpStep/time.Second)
	for step := now - totpSkew; step <= now+totpSkew; step++ {
		if step > last && hmac.Equal([]byte(hotp(secret, step)), []byte(code)) {
			return step, true
		}
	}
	return 0, false
}

func newTOTPSecret() []byte {
	b := make([]byte, totpBytes)
	_, _ = rand.Read(b)
	return b
}

// totpURI is what an authenticator app scans (the Key Uri Format).
func totpURI(secret []byte, login string) string {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	const issuer = "Smart Hospital"
	q := url.Values{"secret": {text}, "issuer": {issuer}, "digits": {"6"}, "period": {"30"}, "algorithm": {"SHA1"}}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + login, RawQuery: q.Encode()}
	return u.String()
}
