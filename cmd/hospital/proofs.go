package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
)

var errBadProof = errors.New("the proof does not hold")

// verifyProof checks what is no list of receipts; done is false for one that is, and for what
// cannot be read.
func verifyProof(b []byte, t *chain.Timeline) (done bool, err error) {
	switch evidence.KindOfFile(b) {
	case evidence.FileDossier:
		return true, verifyDossier(b, t)
	case evidence.FileEvidence:
		f, err := evidence.ParseEvidenceFile(b)
		if err != nil {
			return true, refused(err)
		}
		return true, verifyReceipts(f.Evidence, t)
	case evidence.FileBundle:
		return true, verifyBundle(b, t)
	case evidence.FileStatus:
		return true, verifyStatus(b, t)
	case evidence.FileFork:
		return true, verifyFork(b, t)
	case evidence.FileConsistency:
		return true, verifyConsistency(b, t)
	case evidence.FileSealed:
		return true, verifySealed(b, t)
	}
	return false, nil
}

func refused(err error) error {
	fmt.Printf("BAD  %s: %v\n", chain.ReasonOf(err), err)
	return errBadProof
}

// verifyBundle checks the receipts and documents of a patient's bundle. Whether they are all about
// one prescription that is still to be had is the pharmacy's question, which needs the chain.
func verifyBundle(b []byte, t *chain.Timeline) error {
	bundle, err := evidence.ParseBundleFile(b)
	if err != nil {
		return refused(err)
	}
	fmt.Printf("a patient's bundle of %s: whether the prescription is still to be had only the chain can say\n",
		bundle.Prescription)
	return verifyReceipts(bundle.Evidence, t)
}

// verifyStatus checks where a subject stands, or that it has no record, at a sealed height.
func verifyStatus(b []byte, t *chain.Timeline) error {
	c, err := chain.ParseStatusReceipt(b)
	if err == nil {
		err = t.VerifyStatus(c)
	}
	if err != nil {
		return refused(err)
	}
	s, at := c.State, time.UnixMilli(c.Header.Time).UTC().Format(time.RFC3339)
	if s.Status == chain.StatusNone {
		fmt.Printf("good %s has no record at height %d (%s), %d seal(s)\n", s.Subject, c.Header.Height, at,
			len(c.Seals))
		return nil
	}
	fmt.Printf("good %s is %s since its record #%d (%s) at height %d (%s), %d seal(s)\n", s.Subject, s.Status, s.Seq,
		s.Last, c.Header.Height, at, len(c.Seals))
	return nil
}

func verifySealed(b []byte, t *chain.Timeline) error {
	s, err := chain.ParseSealedHeader(b)
	if err == nil {
		err = t.VerifySealed(s)
	}
	if err != nil {
		return refused(err)
	}
	fmt.Printf("good a list of %d records is sealed at height %d, %d seal(s)\n", s.Header.LogSize, s.Header.Height,
		len(s.Seals))
	return nil
}

func verifyConsistency(b []byte, t *chain.Timeline) error {
	c, err := chain.ParseConsistency(b)
	if err == nil {
		err = c.Verify(t)
	}
	if err != nil {
		return refused(err)
	}
	fmt.Printf("good the %d records sealed at height %d are the first of the %d sealed at height %d\n",
		c.Old.Header.LogSize, c.Old.Header.Height, c.New.Header.LogSize, c.New.Header.Height)
	return nil
}

func verifyFork(b []byte, t *chain.Timeline) error {
	f, err := chain.ParseFork(b)
	if err != nil {
		return refused(err)
	}
	both, err := f.Verify(t)
	if err != nil {
		return refused(err)
	}
	fmt.Printf(
		"FORK proved at height %d: each of two contradicting headers is sealed by more than two thirds of the votes; sealed by both: %v\n", f.Ours.Header.Height, both)
	return nil
}

func verifyDossier(b []byte, t *chain.Timeline) error {
	d, err := evidence.ParseDossier(b)
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
		fmt.Printf("good attempt: %-12s %s #%d signed by %s; by the regulator's word refused at height %d: %s\n",
			s.Kind, s.Subject, s.Seq, s.Org, a.Height, a.Code)
	}
	if len(d.Evidence) > 0 {
		err = verifyReceipts(d.Evidence, t)
	}
	if bad || err != nil || len(d.Evidence)+len(d.Attempts) == 0 {
		return errors.Join(err, errBadProof)
	}
	return nil
}
