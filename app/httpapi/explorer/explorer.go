// Package explorer is the chain for everybody over HTTP: blocks, subjects, receipts, votes, the
// live stream. It needs no session and shows nothing personal.
package explorer

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/httpapi/explorer/stream"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/membership"
)

var tagChain = web.Tag{Name: "Chain", Doc: "The consortium chain for everybody: no session, nothing personal."}

// Limits of the explorer. It needs no session, so they are by address.
const (
	explorerRate  = 20 // requests a second of one address
	explorerBurst = 60
	maxBlocksPage = 100
)

// Explorer is what everybody may see of the chain. Nothing here is personal: the chain holds opaque
// ids and digests.
type Explorer struct {
	api     *web.API
	node    chain.Node
	backlog Backlog
	live    *stream.Stream
}

type statusOutput struct {
	Body struct {
		chain.Health
		Members   int  `json:"members" doc:"Organisations of the consortium" example:"6"`
		Oversight bool `json:"oversight" doc:"A regulator's node: it runs rules over the chain and has /v1/oversight"`
	}
}

type membersOutput struct{ Body membership.Members }

type membersFile struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

type blocksInput struct {
	Before int64 `query:"before" minimum:"0" default:"0" doc:"Only blocks below this height; 0: from the newest"`
	Limit  int   `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type blocksOutput struct {
	Body struct {
		Blocks []chain.Block `json:"blocks" doc:"Blocks that hold records, newest first"`
		Next   int64         `json:"next,omitempty" doc:"Give it as before for the next page; absent: the end" example:"17"`
	}
}

type blockInput struct {
	Height int64 `path:"height" minimum:"1"`
}

type blockOutput struct{ Body chain.Block }

type subjectInput struct {
	Subject subjectName `path:"subject" example:"rx:RX20261122012345678947"`
}

// subjectName is what a subject's state is called, by the contracts.
type subjectName string

// Schema implements huma.SchemaProvider.
func (subjectName) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: contract.NamePattern(), MinLength: new(4),
		MaxLength: new(chain.MaxSubjectLen)}
}

type subjectOutput struct {
	Body struct {
		State   chain.SubjectState   `json:"state"`
		Records []chain.Committed    `json:"records" doc:"In order"`
		Proof   *chain.StatusReceipt `json:"proof,omitempty" doc:"That the state is under a sealed root; absent until the members sealed it"`
	}
}

// RegisterExplorer adds the chain's public pages and its live stream. backlog is nil on a node
// without the hospital's application. The caller calls Shutdown when the server stops.
func RegisterExplorer(a *web.API, node chain.Node, backlog Backlog, alarms Alarms) *Explorer {
	return registerExplorer(a, node, backlog, alarms, stream.Limits)
}

func registerExplorer(a *web.API, node chain.Node, backlog Backlog, alarms Alarms, limits web.StreamLimits) *Explorer {
	e := &Explorer{api: a, node: node, backlog: backlog}
	a.LimitAddress(explorerRate, explorerBurst, func(path string) bool {
		return path == "/v1/chain" || path == disclosure.Path || strings.HasPrefix(path, "/v1/chain/")
	})
	web.Handle(a, web.Op{ID: "chain-status", Method: http.MethodGet, Path: "/v1/chain", Summary: "How the chain is",
		Tag: tagChain}, e.status)
	web.Handle(a, web.Op{ID: "chain-members", Method: http.MethodGet, Path: "/v1/chain/members",
		Summary: "The consortium's organisations and their certificates", Tag: tagChain},
		func(ctx context.Context, _ *struct{}) (*membersOutput, error) {
			m, err := node.Members(ctx)
			if err != nil {
				return nil, err
			}
			return &membersOutput{*m}, nil
		})
	web.Handle(a, web.Op{ID: "chain-members-file", Method: http.MethodGet, Path: "/v1/chain/members.json",
		Summary: "The published members file that `hospital verify` checks receipts with, in canonical bytes",
		Tag:     tagChain, Media: "application/json", Bytes: reflect.TypeFor[membership.Members]()},
		func(ctx context.Context, _ *struct{}) (*membersFile, error) {
			m, err := node.Members(ctx)
			if err != nil {
				return nil, err
			}
			return &membersFile{"application/json", `attachment; filename="members.json"`, m.Bytes()}, nil
		})
	web.Handle(a, web.Op{ID: "chain-blocks", Method: http.MethodGet, Path: "/v1/chain/blocks",
		Summary: "Blocks that hold records", Tag: tagChain}, e.blocks)
	web.Handle(a, web.Op{ID: "chain-block", Method: http.MethodGet, Path: "/v1/chain/blocks/{height}",
		Summary: "One block that holds records", Tag: tagChain, Codes: []string{"record-not-found"}}, e.block)
	web.Handle(a, web.Op{ID: "chain-subject", Method: http.MethodGet, Path: "/v1/chain/subjects/{subject}",
		Summary: "Where a prescription, settlement or certificate stands, its records and the proof", Tag: tagChain,
		Codes: []string{"record-not-found"}}, e.subject)
	e.live = stream.Register(a, tagChain, node, limits)
	e.registerReceipts()
	e.registerGovernance()
	e.registerHeaders(alarms)
	return e
}

// Shutdown ends the live streams; clients come back with the last id they saw.
func (e *Explorer) Shutdown() { e.live.Shutdown() }

func (e *Explorer) status(ctx context.Context, _ *struct{}) (*statusOutput, error) {
	m, err := e.node.Members(ctx)
	if err != nil {
		return nil, err
	}
	out := &statusOutput{}
	out.Body.Health, out.Body.Members, out.Body.Oversight = e.node.Health(ctx), len(m.Members), e.api.Oversight
	return out, nil
}

func (e *Explorer) blocks(ctx context.Context, in *blocksInput) (*blocksOutput, error) {
	list, err := e.node.Blocks(ctx, in.Before, min(in.Limit, maxBlocksPage))
	if err != nil {
		return nil, err
	}
	out := &blocksOutput{}
	out.Body.Blocks = list
	if len(list) == in.Limit {
		out.Body.Next = list[len(list)-1].Height
	}
	return out, nil
}

func (e *Explorer) block(ctx context.Context, in *blockInput) (*blockOutput, error) {
	list, err := e.node.Blocks(ctx, in.Height+1, 1)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].Height != in.Height {
		return nil, chain.ErrNotFound
	}
	return &blockOutput{list[0]}, nil
}

func (e *Explorer) subject(ctx context.Context, in *subjectInput) (*subjectOutput, error) {
	state, err := e.node.Subject(ctx, string(in.Subject))
	if err != nil {
		return nil, err
	}
	records, err := e.node.Records(ctx, string(in.Subject))
	if err != nil {
		return nil, err
	}
	out := &subjectOutput{}
	out.Body.State, out.Body.Records = state, records
	proof, err := e.node.SubjectProof(ctx, string(in.Subject))
	if err != nil && !errors.Is(err, chain.ErrNotSealed) {
		return nil, err
	}
	// A proof of an older state beside a newer one would only confuse: it comes when the seals have
	// caught up.
	if err == nil && proof.State.Last == state.Last {
		out.Body.Proof = proof
	}
	return out, nil
}
