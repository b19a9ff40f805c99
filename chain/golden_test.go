package chain_test

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// update rewrites testdata with fresh keys; a verifier in another language is then held against new
// files:
//
//	go test ./chain/ -run Golden -update
var update = flag.Bool("update", false, "rewrite testdata")

// document is a step's document with its salt, as a patient's bundle has it.
type document struct {
	Kind     chain.Kind `json:"kind"`
	Salt     string     `json:"salt"` // hex
	Document string     `json:"document"`
}

// goldenSalt is any 32 bytes.
var goldenSalt = []byte("0123456789abcdef0123456789abcdef")

// goldenRx is the prescription whose steps have documents.
const goldenRx = "RX20261101A"

func TestGolden(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	members, err := membership.ParseMembers(file(t, "members.json"))
	if err != nil {
		t.Fatal(err)
	}
	receipts := glob(t, "receipt-*.json")
	for _, name := range receipts {
		r, err := chain.ParseReceipt(file(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := chain.VerifyReceipt(members, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	statuses := glob(t, "status-*.json")
	for _, name := range statuses {
		r, err := chain.ParseStatusReceipt(file(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := chain.VerifyStatus(members, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(receipts) != 12 || len(statuses) != 3 {
		t.Errorf("%d receipts, %d statuses; want 12 and 3", len(receipts), len(statuses))
	}
	checkDocument(t)
}

func checkDocument(t *testing.T) {
	var all []document
	if err := json.Unmarshal(file(t, "documents.json"), &all); err != nil || len(all) != 5 {
		t.Fatalf("%d documents: %v", len(all), err)
	}
	d := all[0]
	r, err := chain.ParseReceipt(file(t, "receipt-05-rx.issue.json"))
	if err != nil {
		t.Fatal(err)
	}
	salt, err := hex.DecodeString(d.Salt)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Record.Statement.VerifyDocument(salt, []byte(d.Document)); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"another document": r.Record.Statement.VerifyDocument(salt, []byte(d.Document+" ")),
		"another salt":     r.Record.Statement.VerifyDocument(append(salt[1:], 0), []byte(d.Document)),
		"a short salt":     r.Record.Statement.VerifyDocument(salt[1:], []byte(d.Document)),
	} {
		if chain.ReasonOf(err) != chain.ReasonDigest {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// refuse reads and verifies a forgery as a stranger does.
func refuse(members *membership.Members, f forgery) error {
	if f.Kind == "status" {
		r, err := chain.ParseStatusReceipt([]byte(f.Text))
		if err != nil {
			return err
		}
		return chain.VerifyStatus(members, r)
	}
	r, err := chain.ParseReceipt([]byte(f.Text))
	if err != nil {
		return err
	}
	return chain.VerifyReceipt(members, r)
}

func TestGoldenForgeries(t *testing.T) {
	members, err := membership.ParseMembers(file(t, "members.json"))
	if err != nil {
		t.Fatal(err)
	}
	names := glob(t, filepath.Join("forged", "*.json"))
	if len(names) < 50 {
		t.Errorf("%d forgeries", len(names))
	}
	for _, name := range names {
		var f forgery
		if err := json.Unmarshal(file(t, name), &f); err != nil {
			t.Fatal(name, err)
		}
		if err := refuse(members, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", name, err, f.Reason)
		}
	}
}

// TestForgeries makes every forgery anew with fresh keys, and sees that every reason is met by one.
func TestForgeries(t *testing.T) {
	r := newReference()
	met := map[chain.Reason]bool{chain.ReasonDigest: true}
	for _, f := range forgeries(r) {
		met[f.Reason] = true
		if err := refuse(r.Members, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", f.Name, err, f.Reason)
		}
	}
	for _, reason := range []chain.Reason{
		chain.ReasonVersion, chain.ReasonMalformed, chain.ReasonWrongChain, chain.ReasonMembers, chain.ReasonOrg,
		chain.ReasonOrgRole,
		chain.ReasonOrgCert, chain.ReasonOrgSig, chain.ReasonActorCert, chain.ReasonActorRole, chain.ReasonActorSig,
		chain.ReasonPath,
		chain.ReasonSealMember, chain.ReasonSealDouble, chain.ReasonSealExpired, chain.ReasonSealSig,
		chain.ReasonQuorum, chain.ReasonDigest,
	} {
		if !met[reason] {
			t.Errorf("no forgery is refused for %s", reason)
		}
	}
}

func writeGolden(t *testing.T) {
	t.Helper()
	r := newReference()
	documents := r.document()
	if err := os.RemoveAll("testdata/forged"); err != nil {
		t.Fatal(err)
	}
	write(t, "members.json", r.Members.Bytes())
	write(t, "documents.json", text(documents))
	for i := range r.records {
		c := r.receipt(i, "h1", "h2", "p1")
		write(t, "receipt-"+string([]byte{'0' + byte(i/10), '0' + byte(i%10)})+"-"+string(c.Record.Statement.Kind)+
			".json", c.Bytes())
	}
	write(t, "status-present.json", r.status("rx:RX20261101A", voters...).Bytes())
	write(t, "status-absent.json", r.absent(true).Bytes())
	write(t, "status-absent-other.json", r.absent(false).Bytes())
	for _, f := range forgeries(r) {
		if len(f.Text) > chain.MaxReceiptBytes {
			continue // a quarter of a megabyte of spaces: made anew by TestForgeries
		}
		write(t, filepath.Join("forged", f.Name+".json"), text(f))
	}
}

// document gives every step of the golden prescription a document that names the step before it,
// and signs it anew.
func (r *reference) document() (all []document) {
	previous := ""
	for i, rec := range r.records {
		st, actor := rec.Statement, r.holder(rec.Statement.Actor)
		if st.Subject != chain.SubjectRx+goldenRx {
			continue
		}
		said := map[string]string{"note": "示例", "prescription": goldenRx, "previous": previous,
			"schema": "hospital." + string(st.Kind) + "/1"}
		if st.Kind != chain.KindPay { // the hospital's own step names nobody
			said["person"] = actor.Cert.SubjectCN()
		}
		d := document{Kind: st.Kind, Salt: hex.EncodeToString(goldenSalt),
			Document: string(chaintest.Must(json.Marshal(said)))}
		st.Digest = chain.Digest(goldenSalt, []byte(d.Document))
		r.records[i] = r.Sign(actor, st)
		previous, all = r.records[i].ID(), append(all, d)
	}
	r.states[len(r.states)-1].Last = previous
	r.rehash()
	return all
}

// absent proves a subject absent at an empty place or at another's leaf.
func (r *reference) absent(empty bool) *chain.StatusReceipt {
	for i := byte('A'); i <= 'Z'; i++ {
		for j := byte('A'); j <= 'Z'; j++ {
			if c := r.status("rx:NEVER"+string([]byte{i, j}), voters...); (c.Other == nil) == empty {
				return c
			}
		}
	}
	panic("no such place")
}

func text(v any) []byte {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err)
	}
	return append(b, '\n')
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i], _ = filepath.Rel("testdata", found[i])
	}
	return found
}
