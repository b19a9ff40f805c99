package chain_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/membership"
)

// The files of testdata/evidence are what both programs write of the golden receipts, each on its
// own: this one and the mini-app's (frontend/test/unit/exchange.test.ts), which reads them as well.
// So each side takes what the other wrote, and neither needs the other to run.
//
//	go test ./chain/ -run Exchange -update

// exchanged makes every file that Go writes.
func exchanged(t *testing.T) map[string][]byte {
	t.Helper()
	var documents []document
	if err := json.Unmarshal(file(t, "documents.json"), &documents); err != nil {
		t.Fatal(err)
	}
	members := chaintest.Must(membership.ParseMembers(file(t, "members.json")))
	history := chain.History{V: chain.Version, Genesis: *members}
	all := make([]evidence.Evidence, 0, len(documents))
	for _, name := range []string{"receipt-05-rx.issue.json", "receipt-06-rx.approve.json", "receipt-09-rx.pay.json",
		"receipt-10-rx.claim.json", "receipt-11-rx.dispense.json"} {
		r := chaintest.Must(chain.ParseReceipt(file(t, name)))
		e := evidence.Evidence{Receipt: r}
		for _, d := range documents {
			if d.Kind == r.Record.Statement.Kind {
				e.Document, e.Salt = []byte(d.Document), chaintest.Must(hex.DecodeString(d.Salt))
			}
		}
		all = append(all, e)
	}
	claim := all[3].Receipt
	attempt := chain.Attempt{ActorCert: claim.ActorCert, Code: chain.CodeTagUsed, Height: claim.Header.Height,
		Record: claim.Record, Time: claim.Header.Time}
	sealed := chain.SealedHeader{Header: claim.Header, Seals: claim.Seals}
	return map[string][]byte{
		"evidence.json": evidence.NewEvidenceFile(all, history).Bytes(),
		"bundle.json": canonical.Bytes(struct {
			AccessCode   string              `json:"accessCode"`
			Evidence     []evidence.Evidence `json:"evidence"`
			Prescription string              `json:"prescription"`
			V            int                 `json:"v"`
		}{"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ", all[:3], goldenRx, chain.Version}),
		"dossier.json": canonical.Bytes(evidence.Dossier{
			Attempts: []chain.Attempt{attempt}, Evidence: []evidence.Evidence{all[0], {Receipt: all[1].Receipt}},
			Finding: json.RawMessage(`{"rule":{"id":"five-drugs"},"words":"处方，超过五种药品"}`), History: &history,
		}),
		"list.json":   canonical.Bytes(all[:2]),
		"sealed.json": sealed.Bytes(),
	}
}

// TestExchangeWritten: what this program writes is what is kept, byte for byte.
func TestExchangeWritten(t *testing.T) {
	for name, want := range exchanged(t) {
		name = "evidence/" + name
		if *update {
			write(t, name, want)
		}
		if got := file(t, name); !bytes.Equal(got, want) {
			t.Errorf("%s is not what is written now", name)
		}
	}
}

// TestExchangeRead: this program takes what both wrote, and the files of before.
func TestExchangeRead(t *testing.T) {
	members := chaintest.Must(membership.ParseMembers(file(t, "members.json")))
	roster := chaintest.Must(members.Open())
	timeline := chain.NewTimeline(roster)
	all := func(list []evidence.Evidence, documents int) {
		t.Helper()
		for i, e := range list {
			if err := e.Verify(timeline); err != nil {
				t.Errorf("%d: %v", i, err)
			}
			if e.Document != nil {
				documents--
			}
		}
		if documents != 0 {
			t.Errorf("%d documents are missing", documents)
		}
	}
	for _, name := range glob(t, "evidence/evidence*.json") {
		f, err := evidence.ParseEvidenceFile(file(t, name))
		if err != nil || len(f.Evidence) != 5 || f.History.Genesis.Digest() != members.Digest() {
			t.Fatalf("%s: %v", name, err)
		}
		all(f.Evidence, 5)
	}
	for _, name := range glob(t, "evidence/bundle*.json") {
		b, err := evidence.ParseBundleFile(file(t, name))
		if err != nil || b.Prescription != goldenRx || len(b.Evidence) != 3 {
			t.Fatalf("%s: %v", name, err)
		}
		all(b.Evidence, 3)
	}
	for _, name := range glob(t, "evidence/dossier*.json") {
		d, err := evidence.ParseDossier(file(t, name))
		if err != nil || len(d.Attempts) != 1 || d.History == nil {
			t.Fatalf("%s: %v", name, err)
		}
		all(d.Evidence, 1)
		if err := d.Attempts[0].Verify(timeline); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range glob(t, "evidence/list*.json") {
		all(chaintest.Must(evidence.ParseEvidence(file(t, name))), 2)
	}
	if s := chaintest.Must(chain.ParseSealedHeader(file(t, "evidence/sealed.json"))); timeline.VerifySealed(s) != nil {
		t.Error("sealed.json")
	}
	for name, kind := range map[string]evidence.FileKind{
		"evidence/evidence.json": evidence.FileEvidence, "evidence/evidence-former.json": evidence.FileEvidence,
		"evidence/bundle.json": evidence.FileBundle, "evidence/dossier.json": evidence.FileDossier,
		"evidence/list.json":   evidence.FileList,
		"evidence/sealed.json": evidence.FileSealed, "status-present.json": evidence.FileStatus,
		"receipt-00-cert.enrol.json": evidence.FileReceipt, "members.json": evidence.FileMembers,
		"history/history.json": evidence.FileHistory,
	} {
		if got := evidence.KindOfFile(file(t, name)); got != kind {
			t.Errorf("%s taken for %q", name, got)
		}
	}
}
