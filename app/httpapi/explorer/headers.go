package explorer

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/watch"
)

// Alarms is the node's watch over the chain.
type Alarms interface{ Report() watch.Report }

type headerInput struct {
	Height int64 `path:"height" minimum:"0" doc:"0: the newest"`
}

type headerOutput struct{ Body chain.SealedHeader }

type consistencyInput struct {
	Old int64 `query:"old" minimum:"1" required:"true" doc:"A sealed height" example:"17"`
	New int64 `query:"new" minimum:"0" default:"0" doc:"A later one; 0: the newest"`
}

type consistencyOutput struct{ Body chain.Consistency }

type alarmsOutput struct{ Body watch.Report }

func (e *Explorer) registerHeaders(alarms Alarms) {
	web.Handle(e.api, web.Op{ID: "chain-header", Method: http.MethodGet, Path: "/v1/chain/headers/{height}",
		Summary: "A sealed header with the members' seals", Tag: tagChain,
		Doc:   "Nodes compare these with their own. Heights without new records are not sealed.",
		Codes: []string{"record-not-found"}}, func(ctx context.Context, in *headerInput) (*headerOutput, error) {
		s, err := e.node.SealedHeader(ctx, in.Height)
		if err != nil {
			return nil, err
		}
		return &headerOutput{*s}, nil
	})
	web.Handle(e.api, web.Op{ID: "chain-consistency", Method: http.MethodGet, Path: "/v1/chain/consistency",
		Summary: "Proof that the list of records sealed earlier is a prefix of that sealed later", Tag: tagChain,
		Doc:   "RFC 6962 consistency proof with SM3, between two sealed headers. `hospital verify` checks it offline. Whoever kept an old header shows with it that no record was left out or changed since.",
		Codes: []string{"record-not-found"}},
		func(ctx context.Context, in *consistencyInput) (*consistencyOutput, error) {
			c, err := e.node.Consistency(ctx, in.Old, in.New)
			if err != nil {
				return nil, err
			}
			return &consistencyOutput{*c}, nil
		})
	web.Handle(e.api, web.Op{ID: "chain-alarms", Method: http.MethodGet, Path: "/v1/chain/alarms",
		Summary: "What this node finds wrong with the chain: forks, silence, members out of reach", Tag: tagChain,
		Doc: "By this node's own eyes. Open ones first; a fork comes with both headers and their seals, which prove who sealed both."}, func(context.Context, *struct{}) (*alarmsOutput, error) {
		return &alarmsOutput{alarms.Report()}, nil
	})
}
