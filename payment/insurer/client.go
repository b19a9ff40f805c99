package insurer

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// CallTime bounds one call, connection and answer included. A settlement takes two calls.
const CallTime = 8 * time.Second

// Client is a bureau.Insurer over HTTP. Safe for concurrent use.
type Client struct {
	base    string
	partner Partner
	http    *http.Client
	now     func() time.Time
	timeout time.Duration
}

var _ bureau.Insurer = (*Client)(nil)

// NewClient returns a client of the insurer at base ("https://host/prefix"). timeout bounds one
// call; zero is CallTime. ErrPartner.
func NewClient(base string, partner Partner, now func() time.Time, timeout time.Duration) (*Client, error) {
	if err := partner.Check(); err != nil {
		return nil, err
	}
	if timeout == 0 {
		timeout = CallTime
	}
	return &Client{base: strings.TrimSuffix(base, "/"), partner: partner, now: now, timeout: timeout,
		http: &http.Client{
			// A redirect is not signed by anybody.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}}, nil
}

// call sends one signed message and returns the checked answer's output. Everything that is not a
// signed answer to this very message is an unknown outcome.
func call[In, Out any](ctx context.Context, c *Client, op Op, in In) (_ *Out, err error) {
	var sealed, raw, inner []byte
	defer func() { bureau.NoteExchange(ctx, exchange(c.now(), op, in, sealed, raw, inner, err)) }()
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return nil, unknown(op, err)
	}
	req := Request[In]{Infno: op, Msgid: hex.EncodeToString(id), Input: in}
	if sealed, err = c.partner.Seal(ctx, op, req, c.now()); err != nil { // nothing was sent
		return nil, unknown(op, err)
	}
	if raw, err = c.post(ctx, op, sealed); err != nil {
		return nil, unknown(op, err)
	}
	var ans Answer[Out]
	e, opened, err := c.partner.open(raw, &ans, c.now())
	inner = opened
	switch {
	case errors.Is(err, ErrSignature):
		return nil, forged(op, err)
	case err != nil:
		return nil, unknown(op, err)
	case e.TransType != op || ans.Infno != op || ans.RefMsgid != req.Msgid:
		return nil, forged(op, fmt.Errorf("%w: answer to another message", ErrFormat))
	}
	switch {
	case ans.Infcode == CodeUnknownOrder:
		return nil, fmt.Errorf("%w: %s", bureau.ErrUnknownOrder, op)
	case ans.Infcode == CodeAgain:
		return nil, unknown(op, errors.New("the insurer asks to try again"))
	case ans.Infcode != CodeOK:
		return nil, fmt.Errorf("%w: %s: code %d", bureau.ErrRefused, op, ans.Infcode) // its text may name a person
	case ans.Output == nil:
		return nil, unknown(op, fmt.Errorf("%w: no output", ErrFormat))
	}
	return ans.Output, nil
}

// unkept are the fields of a request that no evidence needs: they name drugs and open cards.
var unkept = []string{"feedetailList", "ecToken", "payToken"}

// exchange is what went over the wire, as it is kept. inner is the answer's inner message, nil
// while nobody knows whose it is.
func exchange(at time.Time, op Op, in any, sealed, raw, inner []byte, fault error) bureau.Exchange {
	e := bureau.Exchange{At: at.UTC(), Op: string(op), SentDigest: digest(sealed), CameDigest: digest(raw)}
	var asked map[string]any
	plain, _ := json.Marshal(in) // what cannot be written was not sent
	if json.Unmarshal(plain, &asked) == nil {
		for _, name := range unkept {
			delete(asked, name)
		}
		sent, _ := json.Marshal(asked) // it came from JSON
		e.Sent = text(sent)
	}
	if e.Came = text(raw); inner != nil {
		e.Came = text(inner)
	}
	if fault != nil {
		e.Fault = fault.Error()
	}
	return e
}

// text is the beginning of what came, as far as it is text.
func text(b []byte) string {
	return strings.ToValidUTF8(string(b[:min(len(b), bureau.MaxExchangeText)]), "�")
}

func digest(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	sum := gm.Sum(b)
	return hex.EncodeToString(sum[:])
}

func unknown(op Op, err error) error {
	return fmt.Errorf("%w: %s: %w", bureau.ErrUnknownOutcome, op, err)
}

func forged(op Op, err error) error {
	return fmt.Errorf("%w: %w: %s: %w", bureau.ErrUnknownOutcome, bureau.ErrForged, op, err)
}

func (c *Client) post(ctx context.Context, op Op, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+op.Path(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, MaxMessage+1))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP status %d", resp.StatusCode)
	}
	return raw, nil
}
