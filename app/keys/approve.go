package keys

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// An administrator makes log-ins, puts into office and resets passwords. Where a session and the
// register were enough for a key, that one could invent a doctor, or be one. So a practitioner's
// key needs the live key's own signature, or two administrators who are two, or the operator at the
// machine, who can make two of them.
const (
	RequestTTL      = 24 * time.Hour
	NeededApprovals = 2
	maxRequests     = 20 // of one person a day
	fingerprintLen  = 12
)

// Errors of practitioners' keys.
var (
	ErrApproval       = errors.New("keys: a practitioner's key needs the live key's signature or two administrators")
	ErrConsent        = errors.New("keys: the signature of the live key does not fit")
	ErrRequest        = errors.New("keys: no such request, or it is over")
	ErrNotIndependent = errors.New("keys: the administrators are not independent of each other or of the person")
)

// Why a practitioner asks for a key, as the administrators are told. Each of them needs the same
// approvals.
type Why string

// Reasons of a request.
const (
	WhyFirst   Why = "first"       // no key before: somebody may have been invented
	WhyReset   Why = "after-reset" // an administrator knew the password since the last key, or before the first one
	WhyFurther Why = "further"     // the live key is lost, or does not sign for this one
)

// RequestState is where a request for a key stands.
type RequestState string

// States of a request.
const (
	Waiting      RequestState = "waiting"  // administrators move next
	Granted      RequestState = "approved" // the person enrols the key
	RequestNo    RequestState = "refused"
	RequestUsed  RequestState = "used"
	RequestEnded RequestState = "expired"
)

// KeyRequest is a practitioner's request for a key that no live key signs for.
type KeyRequest struct {
	ID          string       `json:"id" example:"rk7qm2xw5zt3yb6nc2dab"`
	Person      string       `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Org         string       `json:"org" example:"h1"`
	Role        string       `json:"role" example:"doctor"`
	PublicKey   string       `json:"publicKey" example:"04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Fingerprint string       `json:"fingerprint" doc:"The person reads it to the administrators: SM3 of the public key's 65 bytes, cut" example:"957d ea02 2a8d"`
	Why         Why          `json:"why" enum:"first,after-reset,further" doc:"No key before; the password was reset by an administrator since the last key; or the live key is lost" example:"first"`
	State       RequestState `json:"state" enum:"waiting,approved,refused,used,expired"`
	Approvals   int          `json:"approvals" doc:"Of two" example:"1"`
	Mine        bool         `json:"mine" doc:"The caller is one of those who approved"`
	CreatedAt   time.Time    `json:"createdAt"`
	ExpiresAt   time.Time    `json:"expiresAt"`
}

type requestRow struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	Account   string
	Org       string
	Role      string
	Cn        string
	PublicKey string
	Why       string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	RefusedAt int64
	UsedAt    int64
}

func (requestRow) TableName() string { return "key_requests" }

func (r requestRow) key() string { return r.ID }

// operator is who approves at the machine, in the place of two administrators.
const operator = ""

type approvalRow struct {
	Request    string `gorm:"primaryKey"`
	Admin      string `gorm:"primaryKey"` // account; or operator
	ApprovedAt int64
}

func (approvalRow) TableName() string { return "key_approvals" }

// stand is where a request stands, with the approvals that count.
func (s *Service) stand(tx *gorm.DB, r requestRow) (RequestState, []approvalRow, error) {
	approvals, err := s.standing(tx, r)
	if err != nil {
		return "", nil, err
	}
	switch {
	case r.UsedAt != 0:
		return RequestUsed, approvals, nil
	case r.RefusedAt != 0:
		return RequestNo, approvals, nil
	case s.Now().UnixMilli() >= r.ExpiresAt:
		return RequestEnded, approvals, nil
	}
	if same, err := s.same(tx, r); err != nil || !same {
		return RequestEnded, approvals, err
	}
	if approved(approvals) {
		return Granted, approvals, nil
	}
	return Waiting, approvals, nil
}

// same tells whether a request's person is still who the administrators were shown: another number
// of a document may make somebody else of a log-in, and its certificates would bear that one's
// name.
func (s *Service) same(tx *gorm.DB, r requestRow) (bool, error) {
	cn, err := human.CNOf(tx, r.Person)
	if err != nil || cn != r.Cn {
		return false, err
	}
	renumbered, err := s.Accounts.Last(tx, securitylog.StaffNumber, r.Person, r.Account)
	return renumbered <= r.CreatedAt, err
}

func approved(approvals []approvalRow) bool {
	return len(approvals) >= NeededApprovals || len(approvals) > 0 && approvals[0].Admin == operator
}

// Fingerprint is what people compare of a public key.
func Fingerprint(publicKey string) string {
	point, err := hex.DecodeString(publicKey)
	if err != nil {
		return ""
	}
	d := gm.Sum(point)
	text := hex.EncodeToString(d[:])[:fingerprintLen]
	var groups []string
	for ; len(text) > 0; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(groups, " ")
}

// standing are the approvals that count at this moment: the operator's alone; else of
// administrators who are still in office and not the person, and more than one only when two of
// them are independent. One that cannot be read does not count. An administrator may have been
// suspended, or reset by the other, since.
func (s *Service) standing(tx *gorm.DB, r requestRow) (list []approvalRow, err error) {
	found, err := sqlstore.Rows[approvalRow](tx.Where("request = ?", r.ID).Order("approved_at, admin"))
	if err != nil {
		return nil, err
	}
	all := sqlstore.Fit(tx, approvalRow{}.TableName(), found,
		func(a approvalRow) string { return a.Request + "/" + a.Admin })
	for _, a := range all {
		if a.Admin == operator {
			return []approvalRow{a}, nil
		}
		admin, in, err := s.Accounts.InCharge(tx, a.Admin)
		if err != nil {
			return nil, err
		}
		if in && admin.CN() != r.Cn {
			list = append(list, a)
		}
	}
	for i, a := range list {
		for _, b := range list[i+1:] {
			if two, err := s.Accounts.Independent(tx, a.Admin, b.Admin); err != nil || two {
				return list, err
			}
		}
	}
	return list[:min(len(list), 1)], nil
}

func (s *Service) request(tx *gorm.DB, r requestRow, viewer string) (KeyRequest, error) {
	state, approvals, err := s.stand(tx, r)
	if err != nil {
		return KeyRequest{}, err
	}
	v := KeyRequest{
		ID: r.ID, Person: r.Person, Org: r.Org, Role: r.Role, PublicKey: r.PublicKey,
		Fingerprint: Fingerprint(r.PublicKey),
		Why:         Why(r.Why), State: state, Approvals: len(approvals),
		CreatedAt: time.UnixMilli(r.CreatedAt).UTC(), ExpiresAt: time.UnixMilli(r.ExpiresAt).UTC(),
	}
	for _, a := range approvals {
		v.Mine = v.Mine || viewer != "" && a.Admin == viewer
		if a.Admin == operator {
			v.Approvals = NeededApprovals
		}
	}
	return v, nil
}

// Proven tells whether a practitioner's log-in may be more than its administrator in disguise:
// somebody enrolled a key, which another one or two administrators vouched for, since an
// administrator knew the password; or none did. ErrUnproven.
func (s *Service) Proven(ctx context.Context, person string) error {
	tx := s.DB.WithContext(ctx)
	at, handed, err := s.Accounts.Handed(tx, person)
	if err != nil || !handed {
		return err
	}
	rows, err := rowsOf(tx, person)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.CreatedAt <= at {
			break // newest first
		}
		if state, err := r.state(tx, s.Now()); err != nil || state != Refused {
			return err
		}
	}
	return ErrUnproven
}

// why tells the administrators what is special about a key of a person.
func (s *Service) why(tx *gorm.DB, acc accounts.Account) (Why, error) {
	reset, err := s.Accounts.Last(tx, securitylog.Reset, acc.ID)
	if err != nil {
		return "", err
	}
	rows, err := rowsOf(tx, acc.Person)
	switch {
	case err != nil:
		return "", err
	case reset > 0 && (len(rows) == 0 || reset >= rows[0].CreatedAt):
		return WhyReset, nil
	case len(rows) == 0:
		return WhyFirst, nil
	}
	return WhyFurther, nil
}

// Request asks the administrators for a key that no live key signs for; an earlier request of the
// person that still waits is over with it. ErrRole, ErrBadKey, ErrKeyKnown, ErrTooMany,
// practitioners.ErrNotApproved.
func (s *Service) Request(ctx context.Context, cmd sqlstore.Command, acc accounts.Account,
	publicKey []byte) (KeyRequest, error) {
	if !practitioner(acc.Role) {
		return KeyRequest{}, ErrRole
	}
	pub, err := gm.NewPublicKey(publicKey)
	if err != nil {
		return KeyRequest{}, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	if err := s.Register.InOffice(ctx, acc.Person); err != nil {
		return KeyRequest{}, err
	}
	now := s.Now()
	asked := requestRow{
		ID: "r" + strings.ToLower(rand.Text()[:20]), Person: acc.Person, Account: acc.ID, Org: acc.Org,
		Role: string(acc.Role), PublicKey: pub.Hex(), Cn: acc.CN(),
		CreatedAt: now.UnixMilli(), ExpiresAt: now.Add(RequestTTL).UnixMilli(),
	}
	asking, _, err := sqlstore.Answer[KeyRequest](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var known, today int64
		if err := tx.Model(&row{}).Where("public_key = ?", asked.PublicKey).Count(&known).Error; err != nil {
			return nil, err
		}
		if err := tx.Model(&requestRow{}).Where("person = ? AND created_at > ?", acc.Person, now.Add(-day).UnixMilli()).
			Count(&today).Error; err != nil {
			return nil, err
		}
		switch {
		case known > 0:
			return nil, ErrKeyKnown
		case today >= maxRequests:
			return nil, ErrTooMany
		}
		over := tx.Model(&requestRow{}).Where("person = ? AND used_at = 0 AND refused_at = 0", acc.Person)
		if err := over.Update("refused_at", now.UnixMilli()).Error; err != nil {
			return nil, err
		}
		why, err := s.why(tx, acc)
		if err != nil {
			return nil, err
		}
		asked.Why = string(why)
		if err := tx.Create(&asked).Error; err != nil {
			return nil, err
		}
		if err := s.note(tx, securitylog.KeyRequested, acc.ID, acc.ID, acc.Org,
			Fingerprint(asked.PublicKey)); err != nil {
			return nil, err
		}
		return s.request(tx, asked, "")
	}))
	if err != nil || s.AtOnce == nil || asking.Why != WhyFirst {
		return asking, err
	}
	return s.approveAtOnce(ctx, asking)
}

// approveAtOnce has a demo's administrators say what they would be asked for; where they are not
// two any more, people have to.
func (s *Service) approveAtOnce(ctx context.Context, asked KeyRequest) (KeyRequest, error) {
	for _, admin := range s.AtOnce(asked.Org) {
		r, err := s.Approve(ctx, sqlstore.Command{}, admin, asked.ID)
		// or it was used by the first of two equal commands
		if errors.Is(err, ErrNotIndependent) || errors.Is(err, ErrRequest) || errors.Is(err, accounts.ErrUnidentified) {
			return asked, nil
		}
		if err != nil {
			return KeyRequest{}, err
		}
		asked, asked.Mine = r, false
	}
	return asked, nil
}

// Requests lists a person's requests, newest first, at most twenty.
func (s *Service) Requests(ctx context.Context, person string) ([]KeyRequest, error) {
	return s.requests(ctx, maxRequests, "", "person = ?", person)
}

// RequestsOf lists an organisation's requests for its administrators, at most a hundred: those that
// may still be approved first, of which a person has one at most, so that what is over hides none;
// then the newest.
func (s *Service) RequestsOf(ctx context.Context, admin accounts.Account) ([]KeyRequest, error) {
	now := s.Now().UnixMilli()
	open, err := s.requests(ctx, maxListed, admin.ID, "org = ? AND "+isOpen, admin.Org, now)
	if err != nil {
		return nil, err
	}
	over, err := s.requests(ctx, maxListed-len(open), admin.ID, "org = ? AND NOT ("+isOpen+")", admin.Org, now)
	return append(open, over...), err
}

// Open lists every organisation's requests that may still be approved, for the operator at the
// machine.
func (s *Service) Open(ctx context.Context) ([]KeyRequest, error) {
	return s.requests(ctx, maxListed, "", isOpen, s.Now().UnixMilli())
}

const (
	maxListed = 100
	isOpen    = "used_at = 0 AND refused_at = 0 AND expires_at > ?"
)

func (s *Service) requests(ctx context.Context, most int, viewer, where string, args ...any) ([]KeyRequest, error) {
	tx := s.DB.WithContext(ctx)
	rows, err := sqlstore.Rows[requestRow](tx.Where(where, args...).Order("created_at DESC, id").Limit(most))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, requestRow{}.TableName(), rows, requestRow.key,
		func(r requestRow) (KeyRequest, error) { return s.request(tx, r, viewer) })
}

// Approve adds an administrator's approval. ErrRequest also for another organisation's,
// ErrNotIndependent when this approver and the other one are not two (accounts.Independent), or
// this one is the human that asks, accounts.ErrUnidentified when this one may be anybody.
func (s *Service) Approve(ctx context.Context, cmd sqlstore.Command, admin accounts.Account,
	id string) (KeyRequest, error) {
	return s.decide(ctx, cmd, admin, id, func(tx *gorm.DB, r requestRow, approvals []approvalRow) error {
		if err := s.Accounts.Identified(tx, admin.Person); err != nil {
			return err
		}
		for _, a := range approvals {
			if a.Admin == admin.ID {
				return nil // said already
			}
			two, err := s.Accounts.Independent(tx, a.Admin, admin.ID)
			if err != nil {
				return err
			}
			if !two {
				return ErrNotIndependent
			}
		}
		return s.approval(tx, r, admin.ID)
	})
}

func (s *Service) approval(tx *gorm.DB, r requestRow, by string) error {
	if err := tx.Create(&approvalRow{Request: r.ID, Admin: by, ApprovedAt: s.Now().UnixMilli()}).Error; err != nil {
		return err
	}
	return s.note(tx, securitylog.KeyApproved, by, r.Account, r.Org, Fingerprint(r.PublicKey))
}

// ApproveAtMachine is the operator's approval, which stands for two administrators': a new
// organisation has one, or none who are independent. Who may run a command over the stopped
// installation makes administrators as well, and the security log tells of both. ErrRequest.
func (s *Service) ApproveAtMachine(ctx context.Context, id string) (KeyRequest, error) {
	asked, _, err := sqlstore.Answer[KeyRequest](s.DB.Once(ctx, sqlstore.Command{}, func(tx *gorm.DB) (any, error) {
		var r requestRow
		if err := tx.Where("id = ?", id).Limit(1).Find(&r).Error; err != nil {
			return nil, err
		}
		if state, _, err := s.stand(tx, r); err != nil || state != Waiting {
			return nil, cmp.Or(err, ErrRequest)
		}
		if err := s.approval(tx, r, operator); err != nil {
			return nil, err
		}
		return s.request(tx, r, "")
	}))
	return asked, err
}

// Refuse ends a request: as Approve.
func (s *Service) Refuse(ctx context.Context, cmd sqlstore.Command, admin accounts.Account,
	id string) (KeyRequest, error) {
	return s.decide(ctx, cmd, admin, id, func(tx *gorm.DB, r requestRow, _ []approvalRow) error {
		if err := tx.Model(&requestRow{}).Where("id = ?", r.ID).
			Update("refused_at", s.Now().UnixMilli()).Error; err != nil {
			return err
		}
		return s.note(tx, securitylog.KeyRefused, admin.ID, r.Account, r.Org, Fingerprint(r.PublicKey))
	})
}

func (s *Service) decide(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, id string,
	fn func(*gorm.DB, requestRow, []approvalRow) error) (KeyRequest, error) {
	asked, _, err := sqlstore.Answer[KeyRequest](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var r requestRow
		if err := tx.Where("id = ? AND org = ?", id, admin.Org).Limit(1).Find(&r).Error; err != nil {
			return nil, err
		}
		state, approvals, err := s.stand(tx, r)
		if err != nil {
			return nil, err
		}
		if state != Waiting && state != Granted {
			return nil, ErrRequest
		}
		if r.Account == admin.ID || r.Cn == admin.CN() {
			return nil, ErrNotIndependent
		}
		if err := fn(tx, r, approvals); err != nil {
			return nil, err
		}
		if err := tx.Where("id = ?", id).Take(&r).Error; err != nil {
			return nil, err
		}
		return s.request(tx, r, admin.ID)
	}))
	return asked, err
}

// ConsentText is what the live key signs to let another one take its place: canonical JSON. It
// names both keys, and no key is enrolled twice, so it is good once.
func ConsentText(publicKey, replaces string) []byte {
	return fmt.Appendf(nil, `{"publicKey":"%s","purpose":"replace","replaces":"%s","v":1}`, publicKey, replaces)
}

// permit lets a practitioner's key in: ErrApproval, ErrConsent. It uses an approved request up.
func (s *Service) permit(tx *gorm.DB, acc accounts.Account, pub string, p Proof) error {
	if len(p.Consent) > 0 {
		return s.consented(tx, acc, pub, p)
	}
	waiting, err := sqlstore.Rows[requestRow](
		tx.Where("person = ? AND role = ? AND org = ? AND public_key = ? AND used_at = 0 AND refused_at = 0",
			acc.Person, acc.Role, acc.Org, pub))
	if err != nil {
		return err
	}
	// one that cannot be read permits nothing
	for _, r := range sqlstore.Fit(tx, requestRow{}.TableName(), waiting, requestRow.key) {
		state, _, err := s.stand(tx, r)
		if err != nil {
			return err
		}
		if state == Granted {
			return tx.Model(&requestRow{}).Where("id = ?", r.ID).Update("used_at", s.Now().UnixMilli()).Error
		}
	}
	return ErrApproval
}

// consented wants the signature of the live key that is replaced.
func (s *Service) consented(tx *gorm.DB, acc accounts.Account, pub string, p Proof) error {
	rows, err := rowsOf(tx, acc.Person)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.ID != p.Replaces {
			continue
		}
		if state, err := r.state(tx, s.Now()); err != nil || state != Active || r.Role != string(acc.Role) {
			return cmp.Or(err, ErrConsent)
		}
		cert, err := pki.ParseCertificate(r.Der)
		if err != nil {
			return err
		}
		if err := cert.PublicKey().Verify(ConsentText(pub, r.ID), p.Consent); err != nil {
			return fmt.Errorf("%w: %w", ErrConsent, err)
		}
		return nil
	}
	return ErrConsent
}

func practitioner(role accounts.Role) bool {
	return role == accounts.Doctor || role == accounts.Reviewer || role == accounts.Dispenser
}
