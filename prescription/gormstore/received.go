package gormstore

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Receive implements service.Store.
func (s *Store) Receive(tx *gorm.DB, p *lifecycle.Prescription, events []lifecycle.Event) error {
	if err := s.Insert(tx, p); err != nil {
		return err
	}
	for _, ev := range events {
		if err := s.saveEvent(tx, &ev); err != nil {
			return err
		}
	}
	return nil
}

// Learn implements service.Store.
func (s *Store) Learn(tx *gorm.DB, p *lifecycle.Prescription, ev lifecycle.Event, tags []string) error {
	if err := s.Save(tx, p, &ev, nil); err != nil || len(tags) == 0 {
		return err
	}
	rows := tagRows(&ev, tags)
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

// Followed implements service.Store.
func (s *Store) Followed(tx *gorm.DB) (next uint64, err error) {
	return next, tx.Raw("SELECT next FROM chain_followed WHERE name = 'prescriptions'").Scan(&next).Error
}

// KeepFollowed implements service.Store.
func (s *Store) KeepFollowed(tx *gorm.DB, next uint64) error {
	return tx.Exec("UPDATE chain_followed SET next = ? WHERE name = 'prescriptions' AND next < ?", int64(next),
		int64(next)).Error
}

// Lost implements service.Store.
func (s *Store) Lost(tx *gorm.DB, id prescription.ID) ([]lifecycle.LostStep, error) {
	found, err := sqlstore.Rows[refusedRow](tx.Where("prescription = ?", string(id)).Order("refused_at, record"))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, refusedRow{}.TableName(), found, func(r refusedRow) string { return r.Event.Record })
	list := make([]lifecycle.LostStep, len(rows))
	for i, r := range rows {
		list[i] = lifecycle.LostStep{Kind: chain.Kind(r.Event.Kind), Org: r.Event.Org, Record: r.Event.Record,
			At: time.UnixMilli(r.Event.SignedAt).UTC()}
	}
	return list, nil
}

// hanging are the tables whose rows belong to a prescription.
var hanging = []string{"prescription_events", "trace_codes", "prescription_access", "refused_events",
	"pharmacy_choices", "pickup_shorts"}

// Forget implements service.Store.
func (s *Store) Forget(tx *gorm.DB, id prescription.ID) error {
	var received int64
	if err := tx.Model(&row{}).Where("id = ? AND received_at > 0", string(id)).Count(&received).Error; err != nil {
		return err
	}
	if received == 0 {
		return prescription.ErrNotFound
	}
	for _, table := range hanging {
		if err := tx.Exec("DELETE FROM "+table+" WHERE prescription = ?", string(id)).Error; err != nil {
			return err
		}
	}
	return tx.Exec("DELETE FROM prescriptions WHERE id = ?", string(id)).Error
}

// Forgettable implements service.Store.
func (s *Store) Forgettable(tx *gorm.DB, ended, dispensed time.Time, limit int) (list []prescription.ID, err error) {
	// One statement with OR would read every copy: each reason has its index.
	err = tx.Model(&row{}).Where("received_at > 0 AND pharmacy = '' AND expires_at <= ?", millis(ended)).
		Order("expires_at, id").Limit(limit).Pluck("id", &list).Error
	if err != nil || len(list) == limit {
		return list, err
	}
	var served []prescription.ID
	err = tx.Model(&row{}).Where("received_at > 0 AND pharmacy <> '' AND status = ? AND updated_at <= ?",
		string(prescription.Dispensed), millis(dispensed)).
		Order("updated_at, id").Limit(limit-len(list)).Pluck("id", &served).Error
	return append(list, served...), err
}
