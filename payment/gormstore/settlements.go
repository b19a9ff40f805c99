package gormstore

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/money"
)

const feesContext = "payment_settlements.fees/"

type splitColumns struct {
	Total, OwnPay, PreSelfPay, InScope, Deductible, Pooled, Fund, Account, Cash, Hospital, Personal money.Fen
	OtherFunds                                                                                      money.Funds
}

type settlementRow struct {
	ID                                      string `gorm:"primaryKey"`
	Rx, Person, Payer, Card, Policy, Status string
	Fees                                    []byte
	Split                                   splitColumns `gorm:"embedded"`
	Seq, Version                            int64
	Attempts                                int
	NextTry                                 int64
	Told                                    bool
	InsurerNo, Reason                       string
	OpenedAt, SettledAt, RefundedAt         int64
	DeskAt, DecidedAt                       int64
	Decision                                string
	Watch                                   bool
}

func (settlementRow) TableName() string { return "payment_settlements" }

type settlements struct {
	db    *gorm.DB
	box   *keystore.Box
	store *Store
}

func (s settlements) Insert(r payment.Row) error {
	row, err := s.row(r)
	if err != nil {
		return err
	}
	err = s.db.Create(&row).Error
	if sqlstore.IsDuplicate(err) {
		return payment.ErrPaidAlready
	}
	return err
}

// Update changes what a settlement's verbs change; the bill and the split never do.
func (s settlements) Update(r payment.Row) error {
	waits := !r.DeskAt.IsZero() && s.store.AtDesk != nil
	if waits {
		var waited int64
		err := s.db.Model(&settlementRow{}).Where("id = ? AND desk_at > 0", r.ID).Count(&waited).Error
		if err != nil {
			return err
		}
		waits = waited == 0
	}
	res := s.db.Model(&settlementRow{}).Where("id = ? AND version = ?", r.ID, r.Version).Updates(map[string]any{
		"status": string(r.Status), "seq": int64(r.Seq), "version": int64(r.Version + 1), "attempts": r.Attempts,
		"next_try": millis(r.NextTry), "told": r.Told,
		"insurer_no": r.Order, "reason": r.Reason, "settled_at": millis(r.SettledAt),
		"refunded_at": millis(r.RefundedAt),
		"desk_at":     millis(r.DeskAt), "decided_at": millis(r.DecidedAt), "decision": string(r.Decision),
		"watch": r.Watch,
	})
	if res.Error == nil && res.RowsAffected == 0 {
		return fmt.Errorf("%w: %s", payment.ErrConflict, r.ID)
	}
	if res.Error != nil || !waits {
		return res.Error
	}
	return s.store.AtDesk(s.db, r)
}

func (s settlements) Get(id string) (payment.Row, error) {
	rows, err := s.list(s.db.Where("id = ?", id))
	if err != nil {
		return payment.Row{}, err
	}
	if len(rows) == 0 {
		return payment.Row{}, payment.ErrNotFound
	}
	return rows[0], nil
}

func (s settlements) Of(rx string) ([]payment.Row, error) {
	return s.list(s.db.Where("rx = ?", rx).Order("opened_at DESC, id DESC"))
}

func (s settlements) Due(now time.Time, limit int) (due []payment.Due, err error) {
	rows, err := sqlstore.Rows[payment.Due](
		s.db.Model(&settlementRow{}).Where("next_try > 0 AND next_try <= ?", now.UnixMilli()).Order("next_try, id").
			Limit(limit))
	return sqlstore.Fit(s.db, settlementRow{}.TableName(), rows, func(d payment.Due) string { return d.ID }), err
}

func (s settlements) Lease(d payment.Due, until time.Time) error {
	res := s.db.Model(&settlementRow{}).Where("id = ? AND version = ?", d.ID, int64(d.Version)).
		Updates(map[string]any{"next_try": millis(until), "version": int64(d.Version + 1)})
	if res.Error == nil && res.RowsAffected == 0 {
		return fmt.Errorf("%w: %s", payment.ErrConflict, d.ID)
	}
	return res.Error
}

func (s settlements) Opened(payer string, since time.Time) (int, error) {
	var n int64
	err := s.db.Model(&settlementRow{}).Where("payer = ? AND opened_at >= ?", payer, millis(since)).Count(&n).Error
	return int(n), err
}

func (s settlements) AtDesk(limit int) ([]payment.Row, error) {
	rows, err := sqlstore.Rows[settlementRow](s.db.Where("desk_at > 0").Order("desk_at, id").Limit(limit))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(s.db, settlementRow{}.TableName(), rows,
		func(r settlementRow) string { return r.ID }, s.open)
}

func (s settlements) Booked(from, to time.Time, after string, limit int) (list []payment.Row, unread int, next string,
	err error) {
	a, b := max(from.UnixMilli(), 1), to.UnixMilli() // 0 is "never"
	// The day's numbers come from the two indexes by time. They are of those rows that have a time,
	// so the statement says that, too; and the number is no plain column in it, because the whole
	// table from that number on would otherwise be read.
	span := s.db.Where(`id IN (
		SELECT id FROM payment_settlements
			WHERE settled_at > 0 AND settled_at >= ? AND settled_at < ? AND id || '' > ?
		UNION SELECT id FROM payment_settlements
			WHERE refunded_at > 0 AND refunded_at >= ? AND refunded_at < ? AND id || '' > ?)`, a, b, after, a, b, after)
	rows, err := sqlstore.Rows[settlementRow](span.Order("id").Limit(limit))
	if err != nil {
		return nil, 0, "", err
	}
	if len(rows.Rows) == limit {
		next = rows.Rows[limit-1].ID
	}
	list, err = sqlstore.Readable(s.db, settlementRow{}.TableName(), rows,
		func(r settlementRow) string { return r.ID }, s.open)
	return list, len(rows.Rows) - len(list), next, err
}

func (s settlements) list(q *gorm.DB) ([]payment.Row, error) {
	rows, err := sqlstore.Rows[settlementRow](q)
	if err != nil {
		return nil, err
	}
	out := make([]payment.Row, len(rows.Rows))
	for i, r := range rows.Rows {
		if err := rows.Err(i); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", payment.ErrStored, r.ID, err)
		}
		if out[i], err = s.open(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s settlements) row(r payment.Row) (settlementRow, error) {
	plain, err := json.Marshal(r.Fees)
	if err != nil {
		return settlementRow{}, err
	}
	fees, err := s.box.Seal(plain, feesContext+r.ID)
	p := r.Split
	return settlementRow{
		ID: r.ID, Rx: r.Rx, Person: r.Person, Payer: r.Payer, Card: r.Card, Policy: r.Policy,
		Status: string(r.Status), Fees: fees,
		Split: splitColumns{p.Total, p.OwnPay, p.PreSelfPay, p.InScope, p.Deductible, p.Pooled, p.Fund, p.Account,
			p.Cash, p.Hospital, p.Person, p.OtherFunds},
		Seq: int64(r.Seq), Version: int64(r.Version), Attempts: r.Attempts, NextTry: millis(r.NextTry), Told: r.Told,
		InsurerNo: r.Order,
		Reason:    r.Reason, OpenedAt: millis(r.OpenedAt), SettledAt: millis(r.SettledAt),
		RefundedAt: millis(r.RefundedAt),
		DeskAt:     millis(r.DeskAt), DecidedAt: millis(r.DecidedAt), Decision: string(r.Decision), Watch: r.Watch,
	}, err
}

func (s settlements) open(r settlementRow) (payment.Row, error) {
	p := r.Split
	out := payment.Row{
		ID: r.ID, Rx: r.Rx, Person: r.Person, Payer: r.Payer, Card: r.Card, Policy: r.Policy,
		Status: payment.Status(r.Status),
		Split: money.Split{Total: p.Total, OwnPay: p.OwnPay, PreSelfPay: p.PreSelfPay, InScope: p.InScope,
			Deductible: p.Deductible, Pooled: p.Pooled,
			Fund: p.Fund, Account: p.Account, Cash: p.Cash, Hospital: p.Hospital, Person: p.Personal,
			OtherFunds: p.OtherFunds},
		Seq: uint64(r.Seq), Version: uint64(r.Version), Attempts: r.Attempts, NextTry: instant(r.NextTry), Told: r.Told,
		Order:  r.InsurerNo,
		Reason: r.Reason, OpenedAt: instant(r.OpenedAt), SettledAt: instant(r.SettledAt),
		RefundedAt: instant(r.RefundedAt),
		DeskAt:     instant(r.DeskAt), DecidedAt: instant(r.DecidedAt), Decision: payment.Decision(r.Decision),
		Watch: r.Watch,
	}
	plain, err := s.box.Open(r.Fees, feesContext+r.ID)
	if err == nil {
		err = json.Unmarshal(plain, &out.Fees)
	}
	if err != nil {
		return payment.Row{}, fmt.Errorf("%w: %s: %w", payment.ErrStored, r.ID, err)
	}
	return out, nil
}

type eventRow struct {
	Settlement string `gorm:"primaryKey"`
	Seq        int64  `gorm:"primaryKey"`
	Kind       string
	Record     string
	Document   []byte
	Salt       []byte
	At         int64
}

func (eventRow) TableName() string { return "payment_events" }

type events struct {
	db    *gorm.DB
	box   *keystore.Box
	store *Store
}

func eventContext(column, record string) string { return "payment_events." + column + "/" + record }

func (e events) Add(ev payment.Event) error {
	r := eventRow{Settlement: ev.Settlement, Seq: int64(ev.Seq), Kind: string(ev.Kind), Record: ev.Record,
		At: millis(ev.At)}
	var err error
	if r.Document, err = e.box.Seal(ev.Document, eventContext("document", ev.Record)); err != nil {
		return err
	}
	if r.Salt, err = e.box.Seal(ev.Salt, eventContext("salt", ev.Record)); err != nil {
		return err
	}
	if err := e.db.Create(&r).Error; err != nil || e.store.Notify == nil || ev.Kind == chain.KindPayOpen {
		return err
	}
	row, err := settlements(e).Get(ev.Settlement)
	if err != nil {
		return err
	}
	return e.store.Notify(e.db, row, ev.Kind, ev.At)
}

func (e events) Opening(settlement string) (record string, err error) {
	return record, e.db.Model(&eventRow{}).Select("record").Where("settlement = ? AND seq = 1", settlement).Limit(1).
		Scan(&record).Error
}

func (e events) Of(settlement string) ([]payment.Event, error) {
	var rows []eventRow
	if err := e.db.Where("settlement = ?", settlement).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]payment.Event, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = e.open(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}
