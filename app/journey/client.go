// Package journey plays the ward over plain HTTP: patients, doctors, pharmacists and pharmacies with SM2 keys of
// their own, who trust nothing the server says about bytes they sign. It knows the server only by its API.
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
	requestTimeout = 30 * time.Second
	maxAnswer      = 8 << 20 // bytes
	maxTries       = 6       // of one command whose answer was lost
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
	base  string
	http  *http.Client
	token string
}

func newClient(base string, transport http.RoundTripper) *client {
	return &client{base: strings.TrimRight(base, "/"), http: &http.Client{Timeout: requestTimeout, Transport: transport}}
}

func (c *client) get(ctx context.Context, path string, out any) error {
	return c.repeat(ctx, http.MethodGet, path, "", nil, out)
}

// command sends a command under a key of its own; a lost answer is asked for again with the same key.
func (c *client) command(ctx context.Context, method, path string, in, out any) error {
	return c.repeat(ctx, method, path, rand.Text(), in, out)
}

func (c *client) repeat(ctx context.Context, method, path, key string, in, out any) error {
	var err error
	for try := range maxTries {
		if err = c.once(ctx, method, path, key, in, out); err == nil || ctx.Err() != nil {
			return err
		}
		if r, ok := errors.AsType[*Refused](err); ok && r.Status != http.StatusServiceUnavailable && r.Status != http.StatusTooManyRequests {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(100<<try) * time.Millisecond):
		}
	}
	return err
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
