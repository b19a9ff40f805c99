package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/watch"
)

var errBadProof = errors.New("the proof does not hold")

// verifyProof checks what is no list of receipts; done is false for one that is.
func verifyProof(b []byte, t *chain.Timeline) (done bool, err error) {
	var shape map[string]json.RawMessage
	if json.Unmarshal(b, &shape) != nil {
		return false, nil //nolint:nilerr // an array, or nothing that can be read: the receipts' reader says
	}
	switch {
	case chain.IsDossier(b):
		return true, verifyDossier(b, t)
	case chain.IsEvidenceFile(b):
		f, err := chain.ParseEvidenceFile(b)
		if err != nil {
			return true, refused(err)
		}
		return true, verifyReceipts(f.Evidence, t)
	case shape["accessCode"] != nil && shape["evidence"] != nil:
		return true, verifyBundle(shape["evidence"], t)
	case shape["ours"] != nil && shape["theirs"] != nil:
		return true, verifyFork(b, t)
	case shape["old"] != nil && shape["new"] != nil:
		return true, verifyConsistency(b, t)
	}
	return false, nil
}

func refused(err error) error {
	fmt.Printf("BAD  %s: %v\n", chain.ReasonOf(err), err)
	return errBadProof
}

// verifyBundle checks the receipts and documents of a patient's bundle. Whether they are all about one prescription that is still to be had is
// the pharmacy's question, which needs the chain.
func verifyBundle(evidence []byte, t *chain.Timeline) error {
	list, err := chain.ParseEvidence(evidence)
	if err != nil {
		return refused(err)
	}
	fmt.Println("a patient's bundle: whether the prescription is still to be had only the chain can say")
	return verifyReceipts(list, t)
}

func verifyConsistency(b []byte, t *chain.Timeline) error {
	c, err := chain.ParseConsistency(b)
	if err == nil {
		err = c.Verify(t)
	}
	if err != nil {
		return refused(err)
	}
	fmt.Printf("good the %d records sealed at height %d are the first of the %d sealed at height %d\n", c.Old.Header.LogSize, c.Old.Header.Height, c.New.Header.LogSize, c.New.Header.Height)
	return nil
}

func verifyFork(b []byte, t *chain.Timeline) error {
	var a watch.Alarm
	err := json.Unmarshal(b, &a)
	if err == nil {
		err = a.Proves(t)
	}
	if err != nil {
		return refused(err)
	}
	fmt.Printf("FORK proved at height %d: each of two contradicting headers is sealed by more than two thirds of the votes; sealed by both: %v\n", a.Ours.Header.Height, a.Members)
	return nil
}

func verifyDossier(b []byte, t *chain.Timeline) error {
	d, err := chain.ParseDossier(b)
	if err != nil {
		return refused(err)
	}
	fmt.Printf("the regulator says (not proved by this file): %s\n", d.Finding)
	bad := false
	for _, a := range d.Attempts {
		if err := a.Verify(t); err != nil {
			_, bad = refused(err), true
			continue
		}
		s := a.Record.Statement
		fmt.Printf("good attempt: %-12s %s #%d signed by %s; by the regulator's word refused at height %d: %s\n", s.Kind, s.Subject, s.Seq, s.Org, a.Height, a.Code)
	}
	if len(d.Evidence) > 0 {
		err = verifyReceipts(d.Evidence, t)
	}
	if bad || err != nil || len(d.Evidence)+len(d.Attempts) == 0 {
		return errors.Join(err, errBadProof)
	}
	return nil
}
