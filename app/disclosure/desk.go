package disclosure

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Node is what a desk needs of the chain; comet.Node does.
type Node interface {
	Roster() *membership.Roster
	Record(ctx context.Context, id string) (chain.Committed, error)
}

// Files keeps the documents; prescription.Service does.
type Files interface {
	// Disclose returns a record's document and salt and notes the reading for the patient: an error
	// that IsMissing knows when there is none.
	Disclose(ctx context.Context, prescription, record, reader string) (document, salt []byte, err error)
}

// Desk answers requests at a hospital.
type Desk struct {
	Hospital  string
	Node      Node
	Files     Files
	IsMissing func(error) bool
	DB        *sqlstore.DB // remembers used nonces for longer than a request is good; nothing that may be lost could
	Now       func() time.Time
}

// Answer checks a request, uses it up and discloses: ErrRefused, ErrReplayed, ErrNotHere.
func (d *Desk) Answer(ctx context.Context, r Request) (Answer, error) {
	if err := r.Check(d.Node.Roster(), d.Hospital, d.Now()); err != nil {
		return Answer{}, err
	}
	used := sqlstore.Command{Key: r.Nonce, Actor: "disclosure:" + r.Member, Operation: "disclosure"}
	_, replayed, err := d.DB.Once(ctx, used, func(*gorm.DB) (any, error) { return true, nil })
	if err != nil {
		return Answer{}, fmt.Errorf("disclosure: nonces: %w", err)
	}
	if replayed {
		return Answer{}, ErrReplayed
	}
	rec, err := d.Node.Record(ctx, r.Record)
	if errors.Is(err, chain.ErrNotFound) {
		return Answer{}, ErrNotHere
	}
	if err != nil {
		return Answer{}, err
	}
	id, isRx := strings.CutPrefix(rec.Record.Statement.Subject, chain.SubjectRx)
	if !isRx {
		return Answer{}, ErrNotHere
	}
	document, salt, err := d.Files.Disclose(ctx, id, r.Record, r.Member)
	if err != nil && d.IsMissing(err) {
		return Answer{}, ErrNotHere
	}
	return Answer{document, salt}, err
}
