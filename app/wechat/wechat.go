// Package wechat asks WeChat who logged in: it exchanges a mini-program's log-in code for an openid
// (jscode2session). It promises that the session_key is dropped on arrival and that neither the
// app's secret nor a code ever stands in an error.
package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of the exchange.
const (
	Timeout   = 5 * time.Second
	MaxAnswer = 16 << 10 // bytes
	MaxCode   = 128      // characters of a code; WeChat's have 32
	maxOpenID = 128      // characters of an openid; WeChat's have 28
)

// Errors of the exchange, after WeChat's error codes.
var (
	// ErrCode: the code is wrong or older than five minutes (40029).
	ErrCode = errors.New("wechat: log-in code is not valid")
	// ErrCodeUsed: the code was exchanged before (40163).
	ErrCodeUsed = errors.New("wechat: log-in code was used")
	// ErrRate: this user logs in too often (45011).
	ErrRate = errors.New("wechat: too many log-ins of this user")
	// ErrUnavailable: WeChat is busy (-1), does not answer in time or answers nonsense. Ask for a
	// new code and try again.
	ErrUnavailable = errors.New("wechat: not available")
	// ErrBlocked: WeChat blocks this user as a high risk (40226).
	ErrBlocked = errors.New("wechat: user is blocked")
	// ErrRefused: WeChat refuses the app itself (wrong appid or secret); an operator must look.
	ErrRefused = errors.New("wechat: refused")
)

// WeChat's error codes.
const (
	CodeBusy        = -1
	CodeOK          = 0
	CodeBadAppID    = 40013
	CodeBadCode     = 40029
	CodeBadSecret   = 40125
	CodeUsed        = 40163
	CodeBlocked     = 40226
	CodeTooFrequent = 45011
)

// DefaultBase is WeChat's own address.
const DefaultBase = "https://api.weixin.qq.com"

// Client exchanges codes. It is safe for concurrent use.
type Client struct {
	base, appID, secret string
	http                *http.Client
}

// New makes a client for one mini-program. base is DefaultBase or the address of a sandbox;
// transport nil is the default one.
func New(base, appID, secret string, transport http.RoundTripper) *Client {
	return &Client{base: strings.TrimRight(base, "/"), appID: appID, secret: secret, http: &http.Client{
		Timeout: Timeout, Transport: transport,
		// A redirect would carry the secret to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Exchange returns the openid behind a code. The code is used up by it, whatever the answer.
// Errors: ErrCode, ErrCodeUsed, ErrRate, ErrUnavailable, ErrBlocked, ErrRefused.
func (c *Client) Exchange(ctx context.Context, code string) (openID string, err error) {
	if code == "" || len(code) > MaxCode {
		return "", fmt.Errorf("%w: 1 to %d characters", ErrCode, MaxCode)
	}
	q := url.Values{"appid": {c.appID}, "secret": {c.secret}, "js_code": {code}, "grant_type": {"authorization_code"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/sns/jscode2session?"+q.Encode(), nil)
	if err != nil {
		return "", fmt.Errorf("%w: bad base URL", ErrUnavailable) // the error's text holds the secret
	}
	res, err := c.http.Do(req)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnavailable, withoutURL(err))
	}
	defer res.Body.Close()
	return readAnswer(res)
}

// withoutURL drops the URL that net/http puts before the cause: it holds secret and code.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

func readAnswer(res *http.Response) (string, error) {
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxAnswer+1))
	if err != nil || len(body) > MaxAnswer || res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%w: status %d", ErrUnavailable, res.StatusCode)
	}
	var a struct { // session_key is not read: nothing here needs it
		OpenID  string `json:"openid"`
		ErrCode int    `json:"errcode"`
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return "", fmt.Errorf("%w: answer is no JSON", ErrUnavailable)
	}
	if err := errorOf(a.ErrCode); err != nil {
		return "", err
	}
	if a.OpenID == "" || len(a.OpenID) > maxOpenID {
		return "", fmt.Errorf("%w: answer without an openid", ErrUnavailable)
	}
	return a.OpenID, nil
}

func errorOf(code int) error {
	switch code {
	case CodeOK:
		return nil
	case CodeBadCode:
		return ErrCode
	case CodeUsed:
		return ErrCodeUsed
	case CodeBlocked:
		return ErrBlocked
	case CodeTooFrequent:
		return ErrRate
	case CodeBusy:
		return fmt.Errorf("%w: busy", ErrUnavailable)
	}
	return fmt.Errorf("%w: errcode %d", ErrRefused, code)
}
