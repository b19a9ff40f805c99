package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// Limits of asking another member: its explorer is not trusted to be quick, small or polite.
const (
	askTimeout = 5 * time.Second
	maxAnswer  = chain.MaxReceiptBytes
)

// Peer is another member's explorer.
type Peer struct {
	Member string `yaml:"member"` // member id
	URL    string `yaml:"url"`    // base URL, e.g. https://node.example
}

// ErrPeer is a peer's address that cannot be used.
var ErrPeer = errors.New(
	"watch: needs member and url, the url http:// or https:// with a host and no path, query or user")

// Check tests the shape.
func (p Peer) Check() error {
	u, err := url.Parse(p.URL)
	if err != nil || p.Member == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("%w: %s %q", ErrPeer, p.Member, p.URL)
	}
	return nil
}

// NewClient asks other members over HTTP: bounded in time, and never led elsewhere by a redirect.
func NewClient() *http.Client {
	return &http.Client{
		Timeout:       askTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// header asks a peer for the header sealed at a height, 0: the newest. chain.ErrNotFound when it
// has none.
func (p Peer) header(ctx context.Context, c *http.Client, height int64) (*chain.SealedHeader, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet,
		strings.TrimRight(p.URL, "/")+"/v1/chain/headers/"+strconv.FormatInt(height, 10), nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode == http.StatusNotFound:
		return nil, chain.ErrNotFound
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("watch: answer %d", resp.StatusCode)
	}
	return chain.ParseSealedHeader(body)
}
