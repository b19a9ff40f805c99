package httpapitest

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/problem"
)

// Scenario is one request and what must come of it.
type Scenario struct {
	Name    string
	Actor   *Actor // nil: without a session
	Method  string
	Path    string
	Body    any               // nil, a string of raw bytes, or anything that marshals to JSON
	Headers map[string]string // added; the value "-" takes a header away

	Status int
	Code   string   // problem code of a refusal; empty on success
	Fields []string // fields the problem must name, each once or more
	Want   []string // texts the body must hold
	Hide   []string // texts that neither body nor log may hold

	Check func(t *testing.T, rec *httptest.ResponseRecorder) // more, when data is not enough
}

// Run plays the scenarios one after the other, each as a subtest.
func (w *Ward) Run(t *testing.T, scenarios ...Scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.Name, func(t *testing.T) { w.Play(t, s) })
	}
}

// Play plays one scenario and returns the answer.
func (w *Ward) Play(t *testing.T, s Scenario) *httptest.ResponseRecorder {
	t.Helper()
	w.Secret(s.Hide...)
	rec := w.Do(t, s.Actor, s.Method, s.Path, s.Body, s.Headers)
	body := rec.Body.String()
	if rec.Code != s.Status {
		t.Fatalf("%s %s: status %d, want %d: %s", s.Method, s.Path, rec.Code, s.Status, body)
	}
	if s.Code != "" || s.Status >= 400 {
		checkProblem(t, s, rec)
	}
	for _, want := range s.Want {
		if !strings.Contains(body, want) {
			t.Errorf("body lacks %q: %s", want, body)
		}
	}
	for _, hide := range s.Hide {
		if strings.Contains(body, hide) {
			t.Errorf("body holds %q", hide)
		}
	}
	if s.Check != nil {
		s.Check(t, rec)
	}
	return rec
}

func checkProblem(t *testing.T, s Scenario, rec *httptest.ResponseRecorder) {
	t.Helper()
	p := Decode[problem.Problem](t, rec)
	if p.Code != s.Code || p.Status != s.Status || rec.Header().Get("Content-Type") != "application/problem+json" ||
		!strings.HasPrefix(p.Instance, "urn:request:") {
		t.Fatalf("got problem %+v (%s), want code %q", p, rec.Header().Get("Content-Type"), s.Code)
	}
	named := make(map[string]bool, len(p.Errors))
	for _, f := range p.Errors {
		named[f.Field] = true
	}
	for _, f := range s.Fields {
		if !named[f] {
			t.Errorf("the problem does not name %s: %+v", f, p.Errors)
		}
	}
}

// Decode reads an answer's JSON.
func Decode[T any](t *testing.T, rec *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil {
		t.Fatalf("answer is no JSON of that shape: %v: %s", err, rec.Body)
	}
	return v
}
