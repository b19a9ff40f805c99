package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/prescription"
)

// A clock four days ahead expired every prescription, paid everything back and left dead letters.
// Now everything that ends by time waits, over a restart too, until a person confirms the clock;
// then the ward goes on.
func TestClockFourDaysAhead(t *testing.T) {
	t.Parallel()
	cfg := demoConfig(t, "")
	cfg.LogLevel = "debug"
	ahead, err := json.Marshal(map[string]any{"wall": time.Now(),
		"doubt": clockwatch.Doubt{Since: time.Now(), By: 96 * time.Hour}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(cfg.Data, health.ClockFile)
	h := openHospital(t, cfg, func(a *App) {
		if d := a.clock.Doubt(); d != nil {
			t.Errorf("at the first start: %v", d)
		}
	})
	h.enter(1)
	h.lead(1, prescription.Signed)
	h.settled()
	patient := h.tokens()[accounts.Patient]
	h.halt()
	if err := os.WriteFile(file, ahead, 0o600); err != nil {
		t.Fatal(err)
	}

	h = openHospital(t, cfg)
	h.until("the tasks to wait", drainTime, func() bool {
		log := h.log.String()
		for _, r := range rooms {
			for _, task := range r.Tasks {
				if !strings.Contains(log, "task="+task.Name) && !strings.Contains(log, fmt.Sprintf("task=%q", task.Name)) {
					return false
				}
			}
		}
		return true
	})
	if !strings.Contains(h.log.String(), "the clock is in doubt") {
		t.Errorf("log: %s", h.log.tail(15))
	}
	if a := h.raw(http.MethodGet, "/readyz", "", nil); a.status != http.StatusServiceUnavailable ||
		!strings.Contains(a.body, "96h0m0s ahead") {
		t.Errorf("/readyz: %d %s", a.status, a.body)
	}
	if _, err := (health.Timely{Node: h.node, Clock: h.clock}).
		Submit(t.Context(), make([]chain.Record, 1)); !errors.Is(err, chain.ErrBusy) {
		t.Errorf("a record for the chain: %v", err)
	}
	if a := h.raw(http.MethodPost, "/v1/consultations", patient, strings.NewReader("{}"), "Idempotency-Key",
		"clock-0001"); a.status != http.StatusServiceUnavailable {
		t.Errorf("a command, which would be dated by it: %d %s", a.status, a.body)
	}
	if a := h.raw(http.MethodGet, "/v1/chain", "", nil); a.status != http.StatusOK {
		t.Errorf("reading: %d %s", a.status, a.body)
	}
	if err := clockwatch.Confirm(file); err != nil {
		t.Fatal(err)
	}
	h.until("readiness", drainTime,
		func() bool { return h.raw(http.MethodGet, "/readyz", "", nil).status == http.StatusOK })
	h.enter(1)
	h.lead(1, prescription.Signed)
	h.close()
}
