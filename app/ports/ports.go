// Package ports serves HTTP on the listening ports of an installation: the public one, and those
// beside it for operators, other members and the demo's sandboxes.
package ports

import (
	"bytes"
	"log"
	"log/slog"
	"net/http"
	"regexp"
	"strings"

	"github.com/smart-hospital/hospital/app/door"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/installation"
)

// Connections of the listening ports. SECURITY.md has the table of all limits.
const (
	mostConnections      = 8192 // the public port, where the limit on open files leaves room for as many
	NeighbourConnections = 512  // other members' nodes and the regulator
	OperatorConnections  = 64   // metrics, profiler
	SandboxConnections   = 256  // the demo's own
	shareOfOneNetwork    = 4    // one network has at most this part of the public port's
	leastOfOneNetwork    = 16
	maxHeader            = 16 << 10 // bytes of a request's header
)

// Public is that of the port which strangers reach.
func Public(f *installation.Installation) *door.Door {
	most := f.Cfg.MaxConnections
	if most == 0 {
		most = f.Share.Connections(mostConnections)
	}
	f.Log.Info("doors", "open-files", f.Share.Limit, "kept-back", f.Share.Kept, "connections", most)
	return door.New(door.Limits{
		Total: most, PerNetwork: max(leastOfOneNetwork, most/shareOfOneNetwork), Ceiling: f.Share.Ceiling(),
		Proxies: f.Cfg.Proxies(),
	})
}

// aside is that of a port beside the public one. It has half of what is kept back above the
// public port's ceiling, so that an operator is let in while strangers are not.
func aside(f *installation.Installation, connections int) *door.Door {
	l := door.Limits{Total: connections, PerNetwork: connections}
	if ceiling := f.Share.Ceiling(); ceiling > 0 {
		l.Ceiling = ceiling + f.Share.Kept/2
	}
	return door.New(l)
}

// Server is the server of every port. It speaks HTTP/1 alone: one connection is one request at
// a time, which is what the door counts. A proxy in front may speak HTTP/2.
func Server(d *door.Door, h http.Handler, to *slog.Logger) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler: h, ConnState: d.Watch, Protocols: &protocols, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: web.ReadHeaderTimeout, ReadTimeout: web.ReadTimeout,
		WriteTimeout: web.WriteTimeout, IdleTimeout: web.IdleTimeout,
		ErrorLog: ServerLog(to),
	}
}

// reAddress finds who was at the other end, in an error of the network.
var reAddress = regexp.MustCompile(`(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:.%\w]+\])(:\d+)?`)

// ServerLog takes what net/http has to say: what clients did wrong, as a rule. Their addresses stay
// out of the log.
func ServerLog(to *slog.Logger) *log.Logger { return log.New(withoutAddress{to}, "", 0) }

type withoutAddress struct{ to *slog.Logger }

// Write implements io.Writer.
func (w withoutAddress) Write(text []byte) (int, error) {
	line := string(bytes.TrimSpace(reAddress.ReplaceAll(text, []byte("(address)"))))
	if strings.Contains(line, "panic serving") { // a handler's fault, not its client's
		w.to.Error(line)
		return len(text), nil
	}
	w.to.Debug(line)
	return len(text), nil
}
