package app

import (
	"context"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/ports"
)

// listenNeighbours answers the other members at node.yaml's address as a node without application
// does: the explorer that they compare with theirs, the regulator's data port, and nothing else.
func (a *App) listenNeighbours(ctx context.Context) error {
	if a.settings.Explorer == a.Cfg.Listen {
		return nil // it is all there already
	}
	return ports.Aside(ctx, &a.Installation, "node.yaml: explorer", a.settings.Explorer, ports.Only(a.api.Echo,
		"/v1/chain", "/v1/chain/", disclosure.Path, "/readyz", "/healthz"), ports.NeighbourConnections)
}
