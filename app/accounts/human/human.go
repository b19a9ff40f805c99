// Package human knows which log-ins are one human's, and by which common name (CN) they sign. It
// reads and writes that name alone of an account's row.
package human

import (
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
)

// login is what stands here of one log-in.
type login struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	Human     string
	Role      string
	Org       string
	ClosedAt  int64
	CreatedAt int64 `gorm:"autoCreateTime:false"`

	keyed bool // it had a key
}

func (login) TableName() string { return "accounts" }

func (l login) cn() string { return accounts.Account{Person: l.Person, Human: l.Human}.CN() }

// find returns the log-in of a person; ok is false when there is none.
func find(tx *gorm.DB, person string) (l login, ok bool, err error) {
	res := tx.Where("person = ?", person).Limit(1).Find(&l)
	return l, res.RowsAffected == 1, res.Error
}

// CNOf is accounts.Account.CN of a person, in the caller's transaction. Who has no account, a
// child, is called by the person id.
func CNOf(tx *gorm.DB, person string) (string, error) {
	l, _, err := find(tx, person)
	if err != nil || l.Human == "" {
		return person, err
	}
	return l.Human, nil
}

// CNsOf is CNOf of several persons at once, in their order.
func CNsOf(tx *gorm.DB, persons ...string) ([]string, error) {
	var rows []login
	if err := tx.Select("person", "human").Where("person IN ?", persons).Find(&rows).Error; err != nil {
		return nil, err
	}
	names := slices.Clone(persons)
	for _, row := range rows {
		for i, person := range persons {
			if person == row.Person && row.Human != "" {
				names[i] = row.Human
			}
		}
	}
	return names, nil
}

// SharesName tells, in the caller's transaction, whether another log-in goes by a person's CN.
func SharesName(tx *gorm.DB, person string) (bool, error) {
	cn, err := CNOf(tx, person)
	if err != nil {
		return false, err
	}
	var n int64
	err = tx.Model(&login{}).Where("person <> ? AND (human = ? OR human = '' AND person = ?)", person, cn, cn).
		Count(&n).Error
	return n > 0, err
}

// LoginOf finds the log-in by which a human works in a role; name is its person id or its CN. An
// open one comes before those that were closed, the newest first: accounts.ErrNotFound.
func LoginOf(tx *gorm.DB, name string, role accounts.Role) (accounts.Account, error) {
	var found []login
	err := tx.Where("role = ? AND (human = ? OR person = ?)", string(role), name, name).
		Order("CASE WHEN closed_at = 0 THEN 0 ELSE 1 END, created_at DESC, person").Limit(1).Find(&found).Error
	if err != nil {
		return accounts.Account{}, err
	}
	if len(found) == 0 {
		return accounts.Account{}, accounts.ErrNotFound
	}
	r := found[0]
	return accounts.Account{ID: r.ID, Person: r.Person, Human: r.Human, Role: accounts.Role(r.Role), Org: r.Org}, nil
}

// Join gives a log-in and the others of the same human one CN, in the caller's transaction, which
// is serialisable: an enrolment at the same time reads the CN that this one writes. others are the
// person ids of log-ins with the same number, the earliest first; those of other organisations stay
// as they are, because an administrator's word counts for the own one, whose certificates these
// are. A log-in that had a key keeps its CN, because what it signed bears it; the others take the
// CN of the first that had one and is open, else of the first that had one, else of the first.
// keyed nil: nobody had one. accounts.ErrTwice when another open log-in has the role: two of one
// role would answer to one name. accounts.ErrNotFound.
func Join(tx *gorm.DB, person string, others []string,
	keyed func(tx *gorm.DB, person string) (bool, error)) error {
	all, err := logins(tx, person, others, keyed)
	if err != nil {
		return err
	}
	me := all[0]
	for _, o := range all[1:] {
		if o.Role == me.Role && o.ClosedAt == 0 && me.ClosedAt == 0 {
			return accounts.ErrTwice
		}
	}
	cn, err := commonName(tx, all)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.keyed || l.cn() == cn {
			continue
		}
		if err := tx.Model(&login{}).Where("id = ?", l.ID).Update("human", cn).Error; err != nil {
			return err
		}
	}
	return nil
}

// Apart tells whether the open log-ins of one human, as Join takes them, go by several CNs.
// accounts.ErrNotFound.
func Apart(tx *gorm.DB, person string, others []string) (bool, error) {
	all, err := logins(tx, person, others, nil)
	names := map[string]bool{}
	for _, l := range all {
		if l.ClosedAt == 0 {
			names[l.cn()] = true
		}
	}
	return len(names) > 1, err
}

// logins are a person's log-in and those of others in the same organisation:
// accounts.ErrNotFound.
func logins(tx *gorm.DB, person string, others []string,
	keyed func(tx *gorm.DB, person string) (bool, error)) ([]login, error) {
	all := make([]login, 0, len(others)+1)
	for _, p := range append([]string{person}, others...) {
		l, ok, err := find(tx, p)
		if err != nil {
			return nil, err
		}
		switch {
		case !ok && p == person:
			return nil, accounts.ErrNotFound
		case !ok, len(all) > 0 && l.Org != all[0].Org:
			continue
		}
		if keyed != nil {
			if l.keyed, err = keyed(tx, p); err != nil {
				return nil, err
			}
		}
		all = append(all, l)
	}
	return all, nil
}

// commonName chooses the CN of the log-ins of one human; the first of them was just entered, the
// others before it.
func commonName(tx *gorm.DB, all []login) (string, error) {
	inOrder := append(slices.Clone(all[1:]), all[0])
	for _, closed := range []bool{false, true} {
		for _, l := range inOrder {
			if l.keyed && (l.ClosedAt != 0) == closed {
				return l.cn(), nil
			}
		}
	}
	if len(all) > 1 {
		return all[1].cn(), nil
	}
	// Alone: the own id, unless a log-in with which this one shared a wrong number has taken it.
	own := all[0].Person
	var n int64
	err := tx.Model(&login{}).Where("human = ? AND person <> ?", own, own).Count(&n).Error
	if n > 0 {
		return accounts.NewPerson(), err
	}
	return own, err
}
