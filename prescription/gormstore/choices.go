package gormstore

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

type choiceRow struct {
	Prescription string `gorm:"primaryKey"`
	Pharmacy     string
	ChosenAt     int64
}

func (choiceRow) TableName() string { return "pharmacy_choices" }

// Choose implements service.Store.
func (s *Store) Choose(tx *gorm.DB, id prescription.ID, c lifecycle.Choice) error {
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&choiceRow{string(id), c.Pharmacy, millis(c.At)}).Error
}

// Choice implements service.Store.
func (s *Store) Choice(tx *gorm.DB, id prescription.ID) (*lifecycle.Choice, error) {
	var r choiceRow
	res := tx.Where("prescription = ?", string(id)).Limit(1).Find(&r)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	return &lifecycle.Choice{Pharmacy: r.Pharmacy, At: time.UnixMilli(r.ChosenAt).UTC()}, nil
}

// ChosenBy implements service.Store.
func (s *Store) ChosenBy(tx *gorm.DB, pharmacy string, at time.Time, limit int) ([]lifecycle.Chosen, error) {
	found, err := sqlstore.Rows[choiceRow](
		tx.Joins("JOIN prescriptions ON prescriptions.id = pharmacy_choices.prescription").
			Where("pharmacy_choices.pharmacy = ? AND prescriptions.status = ? AND prescriptions.expires_at > ?",
				pharmacy,
				string(prescription.Paid), millis(at)).
			Order("pharmacy_choices.chosen_at, pharmacy_choices.prescription").Limit(limit))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, choiceRow{}.TableName(), found, func(r choiceRow) string { return r.Prescription })
	list := make([]lifecycle.Chosen, len(rows))
	for i, r := range rows {
		list[i] = lifecycle.Chosen{ID: prescription.ID(r.Prescription), At: time.UnixMilli(r.ChosenAt).UTC()}
	}
	return list, nil
}
