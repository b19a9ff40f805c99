package keys

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// A practitioner's first key needs the person's session and the register. A further one would let whoever can reset a
// password sign in the practitioner's name. So it needs the live key's own signature, or two administrators who are two.
const (
	RequestTTL      = 24 * time.Hour
	NeededApprovals = 2
	maxRequests     = 20 // of one person a day
	fingerprintLen  = 12
)

// Errors of further keys.
var (
	ErrApproval       = errors.New("keys: a further key needs the live key's signature or two administrators")
	ErrConsent        = errors.New("keys: the signature of the live key does not fit")
	ErrRequest        = errors.New("keys: no such request, or it is over")
	ErrNotIndependent = errors.New("keys: the administrators are not independent of each other or of the person")
)

// RequestState is where a request for a further key stands.
type RequestState string

// States of a request.
const (
	Waiting      RequestState = "waiting"  // administrators move next
	Granted      RequestState = "approved" // the person enrols the key
	RequestNo    RequestState = "refused"
	RequestUsed  RequestState = "used"
	RequestEnded RequestState = "expired"
)

// KeyRequest is a request for a further key.
type KeyRequest struct {
	ID          string       `json:"id" example:"rk7qm2xw5zt3yb6nc2dab"`
	Person      string       `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Org         string       `json:"org" example:"h1"`
	Role        string       `json:"role" example:"doctor"`
	PublicKey   string       `json:"publicKey" example:"04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Fingerprint string       `json:"fingerprint" doc:"The person reads it to the administrators: SM3 of the public key's 65 bytes, cut" example:"957d ea02 2a8d"`
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
	PublicKey string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	RefusedAt int64
	UsedAt    int64
}

func (requestRow) TableName() string { return "key_requests" }

type approvalRow struct {
	Request    string `gorm:"primaryKey"`
	Admin      string `gorm:"primaryKey"`
	ApprovedAt int64
}

func (approvalRow) TableName() string { return "key_approvals" }

func (r requestRow) state(approvals int, at time.Time) RequestState {
	switch {
	case r.UsedAt != 0:
		return RequestUsed
	case r.RefusedAt != 0:
		return RequestNo
	case at.UnixMilli() >= r.ExpiresAt:
		return RequestEnded
	case approvals >= NeededApprovals:
		return Granted
	}
	return Waiting
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

// standing are the approvals that count at this moment: of administrators who are still in office, and more than one only when two of them
// are independent. An administrator may have been suspended, or reset by the other, since.
func (s *Service) standing(tx *gorm.DB, request string) (list []approvalRow, err error) {
	var all []approvalRow
	if err := tx.Where("request = ?", request).Order("approved_at, admin").Find(&all).Error; err != nil {
		return nil, err
	}
	for _, a := range all {
		in, err := s.Accounts.InCharge(tx, a.Admin)
		if err != nil {
			return nil, err
		}
		if in {
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
	approvals, err := s.standing(tx, r.ID)
	if err != nil {
		return KeyRequest{}, err
	}
	v := KeyRequest{
		ID: r.ID, Person: r.Person, Org: r.Org, Role: r.Role, PublicKey: r.PublicKey, Fingerprint: Fingerprint(r.PublicKey),
		State: r.state(len(approvals), s.Now()), Approvals: len(approvals),
		CreatedAt: time.UnixMilli(r.CreatedAt).UTC(), ExpiresAt: time.UnixMilli(r.ExpiresAt).UTC(),
	}
	for _, a := range approvals {
		v.Mine = v.Mine || a.Admin == viewer
	}
	return v, nil
}

// Request asks the administrators for a further key; an earlier request of the person that still waits is over with it.
// ErrRole, ErrBadKey, ErrKeyKnown, ErrTooMany, practitioners.ErrNotApproved.
func (s *Service) Request(ctx context.Context, cmd sqlstore.Command, acc accounts.Account, publicKey []byte) (KeyRequest, error) {
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
		ID: "r" + strings.ToLower(rand.Text()[:20]), Person: acc.Person, Account: acc.ID, Org: acc.Org, Role: string(acc.Role), PublicKey: pub.Hex(),
		CreatedAt: now.UnixMilli(), ExpiresAt: now.Add(RequestTTL).UnixMilli(),
	}
	answer, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var known, today int64
		if err := tx.Model(&row{}).Where("public_key = ?", asked.PublicKey).Count(&known).Error; err != nil {
			return nil, err
		}
		if err := tx.Model(&requestRow{}).Where("person = ? AND created_at > ?", acc.Person, now.Add(-day).UnixMilli()).Count(&today).Error; err != nil {
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
		if err := tx.Create(&asked).Error; err != nil {
			return nil, err
		}
		if err := s.note(tx, accounts.EventKeyRequested, acc.ID, acc.ID, acc.Org, Fingerprint(asked.PublicKey)); err != nil {
			return nil, err
		}
		return s.request(tx, asked, "")
	})
	return decodeRequest(answer, err)
}

func decodeRequest(answer []byte, err error) (KeyRequest, error) {
	if err != nil {
		return KeyRequest{}, err
	}
	var r KeyRequest
	return r, json.Unmarshal(answer, &r)
}

// Requests lists a person's requests, newest first, at most twenty.
func (s *Service) Requests(ctx context.Context, person string) ([]KeyRequest, error) {
	return s.requests(ctx, "", "person = ?", person)
}

// RequestsOf lists an organisation's requests for its administrators, newest first, at most a hundred.
func (s *Service) RequestsOf(ctx context.Context, admin accounts.Account) ([]KeyRequest, error) {
	return s.requests(ctx, admin.ID, "org = ?", admin.Org)
}

const maxListed = 100

func (s *Service) requests(ctx context.Context, viewer, where string, args ...any) ([]KeyRequest, error) {
	tx := s.DB.WithContext(ctx)
	var rows []requestRow
	if err := tx.Where(where, args...).Order("created_at DESC, id").Limit(maxListed).Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]KeyRequest, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = s.request(tx, r, viewer); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Approve adds an administrator's approval. ErrRequest also for another organisation's, ErrNotIndependent when this approver
// and the other one are not two (accounts.Independent), or this one's is the account that asks.
func (s *Service) Approve(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, id string) (KeyRequest, error) {
	return s.decide(ctx, cmd, admin, id, func(tx *gorm.DB, r requestRow, approvals []approvalRow) error {
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
		if err := tx.Create(&approvalRow{Request: r.ID, Admin: admin.ID, ApprovedAt: s.Now().UnixMilli()}).Error; err != nil {
			return err
		}
		return s.note(tx, accounts.EventKeyApproved, admin.ID, r.Account, r.Org, Fingerprint(r.PublicKey))
	})
}

// Refuse ends a request: as Approve.
func (s *Service) Refuse(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, id string) (KeyRequest, error) {
	return s.decide(ctx, cmd, admin, id, func(tx *gorm.DB, r requestRow, _ []approvalRow) error {
		if err := tx.Model(&requestRow{}).Where("id = ?", r.ID).Update("refused_at", s.Now().UnixMilli()).Error; err != nil {
			return err
		}
		return s.note(tx, accounts.EventKeyRefused, admin.ID, r.Account, r.Org, Fingerprint(r.PublicKey))
	})
}

func (s *Service) decide(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, id string, fn func(*gorm.DB, requestRow, []approvalRow) error) (KeyRequest, error) {
	answer, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var r requestRow
		res := tx.Where("id = ? AND org = ?", id, admin.Org).Limit(1).Find(&r)
		if res.Error != nil {
			return nil, res.Error
		}
		approvals, err := s.standing(tx, id)
		if err != nil {
			return nil, err
		}
		if state := r.state(len(approvals), s.Now()); res.RowsAffected == 0 || state != Waiting && state != Granted {
			return nil, ErrRequest
		}
		if r.Account == admin.ID {
			return nil, ErrNotIndependent
		}
		if err := fn(tx, r, approvals); err != nil {
			return nil, err
		}
		if err := tx.Where("id = ?", id).Take(&r).Error; err != nil {
			return nil, err
		}
		return s.request(tx, r, admin.ID)
	})
	return decodeRequest(answer, err)
}

// ConsentText is what the live key signs to let another one take its place: canonical JSON. It names both keys, and no key
// is enrolled twice, so it is good once.
func ConsentText(publicKey, replaces string) []byte {
	return fmt.Appendf(nil, `{"publicKey":"%s","purpose":"replace","replaces":"%s","v":1}`, publicKey, replaces)
}

// permit lets a practitioner's further key in: ErrApproval, ErrConsent. It uses an approved request up.
func (s *Service) permit(tx *gorm.DB, acc accounts.Account, pub string, p Proof) error {
	rows, err := rowsOf(tx, acc.Person)
	if err != nil {
		return err
	}
	had := false
	for _, r := range rows {
		state, err := r.state(tx, s.Now())
		if err != nil {
			return err
		}
		had = had || state != Refused
		if state == Active && r.ID == p.Replaces && len(p.Consent) > 0 {
			return consented(r, pub, p.Consent)
		}
	}
	if !had {
		return nil // the first one
	}
	if len(p.Consent) > 0 {
		return ErrConsent
	}
	var waiting []requestRow
	if err := tx.Where("person = ? AND public_key = ? AND used_at = 0 AND refused_at = 0", acc.Person, pub).Find(&waiting).Error; err != nil {
		return err
	}
	for _, r := range waiting {
		approvals, err := s.standing(tx, r.ID)
		if err != nil {
			return err
		}
		if r.state(len(approvals), s.Now()) == Granted {
			return tx.Model(&requestRow{}).Where("id = ?", r.ID).Update("used_at", s.Now().UnixMilli()).Error
		}
	}
	return ErrApproval
}

func consented(r row, pub string, signature []byte) error {
	cert, err := gm.ParseCertificate(r.Der)
	if err != nil {
		return err
	}
	if err := cert.PublicKey().Verify(ConsentText(pub, r.ID), signature); err != nil {
		return fmt.Errorf("%w: %w", ErrConsent, err)
	}
	return nil
}

func practitioner(role accounts.Role) bool {
	return role == accounts.Doctor || role == accounts.Reviewer || role == accounts.Dispenser
}
