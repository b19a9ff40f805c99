package explorer

import (
	"context"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

// voteLimit bounds the wait for the block that holds a vote.
const voteLimit = 30 * time.Second

type historyOutput struct{ Body chain.History }

type voteInput struct {
	Body chain.Record `doc:"A record of kind gov.vote, sealed by its member, as \"hospital consortium vote\" makes it"`
}

// changeStatus is where a change of the members' list stands.
type changeStatus chain.Status

// Schema implements huma.SchemaProvider.
func (changeStatus) Schema(huma.Registry) *huma.Schema {
	return web.OneOf(chain.Statuses(chain.SubjectGov))
}

type voteOutput struct {
	Body struct {
		ID      string       `json:"id" doc:"Of the vote's record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
		Subject string       `json:"subject" doc:"The change voted for" example:"gov:957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
		Status  changeStatus `json:"status" doc:"adopted: members with more than two thirds of the votes have agreed"`
		Height  int64        `json:"height" doc:"Of the vote; an adopted list is in force two heights after its deciding vote" example:"18"`
	}
}

type changesOutput struct {
	Body struct {
		Changes []membership.OpenChange `json:"changes" doc:"Those with the most power first; at most 50"`
	}
}

func (e *Explorer) registerGovernance() {
	web.Handle(e.api, web.Op{ID: "chain-changes", Method: http.MethodGet, Path: "/v1/chain/changes",
		Summary: "Changes of the members' list that are voted on and not decided", Tag: tagChain,
		Doc: "Those that can still be adopted: of the list adopted last. Each vote is a record of the change's subject, with the member's signatures."},
		func(ctx context.Context, _ *struct{}) (*changesOutput, error) {
			list, err := e.node.OpenChanges(ctx)
			out := &changesOutput{}
			out.Body.Changes = list
			return out, err
		})
	web.Handle(e.api, web.Op{ID: "chain-history", Method: http.MethodGet, Path: "/v1/chain/history",
		Summary: "Every members' list so far with the votes that made it", Tag: tagChain,
		Doc: "Who trusts the genesis list checks the others with it, and with them any receipt, offline and for ever."},
		func(ctx context.Context, _ *struct{}) (*historyOutput, error) {
			h, err := e.node.History(ctx)
			if err != nil {
				return nil, err
			}
			return &historyOutput{*h}, nil
		})
	web.Handle(e.api, web.Op{ID: "chain-history-file", Method: http.MethodGet, Path: "/v1/chain/history.json",
		Summary: "The same as a file for `hospital verify --history`, in canonical bytes", Tag: tagChain,
		Media: "application/json", Bytes: reflect.TypeFor[chain.History]()},
		func(ctx context.Context, _ *struct{}) (*membersFile, error) {
			h, err := e.node.History(ctx)
			if err != nil {
				return nil, err
			}
			return &membersFile{"application/json", `attachment; filename="history.json"`, h.Bytes()}, nil
		})
	web.Handle(e.api, web.Op{ID: "chain-vote", Method: http.MethodPost, Path: "/v1/chain/votes",
		Summary: "Hand in a member's vote for a change of the members' list", Tag: tagChain,
		Doc:   "Needs no session: the record bears the member's seal, and the ledger takes nothing else. Handing the same vote in again is harmless.",
		Codes: []string{"vote-refused", "chain-busy"}}, e.vote)
}

func (e *Explorer) vote(ctx context.Context, in *voteInput) (*voteOutput, error) {
	rec := in.Body
	if err := rec.Check(); err != nil {
		return nil, voteRefused.New(err.Error())
	}
	if rec.Statement.Kind != chain.KindVote {
		return nil, voteRefused.New("statement.kind: only gov.vote is taken here")
	}
	ctx, cancel := context.WithTimeout(ctx, voteLimit)
	defer cancel()
	outcomes, err := e.node.Submit(ctx, []chain.Record{rec})
	if err != nil {
		return nil, err
	}
	if o := outcomes[0]; o.Code != chain.CodeOK {
		return nil, voteRefused.New("the ledger says " + o.Code.String() + ": " + o.Detail)
	}
	state, err := e.node.Subject(ctx, rec.Statement.Subject)
	if err != nil {
		return nil, err
	}
	out := &voteOutput{}
	out.Body.ID, out.Body.Subject, out.Body.Height = rec.ID(), state.Subject, outcomes[0].Height
	out.Body.Status = changeStatus(state.Status)
	return out, nil
}
