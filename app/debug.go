package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/pprof"
)

// ErrNotLoopback: the profiler shows memory, so only this machine may reach it.
var ErrNotLoopback = errors.New("debug-listen: must be a loopback address such as 127.0.0.1:6060")

const debugSetting = "debug-listen"

// listenDebug serves the profiler when it is asked for, on a listener of its own and never on the
// API's.
func (a *App) listenDebug(ctx context.Context) error {
	if a.cfg.DebugListen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(a.cfg.DebugListen)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return ErrNotLoopback
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return a.serveAside(ctx, debugSetting, a.cfg.DebugListen, mux, operatorConnections)
}
