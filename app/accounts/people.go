package accounts

import (
	"fmt"

	"gorm.io/gorm"
)

// HasAccount tells, in the caller's transaction, whether anybody logs in as a person. A child's
// record has none.
func HasAccount(tx *gorm.DB, person string) (bool, error) {
	_, ok, err := find(tx, "person = ?", person)
	return ok, err
}

// IDsOf are the accounts of persons, those that are open.
func IDsOf(tx *gorm.DB, people ...string) (ids []string, err error) {
	return ids, open(tx).Where("person IN ?", people).Order("id").Pluck("id", &ids).Error
}

// IDsOfStaff are the accounts of an organisation's staff in a role, those that are open.
func IDsOfStaff(tx *gorm.DB, role Role, org string) (ids []string, err error) {
	return ids, open(tx).Where("role = ? AND org = ?", string(role), org).Order("id").Pluck("id", &ids).Error
}

func open(tx *gorm.DB) *gorm.DB {
	return tx.Model(&accountRow{}).Where("closed_at = 0 AND NOT disabled")
}

// WorksFor tells, in the caller's transaction, whether a person is staff of an organisation.
func WorksFor(tx *gorm.DB, person, org string) (bool, error) {
	row, ok, err := find(tx, "person = ?", person)
	return ok && row.Org == org && Role(row.Role) != Patient, err
}

// MovePerson makes the account of one person that of another, who has none: the owner of a record
// takes it over. It returns the account's id, whose sessions the caller MUST end after the commit:
// they still name the old person. ErrNotFound.
func MovePerson(tx *gorm.DB, from, to string) (account string, err error) {
	row, ok, err := find(tx, "person = ?", from)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil {
		return "", err
	}
	res := tx.Model(&accountRow{}).Where("id = ? AND person = ?", row.ID, from).Update("person", to)
	if res.Error == nil && res.RowsAffected != 1 {
		return "", fmt.Errorf("accounts: person of %s changed meanwhile", row.ID)
	}
	return row.ID, res.Error
}
