package service

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// NoticeKind is what a patient is told about who holds the prescription.
type NoticeKind string

// Kinds of notices.
const (
	NoticeClaimed   NoticeKind = "claimed"   // a pharmacy took it
	NoticeRenewed   NoticeKind = "renewed"   // it goes on holding it
	NoticeReleased  NoticeKind = "released"  // it gave it back
	NoticeLapsed    NoticeKind = "lapsed"    // its time was over
	NoticeRefused   NoticeKind = "refused"   // the chain did not take its claim
	NoticeDispensed NoticeKind = "dispensed" // it handed out
)

var noticed = map[chain.Kind]NoticeKind{
	chain.KindClaim: NoticeClaimed, chain.KindRenew: NoticeRenewed, chain.KindRelease: NoticeReleased,
	chain.KindLapse: NoticeLapsed, chain.KindExpire: NoticeLapsed, chain.KindDispense: NoticeDispensed,
}

// Notice tells the patient of a visit what a pharmacy did. It names no drug.
type Notice struct {
	Visit    string
	Kind     NoticeKind
	Pharmacy string // name
	Record   string // of the step; one record has one notice of a kind
	At       time.Time
}

// Notices brings them to the patient. A visit that is not in this database is no error.
type Notices interface {
	Tell(tx *gorm.DB, n Notice) error // within the step's transaction
	Wake(visit string)                // after its commit
}

// tell says what a step did with a claim; held is the claim before it. A copy of another hospital's
// prescription has no visit here.
func (s *Service) tell(tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, held *lifecycle.Claim, record string,
	at time.Time) error {
	what, ok := noticed[kind]
	if kind == chain.KindClaim {
		held = p.State().Claim
	}
	if !ok || held == nil {
		return nil
	}
	return s.notify(tx, p, what, held, record, at)
}

func (s *Service) notify(tx *gorm.DB, p *lifecycle.Prescription, what NoticeKind, c *lifecycle.Claim, record string,
	at time.Time) error {
	if s.Notices == nil || p.Foreign() {
		return nil
	}
	return s.Notices.Tell(tx, Notice{Visit: p.State().Visit, Kind: what, Pharmacy: c.PharmacyName, Record: record,
		At: at})
}

// wakeReaders wakes who reads the visit's chat, after the commit; nil when nothing was done.
func (s *Service) wakeReaders(p *lifecycle.Prescription) {
	if s.Notices != nil && p != nil && !p.Foreign() {
		s.Notices.Wake(p.State().Visit)
	}
}
