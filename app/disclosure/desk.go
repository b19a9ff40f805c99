package disclosure

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/chain"
)

// Node is what a desk needs of the chain; comet.Node does.
type Node interface {
	Roster() *chain.Roster
	Record(ctx context.Context, id string) (chain.Committed, error)
}

// Files keeps the documents; prescription.Service does.
type Files interface {
	// Disclose returns a record's document and salt and notes the reading for the patient: an error that IsMissing knows when there is none.
	Disclose(ctx context.Context, prescription, record, reader string) (document, salt []byte, err error)
}

// Desk answers requests at a hospital.
type Desk struct {
	Hospital  string
	Node      Node
	Files     Files
	IsMissing func(error) bool
	Redis     *redis.Client // remembers used nonces for as long as a request is good; when it loses them, a request may be used twice
	Now       func() time.Time
}

// Answer checks a request, uses it up and discloses: ErrRefused, ErrReplayed, ErrNotHere.
func (d *Desk) Answer(ctx context.Context, r Request) (Answer, error) {
	if err := r.Check(d.Node.Roster(), d.Hospital, d.Now()); err != nil {
		return Answer{}, err
	}
	fresh, err := d.Redis.SetNX(ctx, "disclosure:"+r.Member+":"+r.Nonce, 1, 2*Window).Result()
	if err != nil {
		return Answer{}, fmt.Errorf("disclosure: nonces: %w", err)
	}
	if !fresh {
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
