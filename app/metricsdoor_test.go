package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/chaintest"
)

// Numbers have no log-in: this machine reads them at the API's address, others only where the
// operator opened a place for them.
func TestNumbersStayOnThisMachine(t *testing.T) {
	t.Parallel()
	aside := chaintest.Address(t)
	cfg := demoConfig(t, "sqlite:")
	cfg.MetricsListen = aside
	a, err := New(t.Context(), cfg, quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	for _, x := range []struct {
		from, header string
		want         int
	}{
		{"127.0.0.1:40000", "", http.StatusOK},
		{"[::1]:40000", "", http.StatusOK},
		{"192.0.2.7:40000", "", http.StatusForbidden},
		{"127.0.0.1:40000", "X-Forwarded-For", http.StatusForbidden},
		{"127.0.0.1:40000", "Forwarded", http.StatusForbidden},
		{"", "", http.StatusForbidden},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		r.RemoteAddr = x.from
		if x.header != "" {
			r.Header.Set(x.header, "127.0.0.1")
		}
		w := httptest.NewRecorder()
		a.api.Echo.ServeHTTP(w, r)
		if shown := strings.Contains(w.Body.String(), "hospital_chain_height"); w.Code != x.want ||
			shown != (x.want == http.StatusOK) {
			t.Errorf("from %q with %q: %d, shown %v", x.from, x.header, w.Code, shown)
		}
		// The demo's passwords too.
		r.URL.Path, r.RequestURI = "/sandbox/ward", "/sandbox/ward"
		w = httptest.NewRecorder()
		a.api.Echo.ServeHTTP(w, r)
		if shown := strings.Contains(w.Body.String(), a.demo.Staff[0].Password); w.Code != x.want ||
			shown != (x.want == http.StatusOK) {
			t.Errorf("the ward from %q with %q: %d, shown %v", x.from, x.header, w.Code, shown)
		}
	}
	res, err := http.Get("http://" + aside + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if text, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(text), "hospital_outbox_pending") {
		t.Errorf("metrics-listen: %d, %v", res.StatusCode, err)
	}
	if other, err := http.Get("http://" + aside + "/v1/chain"); err != nil || other.StatusCode != http.StatusNotFound {
		t.Errorf("metrics-listen serves more than numbers: %v", err)
	} else {
		_ = other.Body.Close()
	}
}
