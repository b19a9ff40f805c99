package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// TestTheHospitalSaysWhoItIs: its name is the one in the list of members, the line is the
// operator's, and whoever asks need not be logged in.
func TestTheHospitalSaysWhoItIs(t *testing.T) {
	t.Parallel()
	size.InTurn(t)
	cfg := demoConfig(t, "sqlite:")
	cfg.About, cfg.Phone = "心血管与呼吸专科", "021-00000000"
	a, err := New(t.Context(), cfg, quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	w := httptest.NewRecorder()
	a.api.Echo.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/contact", nil))
	var got installation.Contact
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	want := installation.Contact{Name: "仁济智慧医院", About: cfg.About, Phone: cfg.Phone}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
