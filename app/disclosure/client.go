package disclosure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
)

// maxAnswer bounds an answer: a document and its salt in base64.
const maxAnswer = 1 << 20

// Errors of asking.
var (
	// ErrPlain: the hospital's address is plain HTTP to another machine; a document must not travel
	// so.
	ErrPlain = errors.New("disclosure: needs https:// unless the hospital runs on this machine")
	// ErrFalse: what the hospital gave is not what the record commits to.
	ErrFalse = errors.New("disclosure: the document is not the record's")
)

// Seals has the regulator's seal as it is now; consortium.Organisations does.
type Seals interface {
	Seal(org string) (intent.Seal, error)
}

// Client asks hospitals as one regulator.
type Client struct {
	Chain     string
	Regulator string // member id
	Seals     Seals
	HTTP      *http.Client
	Now       func() time.Time
}

// Ask gets the document of a record from the hospital that wrote it and holds it against the
// record's digest: ErrPlain, ErrFalse; any other error may pass.
func (c *Client) Ask(ctx context.Context, base string, st chain.Statement) (Answer, error) {
	if err := private(base); err != nil {
		return Answer{}, err
	}
	seal, err := c.Seals.Seal(c.Regulator)
	if err != nil {
		return Answer{}, err
	}
	r, err := New(ctx, c.Chain, st.Org, st.ID(), seal, c.Now())
	if err != nil {
		return Answer{}, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return Answer{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(base, "/")+Path,
		bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Answer{}, fmt.Errorf("disclosure: answer %d", resp.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	if err := json.Unmarshal(text, &a); err != nil {
		return Answer{}, fmt.Errorf("disclosure: answer: %w", err)
	}
	if err := st.VerifyDocument(a.Salt, a.Document); err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrFalse, err)
	}
	return a, nil
}

// private: the answer is somebody's prescription.
func private(base string) error {
	u, err := url.Parse(base)
	if err != nil {
		return ErrPlain
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "https" || u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return ErrPlain
}
