package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// ErrNotLoopback: the profiler shows memory, so only this machine may reach it.
var ErrNotLoopback = errors.New("debug-listen: must be a loopback address such as 127.0.0.1:6060")

// listenDebug serves the profiler when it is asked for, on a listener of its own and never on the API's.
func (a *App) listenDebug(ctx context.Context) error {
	if a.cfg.DebugListen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(a.cfg.DebugListen)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return ErrNotLoopback
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.DebugListen)
	if err != nil {
		return fmt.Errorf("debug-listen: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("profiler", "error", err.Error())
		}
	}()
	a.onClose(s.Close)
	return nil
}
