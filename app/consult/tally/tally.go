// Package tally keeps how many visits doctors have finished: a cell for each, so that nobody counts
// visits where the number is shown.
package tally

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type row struct {
	Doctor   string `gorm:"primaryKey"`
	Finished int
}

func (row) TableName() string { return "consultation_tallies" }

// Add counts one more, in the transaction that finishes the visit.
func Add(tx *gorm.DB, doctor string) error {
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "doctor"}},
		DoUpdates: clause.Assignments(map[string]any{"finished": gorm.Expr("consultation_tallies.finished + 1")}),
	}).Create(&row{Doctor: doctor, Finished: 1}).Error
}

// Of is the number of each doctor; who has finished none is not among them.
func Of(db *gorm.DB, doctors []string) (map[string]int, error) {
	var rows []row
	err := db.Where("doctor IN ?", doctors).Find(&rows).Error
	list := make(map[string]int, len(rows))
	for _, r := range rows {
		list[r.Doctor] = r.Finished
	}
	return list, err
}
