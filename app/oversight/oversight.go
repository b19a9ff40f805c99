// Package oversight is the regulator at work (监管): a read-only node follows the chain, runs the
// rules that rooms offer (Part) over every record and every refused attempt, asks hospitals for the
// documents that rules need, and keeps what it found. It knows no kind of a room. It promises that
// no sealed record is left out: it builds the log's root itself, record by record, and holds it
// against the root the members sealed, and it demands of every subject the sequence 1, 2, 3 …. It
// resumes where it stood after a kill, and finds each thing once. A document is looked at and
// forgotten; it is kept, encrypted, only when it is the reason for a finding (最小必要).
package oversight

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence/period"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Pace of the work.
const (
	every        = time.Second
	recordsATime = 500 // of one transaction
	blocksATime  = 500
	triesATime   = 1000 // refused attempts of them, and what one block more has
)

// ErrNotFound: no such finding.
var ErrNotFound = errors.New("oversight: no such finding")

// Node is what the regulator needs of his node; comet.Node does.
type Node interface {
	Health(ctx context.Context) chain.Health
	At(ctx context.Context, index uint64) (chain.Committed, error)
	Attempts(ctx context.Context, height int64) ([]chain.Attempt, error)
	SealedHeader(ctx context.Context, height int64) (*chain.SealedHeader, error)
	Subject(ctx context.Context, subject string) (chain.SubjectState, error)
	Records(ctx context.Context, subject string) ([]chain.Committed, error)
	Receipt(ctx context.Context, id string) (*chain.Receipt, error)
	History(ctx context.Context) (*chain.History, error)
	Roster() *membership.Roster
}

// Config of a Service.
type Config struct {
	DB        *sqlstore.DB
	Box       *keystore.Box // seals the documents kept as evidence
	Node      Node
	Client    *disclosure.Client
	Hospitals map[string]string // member id -> base URL of its application
	Parts     []Part            // what rooms offer
	Limits    Limits
	Log       *slog.Logger
	Now       func() time.Time
}

// Service follows and finds. One Service at a time works on a database.
type Service struct {
	cfg   Config
	rules []Rule
}

// New brings the tables up to date.
func New(ctx context.Context, cfg Config) (*Service, error) {
	if err := cfg.DB.Migrate(ctx, "oversight", sqlstore.Sub(migrations)); err != nil {
		return nil, err
	}
	return &Service{cfg, Rules(cfg.Parts)}, nil
}

// Run works until ctx ends. Every step is a transaction of its own and may be killed at any moment.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Round(ctx); err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("oversight: round failed, it will be tried again", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Export finds what the chain has of civil days in China, at most period.MaxDays: invalid.ErrInput,
// period.ErrTooLarge; chain.ErrNotSealed while there is nothing.
func (s *Service) Export(ctx context.Context, from, to string) (*period.Export, error) {
	x, err := period.New(ctx, s.cfg.Node, from, to)
	if !errors.Is(err, period.ErrDays) {
		return x, err
	}
	var c invalid.Check
	c.That(china.IsDay(from), "body.from", "a day, 2006-01-02")
	c.That(china.IsDay(to) && to >= from, "body.to", "a day, 2006-01-02, not before from")
	if c.Err() == nil {
		c.That(false, "body.to", fmt.Sprintf("at most %d days with from", period.MaxDays))
	}
	return nil, c.Err()
}

// Round follows the chain to its newest sealed record and its newest block, counts, and asks for
// the documents that are due.
func (s *Service) Round(ctx context.Context) error {
	return errors.Join(s.followRecords(ctx), s.followCells(ctx), s.followBlocks(ctx), s.askDue(ctx))
}
