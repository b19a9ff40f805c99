package app

import (
	"slices"
	"strings"
	"testing"
)

// showsPatients says of every operation what it shows of a patient to somebody else. A new
// operation must be put into one of the groups, and httpapi's TestReadingsAreNoted and
// TestVisitPatient drive those of "noted". One for patients alone needs no line: only the patient,
// a child's guardian or a relative whom it lets in may call it (TestStrangersWalk).
var showsPatients = map[string][]string{
	// A line is written that the patient can read.
	"noted": {"get-visit-patient", "get-prescription", "prescription-events", "list-prescriptions", "lookup-pickup",
		"lookup-short", "intent-sign", "read-identity-code",
		"prepare-approve", "prepare-reject", "prepare-claim", "prepare-renew", "prepare-contest", "prepare-release",
		"prepare-dispense", "prepare-cancel", "disclose-document"},
	// What the patient said to this very doctor, or this doctor wrote about the visit: the reader
	// is whom it was addressed to.
	"addressed": {"list-consultations", "get-consultation", "list-notes", "write-note", "accept-consultation",
		"start-consultation", "finish-consultation",
		"cancel-consultation", "chat-socket", "read-messages", "post-message", "mark-read", "upload-picture",
		"get-picture"},
	// What its own person was shown, and noted, when it was prepared.
	"prepared": {"offer-intent", "handover-state", "withdraw-intent", "open-handover"},
	// Who looked at whom, for the hospital's administrators: opaque ids and nothing that was read.
	// Each search has a reason, and one about a patient is a line that the patient reads.
	"searches": {"search-accesses", "searched-accesses", "list-access-searches"},
	// The doctor's own draft about a patient whose profile was opened, and noted, for the visit;
	// the patient sees it once it is issued.
	"draft": {"create-draft", "update-draft", "discard-draft", "check-draft", "prepare-issue"},
	// The desk that proves who somebody is, and the one of payments without an outcome: each
	// reading stands in the access log of the person, or shows amounts and numbers alone.
	"desk": {"desk-find-identity", "desk-prove-identity", "desk-free-identity", "desk-replace-identity",
		"desk-guardian", "staff-number", "payment-desk", "decide-settlement"},
	// Nothing about any patient.
	"nothing": {"papers", "list-consents", "agree", "withdraw-consent",
		"get-contact", "signing-rules", "login-staff", "login-wechat", "me", "events", "list-notices", "read-notices",
		"change-password", "reset-password", "logout", "logout-everywhere",
		"key-challenge", "enrol-key", "list-keys", "revoke-key", "list-person-keys",
		"apply-practitioner", "my-registration", "presence", "list-departments", "list-doctors", "search-doctors",
		"get-doctor",
		"list-slots", "send-photo", "my-photo", "remove-photo", "list-photos", "decide-photo", "get-photo",
		"my-ratings", "list-templates", "save-template", "change-template", "delete-template", "propose-template",
		"withdraw-template", "list-wanted-templates", "judge-template", "list-views", "save-view", "delete-view",
		"set-hours", "my-hours", "close-session", "my-sessions", "close-session-for",
		"list-schedules", "set-schedule", "set-about", "my-about", "list-practitioners",
		"approve-practitioner", "suspend-practitioner", "create-staff", "search-drugs", "search-medicines",
		"drug-leaflet",
		"search-diagnoses", "dosage-terms", "list-pharmacies",
		"list-incoming", "mark-ready", "list-stock", "list-lots", "list-movements",
		"change-stock", "set-minimum", "resolve-claim", "bring-bundle",
		"day-report", "diagnostics", "settings", "today", "list-devices", "forget-device", "lift-own-delay",
		"second-factor",
		"set-up-second-factor", "confirm-second-factor", "remove-second-factor",
		"list-prices", "price-changes", "set-price", "try-prices", "import-prices",
		"list-staff", "list-sessions", "end-session", "end-sessions",
		"suspend-account", "resume-account", "close-account", "lift-delay", "remove-account-factor",
		"security-log", "request-key", "list-key-requests",
		"list-admin-key-requests", "approve-key-request", "refuse-key-request"},
}

// TestEveryReadingOfAPatientIsThoughtOf walks the API: an operation that is in no group fails, and
// so does one that says otherwise itself.
func TestEveryReadingOfAPatientIsThoughtOf(t *testing.T) {
	d, group := describe(t), map[string]string{}
	for name, ids := range showsPatients {
		for _, id := range ids {
			if group[id] != "" {
				t.Errorf("%s is in two groups", id)
			}
			group[id] = name
		}
	}
	for path, item := range d.Paths {
		for _, op := range operationsOf(item) {
			in := group[op.OperationID]
			delete(group, op.OperationID)
			if in == "" && slices.Contains(op.Tags, "Chain") {
				continue // everybody's: the chain holds nothing personal (privacy_test.go)
			}
			if in == "" && !strings.HasSuffix(op.Description, "Roles: patient.") {
				t.Errorf("%s (%s): is what it shows of a patient noted? Put it into a group", op.OperationID, path)
			}
			if says := strings.Contains(op.Description, "noted for the patient"); says != (in == "noted") &&
				in != "draft" {
				t.Errorf("%s is in group %s, its description says noted: %v", op.OperationID, in, says)
			}
		}
	}
	for id, name := range group {
		t.Errorf("group %s names %s, which the API does not have", name, id)
	}
}
