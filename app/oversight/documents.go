package oversight

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Pace of asking for documents: a hospital that is down is asked again after 5 s, 10 s … and at
// last every ten minutes.
const (
	asksATime  = 20
	firstAgain = 5 * time.Second
	lastAgain  = 10 * time.Minute
)

// askDue asks the hospitals for the documents that are due, the longest waiting first.
func (s *Service) askDue(ctx context.Context) error {
	tx := s.cfg.DB.WithContext(ctx)
	found, err := sqlstore.Rows[debtRow](
		tx.Where("next_try <= ?", millis(s.cfg.Now())).Order("next_try").Limit(asksATime))
	if err != nil {
		return err
	}
	due := sqlstore.Fit(tx, debtRow{}.TableName(), found, func(d debtRow) string { return d.Subject })
	down := map[string]bool{} // in this round
	var faults []error
	for _, d := range due {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.settle(ctx, d, down); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// settle asks for one document and looks at it, or notes that it is still owed.
func (s *Service) settle(ctx context.Context, d debtRow, down map[string]bool) error {
	history, err := s.cfg.Node.Records(ctx, d.Subject)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(history, func(c chain.Committed) bool { return c.ID == d.Record })
	if at < 0 {
		return fmt.Errorf("oversight: record %s of %s is not there any more", d.Record, d.Subject)
	}
	c, err := s.see(ctx, history[at])
	if err != nil {
		return err
	}
	answer, err := s.ask(ctx, d, c.Record.Statement, down)
	if err != nil {
		return s.owed(ctx, d, c, err)
	}
	return s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.judgeDocument(tx, c, answer); err != nil {
			return err
		}
		return tx.Delete(&debtRow{}, "record = ?", d.Record).Error
	})
}

var errDown = errors.New("oversight: the hospital did not answer in this round")

func (s *Service) ask(ctx context.Context, d debtRow, st chain.Statement,
	down map[string]bool) (disclosure.Answer, error) {
	base := s.cfg.Hospitals[d.Hospital]
	if base == "" || down[d.Hospital] {
		return disclosure.Answer{}, errDown
	}
	a, err := s.cfg.Client.Ask(ctx, base, st)
	if err != nil && !errors.Is(err, disclosure.ErrFalse) {
		down[d.Hospital] = true
	}
	return a, err
}

// owed puts the next question off; a document that is false, or owed for too long, is a finding.
func (s *Service) owed(ctx context.Context, d debtRow, c *Case, why error) error {
	if ctx.Err() != nil {
		return ctx.Err() // we are stopping: nobody's fault
	}
	now := s.cfg.Now()
	again := lastAgain
	if d.Tries < 8 {
		again = min(lastAgain, firstAgain<<d.Tries)
	}
	return s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
		if errors.Is(why, disclosure.ErrFalse) {
			if err := s.find(tx, FalseDocument,
				finding{subject: d.Subject, of: c,
					detail: "文书与盐值得不出存证的摘要 · document and salt do not give the record's digest"}); err != nil {
				return err
			}
		}
		if waited := now.Sub(time.UnixMilli(d.Since)); waited >= s.cfg.Limits.WithheldWait {
			if err := s.find(tx, ruleWithheld,
				finding{subject: d.Subject, of: c,
					detail: fmt.Sprintf("已催要 %[1]s · asked for %[1]s", waited.Truncate(time.Second))}); err != nil {
				return err
			}
		}
		return tx.Model(&debtRow{}).Where("record = ?", d.Record).
			Updates(map[string]any{"next_try": millis(now.Add(again)), "tries": d.Tries + 1}).Error
	})
}

// judgeDocument runs the rules that need the document itself. It goes no further than this
// function, but into a finding.
func (s *Service) judgeDocument(tx *gorm.DB, c *Case, a disclosure.Answer) error {
	if c.part == nil || c.part.Document == nil {
		return nil // its room offers no such rule any more
	}
	c.s, c.tx, c.document, c.salt = s, tx, a.Document, a.Salt
	return c.part.Document(c, a.Document)
}
