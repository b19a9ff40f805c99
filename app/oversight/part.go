package oversight

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
)

// Part is what a room offers the regulator: the rules over the subjects of its contract. A rule
// that needs no knowledge of a kind is the package's own (general).
type Part struct {
	Subjects string // prefix of its contract's subjects
	Rules    []Rule // all that its functions find
	// Ask are the kinds whose rules look at what stood on the chain before; a refused attempt's
	// always do.
	Ask []chain.Kind
	// Step judges a sealed record; nil: no rule is about one.
	Step func(*Case) error
	// Attempt names the rule that somebody tried to break; ok is false for none. nil: no rule is
	// about what was refused.
	Attempt func(Tried) (rule Rule, ok bool)
	// Document judges a document that a step owed (Case.Owe), already held against its record's
	// digest; nil: no step owes one.
	Document func(c *Case, document []byte) error
	// Counted are the kinds whose records are counted by day and organisation (Figures).
	Counted []chain.Kind
	// Outcomes are groups of counted kinds, of other rooms among them, that end one and the same
	// thing or stand for one another: whoever knows how many there were and all but one of the
	// numbers knows the last.
	Outcomes [][]chain.Kind
}

// Case is a sealed record under judgement. Its methods work in one transaction with the place.
type Case struct {
	chain.Committed
	Person  string            // opaque id of who signed; empty: an organisation's own seal
	Earlier []chain.Committed // what stood on its subject before, for the kinds of Part.Ask

	part *Part
	s    *Service
	tx   *gorm.DB
	// disclosed, when a document is under judgement
	document, salt []byte
}

// Tried is a refused record.
type Tried struct {
	chain.Attempt
	Person  string            // opaque id of who signed
	Earlier []chain.Committed // what stood on its subject when it was tried
}

// Statement is what the record says.
func (c *Case) Statement() chain.Statement { return c.Record.Statement }

// Before is where the subject stood, as far as its records tell; for the kinds of Part.Ask.
func (c *Case) Before() (state chain.SubjectState) {
	for _, r := range c.Earlier {
		state = chain.Advance(state, r.Record.Statement, r.ID, "")
	}
	return state
}

// Find keeps what a rule found, with the disclosed document as evidence where there is one. The
// same rule about the same subject is found once. detail is in both languages and names nobody.
func (c *Case) Find(r Rule, subject, detail string) error {
	return c.s.find(c.tx, r, finding{subject: subject, of: c, detail: detail})
}

// Owe asks the organisation that wrote the record for its document. It comes to Part.Document, in a
// later round.
func (c *Case) Owe() error {
	now, st := millis(c.s.cfg.Now()), c.Record.Statement
	_, err := insertOnce(c.tx, &debtRow{Record: c.ID, Subject: st.Subject, Hospital: st.Org, Since: now, NextTry: now})
	return err
}

// partOf is the part that judges a subject; nil: no room offers any.
func (s *Service) partOf(subject string) *Part {
	for i := range s.cfg.Parts {
		if p := &s.cfg.Parts[i]; p.Subjects != "" && strings.HasPrefix(subject, p.Subjects) {
			return p
		}
	}
	return nil
}

// asks tells whether the rules over a kind look at what was before.
func (p *Part) asks(k chain.Kind) bool {
	return p != nil && slices.Contains(p.Ask, k)
}

// earlier are the records of a subject for which before holds.
func (s *Service) earlier(ctx context.Context, subject string, before func(chain.Committed) bool) ([]chain.Committed,
	error) {
	list, err := s.cfg.Node.Records(ctx, subject)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	for i, c := range list {
		if !before(c) {
			return list[:i], err
		}
	}
	return list, err
}
