package insurersandbox

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/money"
)

// tokenLife is how long a pay token (payToken) is good.
const tokenLife = 5 * time.Minute

// refusal is a signed no.
type refusal struct {
	code insurer.Code
	text string
}

func (r refusal) Error() string { return r.text }

func refuse(text string) error { return refusal{insurer.CodeRefused, text} }

var (
	errUnknownOrder = refusal{insurer.CodeUnknownOrder, "the order is unknown"}
	errAgain        = refusal{insurer.CodeAgain, "the pay token is used or too old"}
)

type orderRow struct {
	Number     string `gorm:"primaryKey"`
	PayOrdID   string
	Person     string
	Fees       []byte
	Total      int64
	State      int
	Token      string
	TokenEnds  int64
	Policy     string
	Setlinfo   string
	Fund       int64
	Account    int64
	Cash       int64
	Deductible int64
	SetlDay    string
	SetlTime   int64
	Refund     string
	RefdDay    string
	RefdTime   int64
}

func (orderRow) TableName() string { return "bureau_orders" }

func (b *Bureau) card(tx *gorm.DB, in insurer.CardInput) (*insurer.CardOutput, error) {
	p, err := b.person(tx, in.ECToken)
	if err != nil {
		return nil, err
	}
	plain, err := b.Box.Open(p.Person, "bureau_persons.person/"+p.ID)
	if err != nil {
		return nil, err
	}
	var h bureau.Holder
	if err := json.Unmarshal(plain, &h); err != nil {
		return nil, err
	}
	return &insurer.CardOutput{Name: h.Name, Certno: h.IDNumber, Insutype: bureau.Insutype(p.Insutype)}, nil
}

func (b *Bureau) presettle(tx *gorm.DB, in insurer.OrderInput) (*insurer.Setlinfo, error) {
	if err := checkFees(in); err != nil {
		return nil, err
	}
	p, err := b.person(tx, in.ECToken)
	if err != nil {
		return nil, err
	}
	split, version, err := b.split(tx, p, insurer.FromFees(in.Fees))
	if err != nil {
		return nil, err
	}
	return insurer.NewSetlinfo(split, version), nil
}

// checkFees: the sum of feedetailList must be medfeeSumamt.
func checkFees(in insurer.OrderInput) error {
	total, err := insurer.FromFees(in.Fees).Total()
	if err != nil {
		return refuse(err.Error())
	}
	if total != money.Fen(in.Total) {
		return refuse("medfeeSumamt is not the sum of feedetailList")
	}
	return nil
}

func (b *Bureau) split(tx *gorm.DB, p personRow, fees money.Fees) (money.Split, string, error) {
	pol, err := b.Policies.On(bureau.Insutype(p.Insutype), china.Day(b.Now()))
	if err != nil {
		return money.Split{}, "", refuse(err.Error())
	}
	used, err := b.usage(tx, p, b.year())
	if err != nil {
		return money.Split{}, "", err
	}
	split, err := pol.Split(fees, used)
	return split, pol.Version, err
}

// upload (6201) makes the order, or finds it, and hands out a new pay token while it is unpaid.
func (b *Bureau) upload(tx *gorm.DB, in insurer.OrderInput) (*insurer.UploadOutput, error) {
	if err := payment.CheckNumber(in.Number); err != nil {
		return nil, refuse("medOrgOrd is not an order number")
	}
	if err := checkFees(in); err != nil {
		return nil, err
	}
	p, err := b.person(tx, in.ECToken)
	if err != nil {
		return nil, err
	}
	o, err := b.find(tx, "number = ?", in.Number)
	switch {
	case errors.Is(err, errUnknownOrder):
		o, err = b.newOrder(tx, p, in)
	case err == nil && o.Person != "" && (o.Person != p.ID || o.Total != int64(in.Total)):
		return nil, refuse("the order number was used for another order")
	}
	if err != nil {
		return nil, err
	}
	if insurer.OrdState(o.State) != insurer.StateUploaded {
		return &insurer.UploadOutput{PayOrdID: o.PayOrdID, State: insurer.OrdState(o.State)}, nil
	}
	o.Token, o.TokenEnds = random(), b.Now().Add(tokenLife).UnixMilli()
	return &insurer.UploadOutput{PayOrdID: o.PayOrdID, PayToken: o.Token}, tx.Save(&o).Error
}

func (b *Bureau) newOrder(tx *gorm.DB, p personRow, in insurer.OrderInput) (orderRow, error) {
	plain, err := json.Marshal(insurer.FromFees(in.Fees))
	if err != nil {
		return orderRow{}, err
	}
	sealed, err := b.Box.Seal(plain, "bureau_orders.fees/"+in.Number)
	if err != nil {
		return orderRow{}, err
	}
	o := orderRow{Number: in.Number, PayOrdID: "ORD" + random(), Person: p.ID, Fees: sealed, Total: int64(in.Total),
		State: int(insurer.StateUploaded)}
	return o, tx.Create(&o).Error
}

// find locks nothing by itself: SQLite has one writer, and on PostgreSQL the row is locked until
// the transaction ends.
func (b *Bureau) find(tx *gorm.DB, where, arg string) (o orderRow, err error) {
	if b.DB.Dialect == sqlstore.Postgres {
		tx = tx.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	res := tx.Where(where, arg).Limit(1).Find(&o)
	if res.Error == nil && res.RowsAffected == 0 {
		return o, errUnknownOrder
	}
	return o, res.Error
}

// pay (6202) settles exactly what the patient authorised. What cannot be settled so has failed for
// good: a later 6202 for the number finds it failed.
func (b *Bureau) pay(tx *gorm.DB, in insurer.PayInput) (*insurer.Order, error) {
	o, err := b.find(tx, "pay_ord_id = ?", in.PayOrdID)
	if err != nil {
		return nil, err
	}
	if insurer.OrdState(o.State) != insurer.StateUploaded {
		return o.answer()
	}
	if o.Token == "" || o.Token != in.PayToken || o.TokenEnds <= b.Now().UnixMilli() {
		return nil, errAgain
	}
	o.Token = ""
	var p personRow
	if err := tx.First(&p, "id = ?", o.Person).Error; err != nil {
		return nil, err
	}
	fees, err := b.fees(o)
	if err != nil {
		return nil, err
	}
	split, version, err := b.split(tx, p, fees)
	if err != nil {
		return nil, err
	}
	asked := money.Parts{Fund: money.Fen(in.Fund), Account: money.Fen(in.Account), Cash: money.Fen(in.Cash)}
	if split.Parts() != asked || split.Total != money.Fen(in.Total) || version != in.Policy {
		o.State = int(insurer.StateFailed) // another payment came between, or the policy changed
		if err := tx.Save(&o).Error; err != nil {
			return nil, err
		}
		return o.answer()
	}
	return b.settle(tx, o, split, version)
}

func (b *Bureau) fees(o orderRow) (fees money.Fees, err error) {
	plain, err := b.Box.Open(o.Fees, "bureau_orders.fees/"+o.Number)
	if err != nil {
		return nil, err
	}
	return fees, json.Unmarshal(plain, &fees)
}

func (b *Bureau) settle(tx *gorm.DB, o orderRow, split money.Split, version string) (*insurer.Order, error) {
	now := b.Now()
	info, err := json.Marshal(split)
	if err != nil {
		return nil, err
	}
	o.State, o.Policy, o.Setlinfo = int(insurer.StateSettled), version, string(info)
	o.Fund, o.Account, o.Cash, o.Deductible = int64(split.Fund), int64(split.Account), int64(split.Cash),
		int64(split.Deductible)
	o.SetlDay, o.SetlTime = china.Day(now), now.UnixMilli()
	if err := b.move(tx, o, 1); err != nil {
		return nil, err
	}
	if err := tx.Save(&o).Error; err != nil {
		return nil, err
	}
	return o.answer()
}

// move takes (sign 1) or gives back (sign -1) an order's account money and the year's usage.
func (b *Bureau) move(tx *gorm.DB, o orderRow, sign int64) error {
	year := o.SetlDay[:4]
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).
		Create(&usageRow{Person: o.Person, Year: year}).Error; err != nil {
		return err
	}
	res := tx.Exec("UPDATE bureau_usage SET deductible = deductible + ?, fund = fund + ? WHERE person = ? AND year = ?",
		sign*o.Deductible, sign*o.Fund, o.Person, year)
	if res.Error != nil {
		return res.Error
	}
	return tx.Exec("UPDATE bureau_persons SET balance = balance - ? WHERE id = ?", sign*o.Account, o.Person).Error
}

func (b *Bureau) query(tx *gorm.DB, in insurer.OrderRef) (*insurer.Order, error) {
	o, err := b.find(tx, "number = ?", in.Number)
	if err != nil {
		return nil, err
	}
	return o.answer()
}

// revoke (6401) closes an unpaid number for good, known or not.
func (b *Bureau) revoke(tx *gorm.DB, in insurer.OrderRef) (*insurer.Order, error) {
	if err := payment.CheckNumber(in.Number); err != nil {
		return nil, refuse("medOrgOrd is not an order number")
	}
	o, err := b.find(tx, "number = ?", in.Number)
	if errors.Is(err, errUnknownOrder) {
		o = orderRow{Number: in.Number, PayOrdID: "ORD" + random(), State: int(insurer.StateCancelled)}
		err = tx.Create(&o).Error
	}
	if err != nil {
		return nil, err
	}
	switch insurer.OrdState(o.State) {
	case insurer.StateSettled, insurer.StateRefunded:
		return nil, refuse("the order is settled")
	case insurer.StateUploaded:
		o.State, o.Token = int(insurer.StateCancelled), ""
		err = tx.Save(&o).Error
	}
	if err != nil {
		return nil, err
	}
	return o.answer()
}

// refund (6203) gives everything back once.
func (b *Bureau) refund(tx *gorm.DB, in insurer.RefundInput) (*insurer.Order, error) {
	o, err := b.find(tx, "number = ?", in.Number)
	switch {
	case err != nil:
		return nil, err
	case in.Type != insurer.RefundAll || in.Refund == "":
		return nil, refuse("refdType must be ALL and refdSn be given")
	case insurer.OrdState(o.State) == insurer.StateRefunded && o.Refund == in.Refund:
		return o.answer()
	case insurer.OrdState(o.State) != insurer.StateSettled:
		return nil, refuse("the order is not settled")
	case in.Amounts != nil && *in.Amounts.Parts() != (money.Parts{Fund: money.Fen(o.Fund),
		Account: money.Fen(o.Account), Cash: money.Fen(o.Cash)}):
		return nil, refuse("the amounts are not those of the settlement")
	}
	now := b.Now()
	o.State, o.Refund, o.RefdDay, o.RefdTime = int(insurer.StateRefunded), in.Refund, china.Day(now), now.UnixMilli()
	if err := b.move(tx, o, -1); err != nil {
		return nil, err
	}
	if err := tx.Save(&o).Error; err != nil {
		return nil, err
	}
	return o.answer()
}

func (o orderRow) answer() (*insurer.Order, error) {
	a := &insurer.Order{Number: o.Number, PayOrdID: o.PayOrdID, State: insurer.OrdState(o.State)}
	if o.SetlTime != 0 {
		var split money.Split
		if err := json.Unmarshal([]byte(o.Setlinfo), &split); err != nil {
			return nil, fmt.Errorf("order %s: %w", o.Number, err)
		}
		a.SetlTime, a.Setlinfo = o.SetlTime, insurer.NewSetlinfo(split, o.Policy)
	}
	if o.RefdTime != 0 {
		a.Refund = &insurer.Refund{Number: o.Refund, Time: o.RefdTime, Fund: insurer.Yuan(o.Fund),
			Account: insurer.Yuan(o.Account), Cash: insurer.Yuan(o.Cash)}
	}
	return a, nil
}

func random() string {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		panic(err) // crypto/rand never fails on a supported system
	}
	return hex.EncodeToString(b)
}
