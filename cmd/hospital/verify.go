package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/smart-hospital/hospital/chain"
)

// verifyCmd needs two files and nothing else: no server, no key, no network.
type verifyCmd struct {
	File    string `arg:"" help:"Receipts: one receipt, or a JSON array of {receipt, document, salt}. Or a consistency proof, the evidence of a fork, a regulator's dossier." type:"existingfile"`
	Members string `help:"The consortium's published members' list: the first one, from its genesis." type:"existingfile" default:"members.json"`
	History string `help:"The lists since then with the votes that made them (history.json of any node); empty: the list never changed." type:"existingfile"`
}

var errBadReceipts = errors.New("not every receipt is good")

// Run prints a line for every receipt and fails when one is bad.
func (v verifyCmd) Run() error {
	timeline, err := v.timeline()
	if err != nil {
		return err
	}
	b, err := os.ReadFile(v.File)
	if err != nil {
		return err
	}
	if done, err := verifyProof(b, timeline); done {
		return err
	}
	list, err := chain.ParseEvidence(b)
	if err != nil {
		return fmt.Errorf("%s: %w", v.File, err)
	}
	return verifyReceipts(list, timeline)
}

func verifyReceipts(list []chain.Evidence, timeline *chain.Timeline) error {
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
		fmt.Printf("good %d: %-12s %s #%d by %s at height %d, %d seal(s), %s\n", i, s.Kind, s.Subject, s.Seq, s.Org, e.Receipt.Header.Height, len(e.Receipt.Seals), with)
	}
	fmt.Printf("%d receipts, %d good, %d bad\n", len(list), len(list)-bad, bad)
	if bad > 0 || len(list) == 0 {
		return errBadReceipts
	}
	return nil
}

func readRoster(path string) (*chain.Roster, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := chain.ParseMembers(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m.Open()
}

var errOtherGenesis = errors.New("the history begins with another members' list")

// timeline is trusted as far as the members' list is: the history proves itself by it.
func (v verifyCmd) timeline() (*chain.Timeline, error) {
	roster, err := readRoster(v.Members)
	if err != nil {
		return nil, err
	}
	if v.History == "" {
		return chain.NewTimeline(roster), nil
	}
	b, err := os.ReadFile(v.History)
	if err != nil {
		return nil, err
	}
	t, err := chain.ParseHistory(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.History, err)
	}
	if t.At(0).Digest() != roster.Digest() {
		return nil, fmt.Errorf("%s: %w", v.History, errOtherGenesis)
	}
	return t, nil
}
