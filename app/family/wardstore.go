package family

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// The table of guardians was made by the patients' room, whose children it names.
type guardianRow struct {
	Child    string `gorm:"primaryKey"`
	Guardian string `gorm:"primaryKey"`
	Relation string
	State    string
	Since    int64
}

func (guardianRow) TableName() string { return "guardians" }

func (r guardianRow) key() string { return r.Child + "/" + r.Guardian }

// guardianships reads a query's; one that cannot be read is left out, and so gives nobody a right.
func guardianships(tx, q *gorm.DB) ([]Guardianship, error) {
	found, err := sqlstore.Rows[guardianRow](q)
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, guardianRow{}.TableName(), found, guardianRow.key)
	list := make([]Guardianship, len(rows))
	for i, r := range rows {
		list[i] = Guardianship{Child: r.Child, Guardian: r.Guardian, Relation: r.Relation, State: State(r.State),
			Since: r.Since}
	}
	return list, nil
}

// Guardians are a child's, those that ended as well, oldest first. They have no names yet.
func Guardians(tx *gorm.DB, child string) ([]Guardianship, error) {
	return guardianships(tx, tx.Where("child = ?", child).Order("since, guardian"))
}

// AskedBy are at most n guardianships that somebody asked for.
func AskedBy(tx *gorm.DB, guardian string, n int) ([]Guardianship, error) {
	return guardianships(tx,
		tx.Where("guardian = ? AND state = ?", guardian, string(Asked)).Order("since, child").Limit(n))
}

// GuardianshipsOf are those of somebody that have not ended.
func GuardianshipsOf(tx *gorm.DB, guardian string) ([]Guardianship, error) {
	return guardianships(tx,
		tx.Where("guardian = ? AND state <> ?", guardian, string(Ended)).Order("since, child"))
}

// Children is the query for the children of whom somebody is a confirmed guardian.
func Children(tx *gorm.DB, guardian string) *gorm.DB {
	return tx.Session(&gorm.Session{NewDB: true}).Model(&guardianRow{}).Select("child").
		Where("guardian = ? AND state = ?", guardian, string(Confirmed))
}

// SaveGuardian stores where a guardianship stands.
func SaveGuardian(tx *gorm.DB, g Guardianship) error {
	r := guardianRow{Child: g.Child, Guardian: g.Guardian, Relation: g.Relation, State: string(g.State), Since: g.Since}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "child"}, {Name: "guardian"}},
		DoUpdates: clause.AssignmentColumns([]string{"relation", "state", "since"})}).Create(&r).Error
}

// PassGuardians gives what somebody is guardian of to the person that it goes by from now on, and
// forgets the guardians of its own former record.
func PassGuardians(tx *gorm.DB, from, to string) error {
	if err := tx.Model(&guardianRow{}).Where("guardian = ?", from).Update("guardian", to).Error; err != nil {
		return err
	}
	return tx.Where("child = ?", from).Delete(&guardianRow{}).Error
}
