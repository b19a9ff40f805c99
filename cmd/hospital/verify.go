package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/membership"
)

// verifyCmd needs one or two files and nothing else: no server, no key, no network.
type verifyCmd struct {
	File    string `arg:"" help:"An evidence file (of the mini-app, of \"hospital journey\"), one receipt, an array of {document, receipt, salt}, a status receipt, a patient's bundle, a regulator's dossier, an export of a period (ZIP), a sealed header, a consistency proof, or the evidence of a fork." type:"existingfile"`
	Members string `help:"The consortium's published members' list: the first one, from its genesis." type:"existingfile" xor:"trust"`
	Genesis string `help:"Digest of that list, 64 hex digits, instead of it: for a file that brings the lists along." placeholder:"HEX" xor:"trust"`
	History string `help:"The lists since then with the votes that made them (history.json of any node), for a file that does not bring them; empty: the list never changed." type:"existingfile"`
}

var (
	errBadReceipts  = errors.New("not every receipt is good")
	errOtherGenesis = errors.New("the history begins with another members' list")
	errNoLists      = errors.New("the file brings no members' lists: give --members, or --history beside --genesis")
)

// Run prints a line for every receipt and fails when one is bad.
func (v verifyCmd) Run() error {
	if done, err := v.verifyPeriod(); done || err != nil {
		return err
	}
	b, err := os.ReadFile(v.File)
	if err != nil {
		return err
	}
	timeline, err := v.timeline(b)
	if err != nil {
		return err
	}
	if done, err := verifyProof(b, timeline); done {
		return err
	}
	list, err := evidence.ParseEvidence(b)
	if err != nil {
		return fmt.Errorf("%s: %w", v.File, err)
	}
	return verifyReceipts(list, timeline)
}

func verifyReceipts(list []evidence.Evidence, timeline *chain.Timeline) error {
	bad := 0
	for i, e := range list {
		if err := e.Verify(timeline); err != nil {
			bad++
			fmt.Printf("BAD  %d: %s: %v\n", i, chain.ReasonOf(err), err)
			continue
		}
		s := e.Receipt.Record.Statement
		with := "record only"
		if e.Document != nil {
			with = "with its document"
		}
		fmt.Printf("good %d: %-12s %s #%d by %s at height %d, %d seal(s), %s\n", i, s.Kind, s.Subject, s.Seq, s.Org,
			e.Receipt.Header.Height, len(e.Receipt.Seals), with)
	}
	fmt.Printf("%d receipts, %d good, %d bad\n", len(list), len(list)-bad, bad)
	if bad > 0 || len(list) == 0 {
		return errBadReceipts
	}
	return nil
}

func readRoster(path string) (*membership.Roster, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := membership.ParseMembers(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m.Open()
}

// timeline is trusted as far as the genesis list is, which the caller names or gives: a history, of
// a file of its own or out of the evidence, proves itself by it.
func (v verifyCmd) timeline(evidence []byte) (*chain.Timeline, error) {
	var founders *membership.Roster
	if v.Genesis == "" {
		path := v.Members
		if path == "" {
			path = "members.json"
		}
		var err error
		if founders, err = readRoster(path); err != nil {
			return nil, err
		}
		v.Genesis = founders.Digest().String()
	}
	history, err := v.history(evidence)
	if err != nil {
		return nil, err
	}
	if history == nil && founders == nil {
		return nil, errNoLists
	}
	if history == nil {
		return chain.NewTimeline(founders), nil
	}
	t, err := chain.ParseHistory(history)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	if got := t.At(0).Digest().String(); got != v.Genesis {
		return nil, fmt.Errorf("%w: %s", errOtherGenesis, got)
	}
	return t, nil
}

// history is the text of the lists: of --history, else out of the evidence; nil: there is none.
func (v verifyCmd) history(evidence []byte) ([]byte, error) {
	if v.History != "" {
		return os.ReadFile(v.History)
	}
	var file map[string]json.RawMessage // exact names: a struct would take "History" as well
	if json.Unmarshal(evidence, &file) != nil {
		return nil, nil //nolint:nilerr // an array, or nothing that can be read: the evidence's reader says
	}
	return file["history"], nil
}
