package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment/books"
	"github.com/smart-hospital/hospital/prescription"
)

// The files *_badluck_test.go hold bad input and bad luck against the whole application over HTTP:
// real database, real chain, real sandbox insurer. Whatever a test does to its hospital, closing it
// drains the outbox and audits: chain, database and books must agree.

// drainTime bounds how long a stopping test waits for outbox and insurer; a settlement's lease
// alone is half a minute, and CI machines are slow.
const drainTime = 3 * time.Minute

// hospital is a demo that serves, with a log to read.
type hospital struct {
	*App
	t     *testing.T
	cfg   config.Config
	log   *logBuffer
	ward  *journey.Ward // nil until enter
	stop  context.CancelFunc
	ended chan error
}

// openHospital starts a demo; each before may change the app while nothing runs yet. Where there is
// no folder yet and no other database, it opens a copy of a demo that has started once: a first
// start is the longest part of most tests.
func openHospital(t *testing.T, cfg config.Config, before ...func(*App)) *hospital {
	t.Helper()
	if _, err := os.Stat(cfg.Data); errors.Is(err, fs.ErrNotExist) && cfg.DatabaseURL == "" && cfg.Demo {
		if err := os.CopyFS(cfg.Data, os.DirFS(firstStarted(t))); err != nil {
			t.Fatal(err)
		}
	}
	h := &hospital{t: t, cfg: cfg, log: &logBuffer{}, ended: make(chan error, 1)}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	h.stop = stop
	var err error
	if h.App, err = New(ctx, cfg, NewLogger(cfg, h.log), "test"); err != nil {
		stop()
		t.Fatal(err)
	}
	for _, change := range before {
		change(h.App)
	}
	go func() {
		h.ended <- h.Serve(ctx)
		close(h.ended)
	}()
	t.Cleanup(func() {
		stop()
		for range h.ended { // its folder is removed next
		}
	})
	return h
}

// firstStarted is the folder of a demo after its first start, made by the first test that asks.
func firstStarted(t *testing.T) string {
	t.Helper()
	firstStart.Do(func() {
		folder := filepath.Join(scratch, "founded")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		a, err := New(ctx, demoIn(folder), quiet(), "test")
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- a.Serve(ctx) }()
		for waiting(t, a.DB) > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		firstFolder = folder
	})
	if firstFolder == "" {
		t.Fatal("the first start failed in another test")
	}
	return firstFolder
}

var (
	firstStart  sync.Once
	firstFolder string // see firstStarted
)

// in is the same hospital for a subtest, which must fail in its own name.
func (h *hospital) in(t *testing.T) *hospital {
	sub := *h
	sub.t = t
	return &sub
}

// enter logs a ward in: two of each role at least.
func (h *hospital) enter(people int) *journey.Ward {
	h.t.Helper()
	w, err := journey.Enter(h.t.Context(), journey.Options{URL: h.URL(), Count: people})
	h.must(err)
	h.ward = w
	return w
}

func (h *hospital) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("%v\nend of the log:\n%s", err, h.log.tail(15))
	}
}

// pairs is how many visits two patients and two doctors can have at the same time.
const pairs = 4

// lead takes visits to a status, a few at a time, and returns them.
func (h *hospital) lead(visits int, to prescription.Status) []*journey.Visit {
	h.t.Helper()
	list := make([]*journey.Visit, visits)
	for n := range list {
		list[n] = h.ward.Visit(n)
	}
	for some := range slices.Chunk(list, pairs) {
		work, ctx := errgroup.WithContext(h.t.Context())
		for _, v := range some {
			work.Go(func() error { return v.Lead(ctx, to) })
		}
		h.must(work.Wait())
	}
	return list
}

// settled waits until neither the chain nor the insurer owes an answer.
func (h *hospital) settled() {
	h.t.Helper()
	h.until("outbox and insurer", drainTime, func() bool { return waiting(h.t, h.DB) == 0 })
}

func (h *hospital) until(what string, limit time.Duration, is func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(limit); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("waited %s for %s\nend of the log:\n%s", limit, what, h.log.tail(15))
		}
	}
}

// close drains, stops in order and audits.
func (h *hospital) close() {
	h.t.Helper()
	h.settled()
	h.halt()
	report, err := Audit(h.t.Context(), h.cfg, quiet())
	h.must(err)
	if !report.Clean() {
		h.t.Errorf("audit: %+v", report.Faults)
	}
}

// halt stops in order, whatever waits.
func (h *hospital) halt() {
	h.t.Helper()
	h.stop()
	h.must(<-h.ended)
}

// tail is the end of the log without the requests that went well.
func (l *logBuffer) tail(lines int) string {
	var all []string
	for line := range strings.Lines(l.String()) {
		if !strings.Contains(line, "level=INFO msg=http") {
			all = append(all, line)
		}
	}
	return strings.Join(all[max(0, len(all)-lines):], "")
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// answer is what came back for one raw request.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) problem() (p problem.Problem) {
	_ = json.Unmarshal([]byte(a.body), &p) // no problem has no code
	return p
}

// raw sends bytes as they are; a header "-" is taken away.
func (h *hospital) raw(method, path, token string, body io.Reader, headers ...string) answer {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.URL()+path, body)
	h.must(err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", rand.Text())
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "-" {
			req.Header.Del(headers[i])
		}
	}
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	h.must(err)
	return answer{res.StatusCode, res.Header, string(b)}
}

// metric reads a number off /metrics.
func (h *hospital) metric(name string) string {
	h.t.Helper()
	for line := range strings.Lines(h.raw(http.MethodGet, "/metrics", "", nil).body) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// tokens logs one account of every role in, without keys.
func (h *hospital) tokens() map[accounts.Role]string {
	h.t.Helper()
	tokens := map[accounts.Role]string{accounts.Patient: h.ward.Patient(0).Token()}
	for _, s := range h.demo.Staff {
		if tokens[s.Role] == "" {
			session, err := h.accounts.Login(h.t.Context(),
				accounts.Credentials{Name: s.Login, Password: s.Password, Address: "test"})
			h.must(err)
			tokens[s.Role] = session.Token
		}
	}
	return tokens
}

// codeOf is the problem code of a refused request: "" for success, the error's text for anything
// that is no problem.
func codeOf(err error) string {
	var refused *journey.Refused
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.Code
	}
	return fmt.Sprintf("no answer: %v", err)
}

// booksAgree compares both sides' books of today.
func (h *hospital) booksAgree() books.Report {
	h.t.Helper()
	report, err := books.DayReport(h.t.Context(), h.payments, time.Now().In(china.Zone).Format(time.DateOnly))
	h.must(err)
	if !report.Balanced() {
		h.t.Errorf("books differ: %+v", report.Differences)
	}
	return report
}
