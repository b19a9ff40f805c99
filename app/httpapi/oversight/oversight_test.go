package oversight

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/prescriptions"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/membership"
)

// deskOf answers as a regulator's service with one finding.
type deskOf struct{}

func (deskOf) Rules() []oversight.Rule {
	return oversight.Rules([]oversight.Part{prescriptions.Oversight})
}

func (deskOf) Status(context.Context) (oversight.Status, error) {
	return oversight.Status{Place: oversight.Place{Records: 7, Peaks: []string{}}}, nil
}

func (deskOf) Findings(context.Context, oversight.FindingsQuery) ([]oversight.Finding, string, error) {
	return []oversight.Finding{{ID: "five-drugs:rx:RX1", Rule: deskOf{}.Rules()[0]}}, "", nil
}

func (deskOf) Evidence(_ context.Context, id string) (*evidence.Dossier, error) {
	if id != "five-drugs:rx:RX1" {
		return nil, oversight.ErrNotFound
	}
	return &evidence.Dossier{Finding: []byte(`{}`), Evidence: []evidence.Evidence{}, Attempts: []chain.Attempt{}}, nil
}

func (deskOf) Figures(_ context.Context, a oversight.Asked) (oversight.Figures, error) {
	return oversight.Figures{Unit: a.Unit, Periods: []string{a.From, a.To}, Series: []oversight.Series{}}, nil
}

// votingNode answers for a chain on whose list two members have begun to vote.
type votingNode struct{ chain.Node }

func (votingNode) Health(context.Context) chain.Health { return chain.Health{Height: 7} }
func (votingNode) Members(context.Context) (*membership.Members, error) {
	return &membership.Members{Members: []membership.Member{{ID: "h1"}}}, nil
}
func (votingNode) OpenChanges(context.Context) ([]membership.OpenChange, error) {
	return []membership.OpenChange{{Subject: "gov:1", Change: membership.Change{Base: "b", Remove: "p2", V: 1},
		Deed: membership.DeedLeaves, Votes: []membership.Ballot{{Member: "h1", Power: 1}}, Voted: 1, Needed: 3,
		Power: 4}}, nil
}

// A stranger learns of open votes at every node, and which node is a regulator's.
func TestNodeSaysWhatItHas(t *testing.T) {
	for _, regulator := range []bool{false, true} {
		a := web.New(slog.New(slog.DiscardHandler), nil, "test")
		a.Refuses(Refusals)
		e := explorerapi.RegisterExplorer(a, votingNode{}, nil, nil)
		t.Cleanup(e.Shutdown)
		if regulator {
			RegisterOversight(a, deskOf{}, nil, Door{Token: strings.Repeat("t", 32)})
		}
		get := func(path string) string {
			rec := httptest.NewRecorder()
			a.Echo.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			return rec.Body.String()
		}
		if body := get("/v1/chain"); !strings.Contains(body, fmt.Sprintf(`"oversight":%v`, regulator)) ||
			!strings.Contains(body, `"height":7`) {
			t.Errorf("%v: %s", regulator, body)
		}
		for _, want := range []string{`"subject":"gov:1"`, `"deed":"leaves"`,
			`"change":{"base":"b","remove":"p2","v":1}`, `"voted":1,"needed":3,"power":4`} {
			if body := get("/v1/chain/changes"); !strings.Contains(body, want) {
				t.Errorf("%s is not in %s", want, body)
			}
		}
	}
}

// Findings are for who has the operator's token; the rules are everybody's.
func TestOversightIsForItsOperator(t *testing.T) {
	a := web.New(slog.New(slog.DiscardHandler), nil, "test")
	a.Refuses(Refusals)
	RegisterOversight(a, deskOf{}, nil, Door{Token: strings.Repeat("t", 32)})
	get := func(path, authorization string) (int, string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		rec := httptest.NewRecorder()
		a.Echo.ServeHTTP(rec, r)
		return rec.Code, rec.Body.String()
	}
	good := "Bearer " + strings.Repeat("t", 32)
	for path, want := range map[string]string{
		"/v1/oversight": `"records":7`, "/v1/oversight/findings?limit=5": "five-drugs:rx:RX1",
		"/v1/oversight/findings/five-drugs:rx:RX1/evidence":   `"attempts":[]`,
		"/v1/oversight/figures?from=2026-11-30&to=2026-12-01": `"unit":"day"`,
	} {
		for _, bad := range []string{"", "Bearer ", "Bearer " + strings.Repeat("t", 31), good + "t",
			"Basic " + strings.Repeat("t", 32)} {
			if status, body := get(path, bad); status != http.StatusUnauthorized || strings.Contains(body, want) {
				t.Errorf("%s as %q: %d %s", path, bad, status, body)
			}
		}
		if status, body := get(path, good); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, body := get("/v1/oversight/findings/five-drugs:rx:RX2/evidence", good); status != http.StatusNotFound {
		t.Errorf("unknown finding: %d %s", status, body)
	}
	if status, body := get("/v1/oversight/rules", ""); status != http.StatusOK ||
		!strings.Contains(body, "处方管理办法") {
		t.Errorf("rules: %d %s", status, body)
	}
}
