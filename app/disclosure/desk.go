package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// Part is what a room offers: the documents that the records of its contract commit to, and to whom
// it shows them.
type Part struct {
	Subjects string          // prefix of its contract's subjects
	To       []chain.OrgRole // organisations that are given them
	// Open returns a record's document and salt, and notes the reading where it tells something of
	// a patient, before it gives anything away. id is the subject without its prefix, reader a
	// member of one of those roles. ErrNotHere when there is none.
	Open func(ctx context.Context, id, record, reader string) (document, salt []byte, err error)
}

// Desk answers requests at a hospital.
type Desk struct {
	Hospital string
	Node     Node
	Parts    []Part
	DB       *sqlstore.DB // remembers used nonces for longer than a request is good; nothing that may be lost could
	Now      func() time.Time
}

// to are the roles of organisations that are given any document at all.
func (d *Desk) to() (roles []chain.OrgRole) {
	for _, p := range d.Parts {
		roles = append(roles, p.To...)
	}
	return roles
}

// Answer checks a request, uses it up and discloses: ErrRefused, ErrReplayed, ErrNotHere.
func (d *Desk) Answer(ctx context.Context, r Request) (Answer, error) {
	role, err := r.Check(d.Node.Roster(), d.Hospital, d.Now(), d.to())
	if err != nil {
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
	for _, p := range d.Parts {
		id, its := strings.CutPrefix(rec.Record.Statement.Subject, p.Subjects)
		switch {
		case !its:
			continue
		case !slices.Contains(p.To, role):
			return Answer{}, fmt.Errorf("%w: such documents are not for a %s", ErrRefused, role)
		}
		document, salt, err := p.Open(ctx, id, r.Record, r.Member)
		return Answer{document, salt}, err
	}
	return Answer{}, ErrNotHere
}
