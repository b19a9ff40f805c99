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
