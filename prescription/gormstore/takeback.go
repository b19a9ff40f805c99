package gormstore

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

type refusedRow struct {
	Event     eventRow `gorm:"embedded"`
	Sent      []byte
	RefusedAt int64
}

func (refusedRow) TableName() string { return "refused_events" }

// Delete implements service.Store.
func (s *Store) Delete(tx *gorm.DB, p *lifecycle.Prescription) error {
	res := tx.Where("id = ? AND version = ? AND status = ?", string(p.ID()), p.Version(), string(prescription.Draft)).
		Delete(&row{})
	if res.Error == nil && res.RowsAffected != 1 {
		return sqlstore.ErrConflict
	}
	return res.Error
}

// TakeBack implements service.Store.
func (s *Store) TakeBack(tx *gorm.DB, p *lifecycle.Prescription, record string, sent []byte, at time.Time) error {
	var ev eventRow
	res := tx.Where("record = ? AND prescription = ?", record, string(p.ID())).Limit(1).Find(&ev)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return prescription.ErrNotFound
	}
	if err := tx.Create(&refusedRow{ev, sent, millis(at)}).Error; err != nil {
		return err
	}
	if err := tx.Delete(&ev).Error; err != nil {
		return err
	}
	return s.Save(tx, p, nil, nil)
}
