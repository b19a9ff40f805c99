package insurersandbox

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/money"
)

// auditPage is how many orders one read of an audit takes.
const auditPage = 500

// Booked is an order as the bureau's books have it.
type Booked struct {
	Number, Order         string // the hospital's number, the bureau's
	Settled, Refunded     bool   // a refunded one was settled too
	Parts                 money.Parts
	SettledAt, RefundedAt time.Time
}

// Each calls fn with every order by its number, for audits, a page at a time. db is the bureau's
// own.
func Each(ctx context.Context, db *gorm.DB, fn func([]Booked) error) error {
	for after := ""; ; {
		// what does not fit is missing, and the audit says so
		found, err := sqlstore.Rows[orderRow](
			db.WithContext(ctx).Where("number > ?", after).Order("number").Limit(auditPage))
		if err != nil {
			return err
		}
		rows := found.Rows
		page := make([]Booked, len(rows))
		for i, r := range rows {
			page[i] = r.booked()
			after = r.Number
		}
		if err := fn(page); err != nil || len(rows) < auditPage {
			return err
		}
	}
}

// Find returns those of the numbers that the bureau has orders of; one that does not fit is
// missing.
func Find(ctx context.Context, db *gorm.DB, numbers []string) (map[string]Booked, error) {
	rows, err := sqlstore.Rows[orderRow](db.WithContext(ctx).Where("number IN ?", numbers))
	if err != nil {
		return nil, err
	}
	found := make(map[string]Booked, len(rows.Rows))
	for i, r := range rows.Rows {
		if rows.Err(i) == nil {
			found[r.Number] = r.booked()
		}
	}
	return found, nil
}

func (o orderRow) booked() Booked {
	state := insurer.OrdState(o.State)
	b := Booked{
		Number: o.Number, Order: o.PayOrdID, Refunded: state == insurer.StateRefunded,
		Settled: state == insurer.StateSettled || state == insurer.StateRefunded,
		Parts:   money.Parts{Fund: money.Fen(o.Fund), Account: money.Fen(o.Account), Cash: money.Fen(o.Cash)},
	}
	if o.SetlTime != 0 {
		b.SettledAt = time.UnixMilli(o.SetlTime).UTC()
	}
	if o.RefdTime != 0 {
		b.RefundedAt = time.UnixMilli(o.RefdTime).UTC()
	}
	return b
}
