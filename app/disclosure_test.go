package app

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
)

// TestEveryDocumentIsDisclosed: whatever record of a room stands on the chain, a regulator gets the
// document that it commits to, and nobody else does. What tells of a prescription is noted for its
// patient.
func TestEveryDocumentIsDisclosed(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	h.enter(1)
	v := h.ward.Visit(0)
	h.must(v.Lead(t.Context(), prescription.Paid))
	h.settled()
	ctx := t.Context()
	ask := func(by string, st chain.Statement) answer {
		seal, err := h.Orgs.Seal(by)
		h.must(err)
		r, err := disclosure.New(ctx, h.Members.Chain, h.cfg.Hospital, st.ID(), seal, time.Now())
		h.must(err)
		body, err := json.Marshal(r)
		h.must(err)
		return h.raw(http.MethodPost, disclosure.Path, "", bytes.NewReader(body))
	}
	noted := func() (n int64) { // in either of the logs that the patient reads
		h.must(h.DB.WithContext(ctx).Raw("SELECT (SELECT count(*) FROM prescription_access WHERE org = 'r1') + " +
			"(SELECT count(*) FROM profile_access WHERE org = 'r1')").Scan(&n).Error)
		return n
	}
	given := map[string]int{}
	h.eachRecord(ctx, func(st chain.Statement) {
		if st.Org != h.cfg.Hospital {
			return
		}
		prefix, _, _ := strings.Cut(st.Subject, ":")
		if refused := ask("p1", st); refused.status != http.StatusForbidden {
			t.Errorf("%s for a pharmacy: %d", st.Kind, refused.status)
		}
		before := noted()
		out := ask("r1", st)
		var a disclosure.Answer
		if err := json.Unmarshal([]byte(out.body), &a); err != nil || out.status != http.StatusOK ||
			st.VerifyDocument(a.Salt, a.Document) != nil {
			t.Errorf("%s: %d %s", st.Kind, out.status, out.body)
		}
		if more := noted() - before; (more == 1) != (prefix != "cert") {
			t.Errorf("%s: noted %d times", st.Kind, more)
		}
		given[prefix]++
	})
	if given["cert"] == 0 || given["rx"] == 0 || given["pay"] == 0 {
		t.Errorf("given %v", given)
	}
	h.close()
}

func (h *hospital) eachRecord(ctx context.Context, fn func(chain.Statement)) {
	h.t.Helper()
	for i := range h.node.Health(ctx).Records {
		c, err := h.node.At(ctx, i)
		h.must(err)
		fn(c.Record.Statement)
	}
}
