package gormstore

import (
	"crypto/rand"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
)

type exchangeRow struct {
	ID         string `gorm:"primaryKey"`
	Settlement string
	At         int64
	Op         string
	Sent       []byte
	SentDigest string
	Came       []byte
	CameDigest string
	Fault      string
}

func (exchangeRow) TableName() string { return "payment_exchanges" }

type decisionRow struct {
	ID         string `gorm:"primaryKey"`
	Settlement string
	At         int64
	Person     string
	Decision   string
	InsurerNo  string
	Reason     []byte
}

func (decisionRow) TableName() string { return "payment_decisions" }

type evidence struct {
	db  *gorm.DB
	box *keystore.Box
}

func exchangeContext(column, id string) string { return "payment_exchanges." + column + "/" + id }

func decisionContext(id string) string { return "payment_decisions.reason/" + id }

func (e evidence) Add(settlement string, list []bureau.Exchange, keep int) error {
	for i, x := range list {
		r := exchangeRow{ID: fmt.Sprintf("%s-%02d-%s", settlement, i, rand.Text()), Settlement: settlement,
			At: millis(x.At), Op: x.Op, SentDigest: x.SentDigest, CameDigest: x.CameDigest, Fault: x.Fault}
		var err error
		if r.Sent, err = e.box.Seal([]byte(x.Sent), exchangeContext("sent", r.ID)); err != nil {
			return err
		}
		if r.Came, err = e.box.Seal([]byte(x.Came), exchangeContext("came", r.ID)); err != nil {
			return err
		}
		if err := e.db.Create(&r).Error; err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return nil
	}
	return e.db.Exec(`DELETE FROM payment_exchanges WHERE settlement = ? AND id NOT IN
		(SELECT id FROM payment_exchanges WHERE settlement = ?
			ORDER BY at DESC, id DESC LIMIT ?)`, settlement, settlement, keep).Error
}

func (e evidence) Of(settlement string) ([]bureau.Exchange, error) {
	rows, err := sqlstore.Rows[exchangeRow](e.db.Where("settlement = ?", settlement).Order("at, id"))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(e.db, exchangeRow{}.TableName(), rows, func(r exchangeRow) string { return r.ID },
		func(r exchangeRow) (bureau.Exchange, error) {
			x := bureau.Exchange{At: instant(r.At), Op: r.Op, SentDigest: r.SentDigest, CameDigest: r.CameDigest,
				Fault: r.Fault}
			sent, err := e.box.Open(r.Sent, exchangeContext("sent", r.ID))
			if err != nil {
				return x, err
			}
			came, err := e.box.Open(r.Came, exchangeContext("came", r.ID))
			x.Sent, x.Came = string(sent), string(came)
			return x, err
		})
}

func (e evidence) Note(n payment.Noted) error {
	id := n.Settlement + "-" + rand.Text()
	reason, err := e.box.Seal([]byte(n.Reason), decisionContext(id))
	if err != nil {
		return err
	}
	return e.db.Create(&decisionRow{ID: id, Settlement: n.Settlement, At: millis(n.At), Person: n.Person,
		Decision: string(n.Decision), InsurerNo: n.Order, Reason: reason}).Error
}

func (e evidence) Notes(settlement string) ([]payment.Noted, error) {
	rows, err := sqlstore.Rows[decisionRow](e.db.Where("settlement = ?", settlement).Order("at, id"))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(e.db, decisionRow{}.TableName(), rows, func(r decisionRow) string { return r.ID },
		func(r decisionRow) (payment.Noted, error) {
			reason, err := e.box.Open(r.Reason, decisionContext(r.ID))
			return payment.Noted{Settlement: r.Settlement, Person: r.Person, At: instant(r.At),
				Ruling: payment.Ruling{Decision: payment.Decision(r.Decision), Order: r.InsurerNo,
					Reason: string(reason)}}, err
		})
}
