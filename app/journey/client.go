// Package journey plays the ward over plain HTTP: patients, doctors, pharmacists and pharmacies
// with SM2 keys of their own, who trust nothing the server says about bytes they sign. It knows the
// server only by its API.
package journey

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app/problem"
)

const (
	requestTimeout  = 30 * time.Second
	maxAnswer       = 8 << 20          // bytes
	defaultPatience = 10 * time.Second // with a server that does not answer
	firstPause      = 50 * time.Millisecond
	maxPause        = 2 * time.Second
)

// Refused is a problem the server answered with.
type Refused struct {
	Status int
	Code   string
	Detail string
	Fields []problem.Field
}

func (r *Refused) Error() string {
	return fmt.Sprintf("%d %s: %s %v", r.Status, r.Code, r.Detail, r.Fields)
}

// codeOf returns the problem code of an error, "" for another error.
func codeOf(err error) string {
	if r, ok := errors.AsType[*Refused](err); ok {
		return r.Code
	}
	return ""
}

// client is one person's connection.
type client struct {
	base     string
	http     *http.Client
	patience time.Duration
	token    string
	login    func(context.Context) error // opens a new session when the old one was lost; nil: nobody is logged in
}

func newClient(o Options, transport http.RoundTripper) *client {
	patience := o.Patience
	if patience == 0 {
		patience = defaultPatience
	}
	return &client{base: strings.TrimRight(o.URL, "/"),
		http: &http.Client{Timeout: requestTimeout, Transport: transport}, patience: patience}
}

// stranger is a connection to the same server without a session.
func (c *client) stranger() *client {
	return &client{base: c.base, http: c.http, patience: c.patience}
}

func (c *client) get(ctx context.Context, path string, out any) error {
	return c.repeat(ctx, http.MethodGet, path, "", nil, out)
}

// command sends a command under a key of its own; a lost answer is asked for again with the same
// key.
func (c *client) command(ctx context.Context, method, path string, in, out any) error {
	return c.repeat(ctx, method, path, rand.Text(), in, out)
}

func (c *client) repeat(ctx context.Context, method, path, key string, in, out any) error {
	return c.persist(ctx, func() error { return c.once(ctx, method, path, key, in, out) })
}

// persist tries again, as long as patience lasts, what failed because the server was away, busy or
// had lost the session.
func (c *client) persist(ctx context.Context, try func() error) error {
	deadline, pause := time.Now().Add(c.patience), firstPause
	for {
		err := try()
		if err != nil && codeOf(err) == "unauthenticated" && c.login != nil {
			if err = c.login(ctx); err == nil {
				err = try()
			}
		}
		if err == nil || ctx.Err() != nil || !passing(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, maxPause)
	}
}

// passing tells whether an error may be gone the next time: no answer, or one that says so.
func passing(err error) bool {
	r, refused := errors.AsType[*Refused](err)
	if refused {
		return r.Status == http.StatusServiceUnavailable || r.Status == http.StatusTooManyRequests ||
			r.Code == "unauthenticated"
	}
	return !errors.Is(err, ErrSurprise)
}

func (c *client) once(ctx context.Context, method, path, key string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusBadRequest {
		var p problem.Problem
		if json.Unmarshal(b, &p) != nil || p.Code == "" {
			return fmt.Errorf("%s %s: %d without a problem body", method, path, res.StatusCode)
		}
		return &Refused{Status: p.Status, Code: p.Code, Detail: p.Detail, Fields: p.Errors}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(b, out)
}
