package audit

import (
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// A review that shows another prescription than the issued one is told by the audit.
func TestTheAuditSeesAnotherPrescription(t *testing.T) {
	known := document.About{Issued: "t", Hospital: "h", Items: []document.IssueItem{{Code: "D1"}}}
	other := known
	other.Items = []document.IssueItem{{Code: "D1", Packages: 2}}
	const told = "rx.approve: the prescription it is about"
	for _, c := range []struct {
		about document.About
		want  bool
	}{{known, false}, {other, true}} {
		raw, err := intent.Canonical(document.ReviewDocument{About: &c.about})
		if err != nil {
			t.Fatal(err)
		}
		d := differences{issued: &known}
		_ = d.event(lifecycle.State{}, lifecycle.Event{Kind: chain.KindApprove, Act: lifecycle.Act{Document: raw}})
		if slices.Contains(d.list, told) != c.want {
			t.Errorf("the audit says %v", d.list)
		}
	}
}
