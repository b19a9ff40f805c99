package chain_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/membership"
)

// TestEvidenceFile: one file that needs no other, whenever its receipts are from, and that brings
// no list from after them.
func TestEvidenceFile(t *testing.T) {
	a := newAnnals()
	for name, r := range a.receipts {
		f := evidence.NewEvidenceFile([]evidence.Evidence{{Receipt: r}}, a.history)
		read, err := evidence.ParseEvidenceFile(indented(f.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		timeline, err := read.History.Open()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := read.Evidence[0].Verify(timeline); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if last := timeline.Newest(); last.Digest().String() != r.Header.MembersRoot ||
			timeline.At(0).Digest() != a.history.Genesis.Digest() {
			t.Errorf("%s: the file's last list is not the one in force at the receipt's height", name)
		}
	}
	if n := len(a.history.Adoptions); n != 5 {
		t.Errorf("the history that the files were made of has %d steps left", n)
	}
}

func indented(b []byte) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", " "); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestEvidenceFileRefused(t *testing.T) {
	a := newAnnals()
	good := string(evidence.NewEvidenceFile([]evidence.Evidence{{Receipt: a.receipts["upgraded"]}}, a.history).Bytes())
	if evidence.KindOfFile([]byte(good)) != evidence.FileEvidence {
		t.Error("not told from other files")
	}
	for name, f := range map[string]struct {
		text string
		want error
	}{
		"unknown field": {strings.Replace(good, `{"evidence"`, `{"note":"","evidence"`, 1),
			canonical.ErrMalformed},
		"something behind it": {good + "[]", canonical.ErrMalformed},
		"no JSON":             {good[1:], canonical.ErrMalformed},
		"another version":     {good[:len(good)-2] + "2}", chain.ReasonVersion},
		"history not strict": {strings.Replace(good, `"history":{`, `"history":{"note":"",`, 1),
			canonical.ErrMalformed},
		"receipt not strict": {strings.Replace(good, `"receipt":{`, `"receipt":{"note":"",`, 1),
			canonical.ErrMalformed},
		"no history": {`{"evidence":[],"v":1}`, canonical.ErrMalformed},
		"evidence is a number": {strings.Replace(`{"evidence":1,"history":H,"v":1}`, "H", string(a.history.Bytes()), 1),
			canonical.ErrMalformed},
		"not canonical": {strings.Replace(good, `{"evidence":[{"receipt"`, `{"v":1,"evidence":[{"receipt"`,
			1)[:len(good)] + "}", canonical.ErrMalformed},
		"too large": {strings.Repeat(" ", evidence.MaxEvidenceBytes) + good, canonical.ErrTooLarge},
	} {
		if _, err := evidence.ParseEvidenceFile([]byte(f.text)); !errors.Is(err, f.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A list of the file that nobody voted for is found when the history is opened, whatever the
	// receipts say.
	forged := evidence.NewEvidenceFile([]evidence.Evidence{{Receipt: a.receipts["upgraded"]}}, a.history)
	forged.History.Adoptions = slices.Delete(slices.Clone(forged.History.Adoptions), 1, 2)
	read, err := evidence.ParseEvidenceFile(forged.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.History.Open(); !errors.Is(err, membership.ErrMembers) {
		t.Errorf("a step left out: %v", err)
	}
}
