package accounts

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// SetConsent notes, in the caller's transaction, which versions of the papers an account agrees to
// now.
func SetConsent(tx *gorm.DB, account, versions string) error {
	return tx.Model(&accountRow{}).Where("id = ?", account).Update("consent", versions).Error
}

// ClosingAt is when an account closes by its owner's wish; zero: it does not.
func ClosingAt(tx *gorm.DB, account string) (time.Time, error) {
	row, ok, err := find(tx, "id = ?", account)
	if err != nil || !ok || row.ClosingAt == 0 {
		return time.Time{}, err
	}
	return time.UnixMilli(row.ClosingAt).UTC(), nil
}

// PlanClosing has a patient's account closed at a moment and ends its sessions now; a log-in before
// that calls it off. ErrNotFound for a member of staff's, which the administrator closes.
func (s *Service) PlanClosing(tx *gorm.DB, account string, at time.Time) error {
	res := tx.Model(&accountRow{}).Where("id = ? AND role = ? AND closed_at = 0", account, string(Patient)).
		Update("closing_at", at.UnixMilli())
	if res.Error == nil && res.RowsAffected == 0 {
		return ErrNotFound
	}
	if res.Error != nil {
		return res.Error
	}
	if err := endSessions(tx, account); err != nil {
		return err
	}
	return s.Note(tx, securitylog.Event{Kind: securitylog.ClosingAsked, Org: s.hospital, Actor: account,
		Subject: account})
}

// revive calls a closing off: its owner logged in.
func (s *Service) revive(tx *gorm.DB, row *accountRow) error {
	if row.ClosingAt == 0 || !row.open() {
		return nil
	}
	row.ClosingAt = 0
	if err := tx.Model(&accountRow{}).Where("id = ?", row.ID).Update("closing_at", 0).Error; err != nil {
		return err
	}
	return s.Note(tx, securitylog.Event{Kind: securitylog.ClosingOff, Org: row.Org, Actor: row.ID, Subject: row.ID})
}

// ClosingDue are accounts whose time has come, behind one, in the order of their ids.
func ClosingDue(tx *gorm.DB, now time.Time, after string, n int) ([]Account, error) {
	found, err := sqlstore.Rows[accountRow](tx.
		Where("closing_at > 0 AND closing_at <= ? AND closed_at = 0 AND id > ?", now.UnixMilli(), after).
		Order("id").Limit(n))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, accountRow{}.TableName(), found, func(r accountRow) string { return r.ID })
	list := make([]Account, len(rows))
	for i, r := range rows {
		list[i] = Account{ID: r.ID, Person: r.Person, Human: r.Human, Role: Role(r.Role), Org: r.Org}
	}
	return list, nil
}

// Retire closes an account for good, in the caller's transaction: sessions, devices and the way to
// log in are gone, and its person is nobody's log-in any more, so that the record of that person
// waits for who proves its number. false: its owner logged in since, or it is closed already.
func (s *Service) Retire(tx *gorm.DB, a Account) (bool, error) {
	now := s.Now().UnixMilli()
	res := tx.Model(&accountRow{}).
		Where("id = ? AND person = ? AND closed_at = 0 AND closing_at > 0 AND closing_at <= ?", a.ID, a.Person, now).
		Updates(map[string]any{"closed_at": now, "openid_index": nil, "person": NewPerson(), "human": "",
			"consent": ""})
	if res.Error != nil || res.RowsAffected == 0 {
		return false, res.Error
	}
	if err := endSessions(tx, a.ID); err != nil {
		return false, err
	}
	if err := devices.ForgetAll(tx, a.ID); err != nil {
		return false, err
	}
	return true, s.Note(tx, securitylog.Event{Kind: securitylog.Closed, Org: a.Org, Actor: a.ID, Subject: a.ID,
		Detail: string(a.Role)})
}
