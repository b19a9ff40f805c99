package app

import (
	"context"
	"net/http"
	"strings"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/ports"
)

// listenNeighbours answers the other members at the address that node.yaml names, as a node without
// an application does: the explorer that they compare with theirs, and the regulator's data port.
// Nothing else of the hospital is there.
func (a *App) listenNeighbours(ctx context.Context) error {
	if a.settings.Explorer == a.Cfg.Listen {
		return nil // it is all there already
	}
	return ports.Aside(ctx, &a.Installation, "node.yaml: explorer", a.settings.Explorer, forNeighbours(a.api.Echo),
		ports.NeighbourConnections)
}

func forNeighbours(api http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == "/v1/chain", strings.HasPrefix(path, "/v1/chain/"), path == disclosure.Path, path == "/readyz",
			path == "/healthz":
			api.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}
