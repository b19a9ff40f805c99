package journey

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestCostOfACall is what the server's own numbers say, by the calls between two looks; a server
// that does not show them leaves it out.
func TestCostOfACall(t *testing.T) {
	cpu, shown := 1.0, true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/metrics" {
			cpu += 0.25
			return
		}
		if !shown {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprintf(w, "# HELP %s x\n%s %g\nhospital_sql_statements_total %g\n", cpuSeconds, cpuSeconds, cpu, 40*cpu)
	}))
	defer server.Close()
	c := &counted{RoundTripper: http.DefaultTransport}
	before := look(t.Context(), server.URL, c)
	for range 4 {
		res, err := (&http.Client{Transport: c}).Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	after := look(t.Context(), server.URL, c)
	const want = "4 calls: 250.0 ms of the server's CPU and 10.0 statements to its database a call\n"
	if got := after.since(before); got != want {
		t.Errorf("%q", got)
	}
	shown = false
	if got := look(t.Context(), server.URL, c).since(before); got != "" {
		t.Errorf("%q of a server that shows nothing", got)
	}
}
