package ports

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

func TestProfilerStaysOnThisMachine(t *testing.T) {
	for _, address := range []string{"0.0.0.0:6060", ":6060", "192.0.2.1:6060", "example.org:6060", "6060"} {
		f := &installation.Installation{Cfg: config.Config{DebugListen: address}, Log: slog.New(slog.DiscardHandler)}
		if err := Profiler(t.Context(), f); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", address, err)
		}
	}
	address := chaintest.Address(t)
	f := &installation.Installation{Cfg: config.Config{DebugListen: address}, Log: slog.New(slog.DiscardHandler)}
	if err := Profiler(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	res, err := http.Get("http://" + address + "/debug/pprof/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); res.StatusCode != http.StatusOK || err != nil || len(body) == 0 {
		t.Errorf("the profiler answers %d, %v", res.StatusCode, err)
	}
}
