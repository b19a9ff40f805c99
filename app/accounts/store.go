package accounts

import (
	"context"

	"gorm.io/gorm"
)

type accountRow struct {
	ID          string `gorm:"primaryKey"`
	Person      string
	Role        string
	Org         string
	Login       *string
	Password    *string
	OpenidIndex *string
	Disabled    bool
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (accountRow) TableName() string { return "accounts" }

func (r accountRow) account() Account {
	return Account{ID: r.ID, Person: r.Person, Role: Role(r.Role), Org: r.Org}
}

// find returns the row a condition names; ok is false when there is none.
func find(tx *gorm.DB, where string, value any) (row accountRow, ok bool, err error) {
	res := tx.Where(where, value).Limit(1).Find(&row)
	return row, res.RowsAffected == 1, res.Error
}

// ByPerson returns a person's account: ErrNotFound.
func (s *Service) ByPerson(ctx context.Context, person string) (Account, error) {
	row, ok, err := find(s.db.WithContext(ctx), "person = ?", person)
	if err == nil && !ok {
		err = ErrNotFound
	}
	return row.account(), err
}
