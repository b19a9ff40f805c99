package prescription

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
)

// TestTheBasisIsSignedAndKept: the document the doctor signs says what its findings rest on, and
// the stored state says the same.
func TestTheBasisIsSignedAndKept(t *testing.T) {
	w := walker{t, draft(t), noon}
	if err := w.do(chain.KindIssue); err != nil {
		t.Fatal(err)
	}
	if b := w.p.s.Basis; b == nil || b.Medicines != 1 || b.ZH == "" {
		t.Fatalf("kept: %+v", b)
	}
	o := goodOrder()
	doc, err := json.Marshal(draft(t).issueDocument(o, Check(o), o.At))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{`"basis":{"version"`, `"open":[{"rule":"clinical.organs"`, SchemaIssue} {
		if !strings.Contains(string(doc), words) {
			t.Errorf("the document lacks %s", words)
		}
	}
}

// TestOldDocumentsAreRead: what was signed before the basis was kept stays a prescription, and its
// state shows that nobody kept one.
func TestOldDocumentsAreRead(t *testing.T) {
	if !slices.Contains(IssueSchemas, "hospital.rx.issue/1") ||
		!slices.Contains(bundleSteps[0].schemas, "hospital.rx.issue/1") {
		t.Error("form 1 is no longer read")
	}
	old, err := document[IssueDocument](
		Event{Act: Act{Document: []byte(`{"schema":"hospital.rx.issue/1","findings":[]}`)}})
	if err != nil || old.Basis != nil {
		t.Errorf("%+v, %v", old.Basis, err)
	}
	again, err := json.Marshal(old)
	if err != nil || strings.Contains(string(again), "basis") {
		t.Errorf("%s, %v", again, err)
	}
}
