// Package audit holds a replayed chain against the tables of the rooms, and the rooms against the
// chain, so that nothing can be missing on either side. What every room has in common is compared
// here: the outbox, that every subject has a row, that every event opens its record. A room offers
// what it knows of its rows beyond that.
//
// It reads only: what it finds is for people to mend. Tables are read a page at a time, so memory
// does not grow with the hospital's age.
package audit

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Part is what a room offers the audit; what it does not need is left out.
type Part struct {
	// Subjects is the prefix of its contract's subjects, and Absent which of them, without the
	// prefix, its tables lack.
	Subjects string
	Absent   func(db *gorm.DB, ids []string) ([]string, error)
	// Lanes is the prefix of the subjects in whose lanes of the outbox its records may wait as
	// well; empty: they wait in their own subject's alone.
	Lanes string
	// Compare recomputes the room's rows from the records, and says in lines what it looked at.
	Compare func(context.Context, *Walk) error
}

// Chain is the replayed chain; home.AuditReport is one.
type Chain interface {
	Subject(subject string) (chain.SubjectState, error)  // chain.ErrNotFound
	Record(id string) (chain.Committed, error)           // chain.ErrNotFound
	RecordsOf(subject string) ([]chain.Committed, error) // none is no error
	EachRecord(context.Context, func(chain.Committed) error) error
	EachSubject(context.Context, func(chain.SubjectState) error) error
}

// Seals knows the organisations whose keys are here; consortium.Organisations does.
type Seals interface {
	Seal(org string) (intent.Seal, error) // keystore.ErrNotFound, chain.ErrNotFound
}

// Walk is one audit under way.
type Walk struct {
	Chain  Chain
	DB     *sqlstore.DB
	Box    *keystore.Box
	Seals  Seals
	Bureau *sqlstore.DB // the sandbox bureau's own; nil when there is none
	Report *Report

	parts []Part
	hosts map[string]bool // organisations whose keys are here
}

// Compare goes from the chain to the database and back, then from part to part. Faults are in the
// report; an error means that there was no audit.
func (w *Walk) Compare(ctx context.Context, parts []Part) error {
	w.parts, w.hosts = parts, map[string]bool{}
	if err := w.outbox(ctx); err != nil {
		return fmt.Errorf("audit of the outbox: %w", err)
	}
	if err := w.records(ctx); err != nil {
		return fmt.Errorf("audit of the records: %w", err)
	}
	if err := w.subjects(ctx); err != nil {
		return fmt.Errorf("audit of the subjects: %w", err)
	}
	w.sayRecords()
	for _, p := range parts {
		if p.Compare == nil {
			continue
		}
		if err := p.Compare(ctx, w); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	return nil
}

// Same reports a fault when two values that must be equal are not; values are never printed.
func (w *Walk) Same(equal bool, subject, rule, what string) {
	if !equal {
		w.Report.Fault(subject, rule, what)
	}
}

// hosted tells whether an organisation's application is this one: its seal is here.
func (w *Walk) hosted(org string) (bool, error) {
	if known, ok := w.hosts[org]; ok {
		return known, nil
	}
	_, err := w.Seals.Seal(org)
	if err != nil && !errors.Is(err, keystore.ErrNotFound) && !errors.Is(err, chain.ErrNotFound) {
		return false, err
	}
	w.hosts[org] = err == nil
	return err == nil, nil
}
