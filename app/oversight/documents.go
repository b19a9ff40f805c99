package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
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
	c := seen{Committed: history[0]} // a prescription begins with its issue
	if c.person, err = s.person(ctx, c.Record.Statement); err != nil {
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
func (s *Service) owed(ctx context.Context, d debtRow, c seen, why error) error {
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
			if err := s.find(tx, ruleFalse,
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

// judgeDocument runs the rules that need the prescription itself. The document goes no further than
// this function, but into a finding.
func (s *Service) judgeDocument(tx *gorm.DB, c seen, a disclosure.Answer) error {
	found := func(r Rule, detail string) error {
		return s.find(tx, r, finding{subject: c.Record.Statement.Subject, of: c, detail: detail, document: a.Document,
			salt: a.Salt})
	}
	var rx document.IssueDocument
	if err := json.Unmarshal(a.Document, &rx); err != nil || !slices.Contains(document.IssueSchemas, rx.Schema) {
		return found(ruleFalse, "文书不是已知格式的处方 · the document is no prescription of a known form")
	}
	var errs []error
	// decoction pieces (中药饮片) would not count; the catalogue has none
	if n := len(rx.Items); n > medicine.MaxItems {
		errs = append(errs, found(ruleFiveDrugs, fmt.Sprintf("%[1]d 种药品 · %[1]d drugs", n)))
	}
	longest, packages := 0, int64(0)
	for _, item := range rx.Items {
		longest, packages = max(longest, item.Days), packages+item.Packages
	}
	if longest > rules.OrdinaryDays && rx.LongTerm.Reason == "" {
		errs = append(errs, found(ruleSevenDays, fmt.Sprintf("%[1]d 天用量 · %[1]d days", longest)))
	}
	if packages > int64(s.cfg.Limits.Packages) {
		errs = append(errs, found(rulePackages, fmt.Sprintf("开具 %[1]d 个包装 · %[1]d packages prescribed", packages)))
	}
	if rx.Person == rx.Patient.Person {
		errs = append(errs, found(ruleSelfRx, "开方者与患者是同一人 · prescriber and patient are one person"))
	}
	return errors.Join(errs...)
}
