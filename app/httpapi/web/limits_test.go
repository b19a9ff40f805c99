package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

func series() (n int) {
	all := make(chan prometheus.Metric)
	go func() { requests.Collect(all); close(all) }()
	for range all {
		n++
	}
	return n
}

// A made-up method was a label of its own: memory, /metrics and the log grew with every one,
// without a log-in.
func TestStrangersMakeNoLabels(t *testing.T) {
	var log bytes.Buffer
	a := New(slog.New(slog.NewTextHandler(&log, nil)), fixedSessions{}, "test")
	a.Echo.GET("/v1/thing/:id", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	send := func(method, path string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Method = method
		a.Echo.ServeHTTP(httptest.NewRecorder(), r)
	}
	// what is asked rightly makes its labels
	for _, method := range []string{http.MethodGet, "BREW", http.MethodDelete} {
		send(method, "/v1/thing/1")
		send(method, "/v1/nothing")
	}
	before := series()
	for i := range 500 {
		send(fmt.Sprintf("made-up-%d-%s", i, strings.Repeat("x", 100)), fmt.Sprintf("/v1/thing/%d", i))
		send(http.MethodGet, fmt.Sprintf("/v1/nothing/%d", i))
		send(http.MethodGet, fmt.Sprintf("/v1/thing/%d", i))
		send("PROPFIND", fmt.Sprintf("/%d", i))
	}
	if after := series(); after != before {
		t.Errorf("%d series, before there were %d", after, before)
	}
	if text := log.String(); strings.Contains(text, "made-up") || strings.Contains(text, "nothing/7") {
		t.Error("the log holds what a stranger made up")
	}
}

// A client that breaks off, sends too slowly or sends no whole body is its own fault: no 500, no
// address in the log.
func TestClientFaults(t *testing.T) {
	var log bytes.Buffer
	a := New(slog.New(slog.NewTextHandler(&log, nil)), fixedSessions{"t1": {ID: "a1", Role: accounts.Doctor}}, "test")
	Handle(a, Op{ID: "wait", Method: http.MethodPost, Path: "/v1/wait", Tag: Tag{Name: "test"}},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, fmt.Errorf("store: %w", ctx.Err())
		})
	address := &net.TCPAddr{IP: net.IPv4(203, 0, 113, 9), Port: 4711}
	for _, c := range []struct {
		name   string
		fault  error
		status int
	}{
		{"reset", &net.OpError{Op: "read", Net: "tcp", Addr: address, Err: errors.New("connection reset by peer")},
			http.StatusBadRequest},
		{"too slow", &net.OpError{Op: "read", Net: "tcp", Addr: address, Err: timeout{}}, http.StatusRequestTimeout},
		{"cut off", io.ErrUnexpectedEOF, http.StatusBadRequest},
		{"broken chunks", errors.New("http: invalid byte in chunk length from 203.0.113.9"), http.StatusBadRequest},
	} {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/v1/wait", io.MultiReader(strings.NewReader("{"), failing{c.fault}))
		a.Echo.ServeHTTP(rec, r)
		if rec.Code != c.status {
			t.Errorf("%s: %d %s", c.name, rec.Code, rec.Body)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	rec := httptest.NewRecorder()
	a.Echo.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/v1/wait", nil).WithContext(gone))
	if rec.Code != http.StatusRequestTimeout {
		t.Errorf("gone: %d", rec.Code)
	}
	if text := log.String(); strings.Contains(text, "203.0.113.9") || strings.Contains(text, "level=ERROR") {
		t.Errorf("logged: %s", text)
	}
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Requests at work and bytes of bodies are bounded, those of one network first: others are still
// served.
func TestSeats(t *testing.T) {
	a := New(slog.New(slog.DiscardHandler), fixedSessions{}, "test")
	a.requests, a.bodies = limit.NewSeats(3, 2), limit.NewSeats(1000, 600)
	begun, end := make(chan struct{}), make(chan struct{})
	a.Echo.POST("/v1/slow", func(c echo.Context) error { begun <- struct{}{}; <-end; return nil })
	a.Echo.POST("/v1/quick", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	send := func(from, path string, body int) int {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(strings.Repeat("x", body)))
		r.RemoteAddr = net.JoinHostPort(from, "1")
		rec := httptest.NewRecorder()
		a.Echo.ServeHTTP(rec, r)
		if rec.Code == http.StatusServiceUnavailable && rec.Header().Get("Retry-After") == "" {
			t.Error("503 without Retry-After")
		}
		return rec.Code
	}
	for _, from := range []string{"2001:db8::1", "2001:db8::2"} {
		go send(from, "/v1/slow", 250)
		<-begun
	}
	if got := send("2001:db8::3", "/v1/quick", 1); got != http.StatusServiceUnavailable {
		t.Errorf("a third request of one network: %d", got)
	}
	if got := send("192.0.2.1", "/v1/quick", 400); got != http.StatusNoContent {
		t.Errorf("another network: %d", got)
	}
	if got := send("192.0.2.1", "/v1/quick", 501); got != http.StatusServiceUnavailable {
		t.Errorf("more bytes than there is room for: %d", got)
	}
	close(end)
	for try := 0; a.requests.Taken()+a.bodies.Taken() > 0; try++ {
		if try > 10000 {
			t.Fatal("seats are not given back")
		}
		time.Sleep(time.Millisecond)
	}
}

// What strangers have checked is bounded by its size, not by the number of requests.
func TestVerificationIsBoundedByWork(t *testing.T) {
	a := New(slog.New(slog.DiscardHandler), fixedSessions{}, "test")
	a.costs = limit.NewRates(0, 10)
	from, free := ClientAddress{"192.0.2.1"}, func() error { return nil }
	if err := a.Verification(t.Context(), from, 8<<10, free); err != nil {
		t.Fatal(err)
	}
	var p *problem.Problem
	if err := a.Verification(t.Context(), from, 8<<10, free); !errors.As(err, &p) || p.Code != "rate-limited" {
		t.Errorf("beyond its share: %v", err)
	}
	if err := a.Verification(t.Context(), ClientAddress{"192.0.2.2"}, 1<<10, free); err != nil {
		t.Errorf("another network: %v", err)
	}
	a.verifies = limit.NewWork(1, 0)
	begun, end := make(chan struct{}), make(chan struct{})
	go func() {
		_ = a.Verification(t.Context(), ClientAddress{"192.0.2.3"}, 1, func() error { close(begun); <-end; return nil })
	}()
	<-begun
	if err := a.Verification(t.Context(), ClientAddress{"192.0.2.4"}, 1, free); !errors.As(err, &p) ||
		p.Code != "unavailable" {
		t.Errorf("while as much is checked as may be: %v", err)
	}
	close(end)
}
