package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// readyCmd is a health check for whoever starts containers: the image holds no other program that
// could ask.
type readyCmd struct {
	URL string        `help:"Base URL of a hospital or of a node's explorer." default:"http://127.0.0.1:8080"`
	For time.Duration `help:"Longest wait for the answer." default:"4s"`
}

var errNotReady = errors.New("not ready")

// maxReadyAnswer bounds what is read of an answer, bytes.
const maxReadyAnswer = 4 << 10

// Run fails unless the answer is 200, and says what it was.
func (c readyCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.For)
	defer cancel()
	status, text, err := fetch(ctx, http.MethodGet, strings.TrimRight(c.URL, "/")+"/readyz", nil, maxReadyAnswer)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%w: %s", errNotReady, strings.TrimSpace(string(text)))
	}
	fmt.Println(strings.TrimSpace(string(text)))
	return nil
}
