package bundle

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// TestOldDocumentsAreRead: what was signed before the basis was kept stays a prescription, and its
// state shows that nobody kept one.
func TestOldDocumentsAreRead(t *testing.T) {
	if !slices.Contains(document.IssueSchemas, "hospital.rx.issue/1") ||
		!slices.Contains(Steps[0].Schemas, "hospital.rx.issue/1") {
		t.Error("form 1 is no longer read")
	}
	old, err := lifecycle.Read[document.IssueDocument](
		lifecycle.Event{Act: lifecycle.Act{Document: []byte(`{"schema":"hospital.rx.issue/1","findings":[]}`)}})
	if err != nil || old.Basis != nil {
		t.Errorf("%+v, %v", old.Basis, err)
	}
	again, err := json.Marshal(old)
	if err != nil || strings.Contains(string(again), "basis") {
		t.Errorf("%s, %v", again, err)
	}
}
