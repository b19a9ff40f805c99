package document

import (
	"testing"
)

// A review holds for the prescription it shows, and for no other; one of an older form shows none.
func TestReviewIsOfItsPrescription(t *testing.T) {
	issue := IssueDocument{Head: Head{Time: "t", OrgName: "h"},
		Items: []IssueItem{{Code: "D1"}}}
	about := issue.About()
	if !about.Says(issue.About()) || !(*About)(nil).Says(issue.About()) {
		t.Error("its own, or none, is refused")
	}
	about.Items = []IssueItem{{Code: "D1", Packages: 2}}
	if about.Says(issue.About()) {
		t.Error("another quantity passes")
	}
	years := issue.About()
	about = issue.About()
	about.Patient.AgeText = "3岁"
	if !about.Says(years) {
		t.Error("an issue that stated years alone is refused")
	}
}
