package profile

import (
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type staffNumberRow struct {
	Person    string `gorm:"primaryKey"`
	IDIndex   string
	EnteredBy string
	EnteredAt int64
}

func (staffNumberRow) TableName() string { return "staff_numbers" }

// Index is the blind index of a document's number.
func (s Store) Index(i identity.Identity) string { return s.box.Index(i.Key(), "patients.id_number") }

// Holder is the person whose number it is; empty: nobody's.
func (s Store) Holder(tx *gorm.DB, index string) (string, error) {
	var r row
	res := tx.Select("person").Where("id_index = ?", index).Limit(1).Find(&r)
	return r.Person, res.Error
}

// Claimants are all profiles with a number, the one that holds it first. One that cannot be read is
// left out; a step on the number still meets it as its holder.
func (s Store) Claimants(tx *gorm.DB, index string) ([]Profile, error) {
	rows, err := sqlstore.Rows[row](
		tx.Where("claim_index = ?", index).Order("id_index IS NULL, created_at, person").Limit(MaxClaimants))
	if err != nil {
		return nil, err
	}
	return s.profiles(tx, rows)
}

// Guardians are a child's with their names, those that ended as well, oldest first. One whose
// profile cannot be read has no name.
func (s Store) Guardians(tx *gorm.DB, child string) ([]family.Guardianship, error) {
	list, err := family.Guardians(tx, child)
	for i := range list {
		if list[i].Name, err = s.Name(tx, list[i].Guardian); err != nil {
			return nil, err
		}
	}
	return list, err
}

// Name is a person's as it is on file; empty for one that has none, or that cannot be read.
func (s Store) Name(tx *gorm.DB, person string) (string, error) {
	var r row
	err := tx.Select("person", "identity").Where("person = ?", person).Limit(1).Find(&r).Error
	if err != nil || r.Identity == nil {
		return "", err
	}
	var id identity.Identity
	if err := s.open(r.Identity, &id, "patients.identity", r.Person); err != nil {
		sqlstore.Skip(tx, row{}.TableName(), r.Person, err)
	}
	return id.Name, nil
}

// Pass gives what is on file under one person to another's record, and forgets the first one's
// profile. Its own children stay its own.
func (s Store) Pass(tx *gorm.DB, from, to string) error {
	for _, step := range []struct {
		model  any
		column string
	}{{&priorRow{}, "person"}, {&row{}, "guardian"}} {
		if err := tx.Model(step.model).Where(step.column+" = ?", from).Update(step.column, to).Error; err != nil {
			return err
		}
	}
	if err := family.PassGuardians(tx, from, to); err != nil {
		return err
	}
	if err := tx.Model(&formerRow{}).Where("person = ?", from).Update("person", to).Error; err != nil {
		return err
	}
	if err := tx.Create(&formerRow{Former: from, Person: to}).Error; err != nil {
		return err
	}
	return tx.Where("person = ?", from).Delete(&row{}).Error
}

type formerRow struct {
	Former string `gorm:"primaryKey"`
	Person string
}

func (formerRow) TableName() string { return "former_persons" }

// Former are the ids that somebody had before a record passed to it.
func (s Store) Former(tx *gorm.DB, person string) (list []string, err error) {
	err = tx.Model(&formerRow{}).Where("person = ?", person).Order("former").Pluck("former", &list).Error
	return list, err
}

// Current is the id that a person goes by: another one once a record passed to it.
func (s Store) Current(tx *gorm.DB, person string) (string, error) {
	var list []string
	err := tx.Model(&formerRow{}).Where("former = ?", person).Limit(1).Pluck("person", &list).Error
	return append(list, person)[0], err
}

// Currents is Current of several persons at once, in their order.
func (s Store) Currents(tx *gorm.DB, persons ...string) ([]string, error) {
	var rows []formerRow
	if err := tx.Where("former IN ?", slices.Compact(slices.Clone(persons))).Find(&rows).Error; err != nil {
		return nil, err
	}
	now := slices.Clone(persons)
	for _, row := range rows {
		for i, person := range persons {
			if person == row.Former {
				now[i] = row.Person
			}
		}
	}
	return now, nil
}

// SaveStaffNumber keeps the blind index of a member of staff's number, in the place of the former
// one.
func (s Store) SaveStaffNumber(tx *gorm.DB, person, index, by string, at time.Time) error {
	r := staffNumberRow{Person: person, IDIndex: index, EnteredBy: by, EnteredAt: at.UnixMilli()}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person"}}, UpdateAll: true}).Create(&r).Error
}

// StaffWith are the other members of staff with a number, the one entered first before the others.
func (s Store) StaffWith(tx *gorm.DB, index, person string) (list []string, err error) {
	err = tx.Model(&staffNumberRow{}).Where("id_index = ? AND person <> ?", index, person).Order("entered_at, person").
		Pluck("person", &list).Error
	return list, err
}

// Namesakes are the log-ins that are one human with person by a number that is known for certain:
// staff's, the one entered first before the others, then the patient's that has proven it.
func (s Store) Namesakes(tx *gorm.DB, index, person string) ([]string, error) {
	list, err := s.StaffWith(tx, index, person)
	if err != nil {
		return nil, err
	}
	var proven []string
	err = tx.Model(&row{}).Where("id_index = ? AND claim = ? AND person <> ?", index, string(Proven), person).
		Pluck("person", &proven).Error
	return append(list, proven...), err
}

// Also are the other person ids of one human: those whose number is the same, whatever the log-in
// is for, and those that any of them had before a record passed to it. A number counts as soon as
// it is typed: who claims to be somebody is not that one's doctor or reviewer either.
func (s Store) Also(tx *gorm.DB, person string) ([]string, error) {
	now, err := s.Current(tx, person)
	if err != nil {
		return nil, err
	}
	var numbers, former []string
	err = tx.Raw(`SELECT claim_index FROM patients WHERE person = ? AND claim_index IS NOT NULL
		UNION SELECT id_index FROM staff_numbers WHERE person = ?`, now, now).Scan(&numbers).Error
	if err != nil {
		return nil, err
	}
	list := []string{now}
	if len(numbers) > 0 {
		err = tx.Raw(`SELECT person FROM patients WHERE claim_index IN ?
			UNION SELECT person FROM staff_numbers WHERE id_index IN ?`, numbers, numbers).Scan(&list).Error
	}
	if err == nil {
		err = tx.Model(&formerRow{}).Where("person IN ?", list).Pluck("former", &former).Error
	}
	list = append(list, former...)
	slices.Sort(list)
	return slices.DeleteFunc(list, func(id string) bool { return id == person }), err
}

// Numbered are those of some members of staff for whom a number was entered.
func (s Store) Numbered(tx *gorm.DB, people []string) (map[string]bool, error) {
	var list []string
	err := tx.Model(&staffNumberRow{}).Where("person IN ?", people).Pluck("person", &list).Error
	known := map[string]bool{}
	for _, person := range list {
		known[person] = true
	}
	return known, err
}
