package ports

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/pprof"

	"github.com/smart-hospital/hospital/app/installation"
)

// ErrNotLoopback: the profiler shows memory, so only this machine may reach it.
var ErrNotLoopback = errors.New("debug-listen: must be a loopback address such as 127.0.0.1:6060")

const debugSetting = "debug-listen"

// Profiler serves the profiler when it is asked for, on a listener of its own and never on the
// API's.
func Profiler(ctx context.Context, f *installation.Installation) error {
	if f.Cfg.DebugListen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(f.Cfg.DebugListen)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return ErrNotLoopback
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return Aside(ctx, f, debugSetting, f.Cfg.DebugListen, mux, OperatorConnections)
}
