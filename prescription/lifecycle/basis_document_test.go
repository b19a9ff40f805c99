package lifecycle

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// TestTheBasisIsSignedAndKept: the document the doctor signs says what its findings rest on, and
// the stored state says the same.
func TestTheBasisIsSignedAndKept(t *testing.T) {
	w := walker{t, draft(t), prescriptiontest.Noon}
	if err := w.do(chain.KindIssue); err != nil {
		t.Fatal(err)
	}
	if b := w.p.s.Basis; b == nil || b.Medicines != 1 || b.ZH == "" {
		t.Fatalf("kept: %+v", b)
	}
	o := prescriptiontest.GoodOrder()
	doc, err := json.Marshal(draft(t).issueDocument(o, rules.Check(o), o.At))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{`"basis":{"version"`, `"open":[{"rule":"clinical.organs"`, document.SchemaIssue} {
		if !strings.Contains(string(doc), words) {
			t.Errorf("the document lacks %s", words)
		}
	}
}
