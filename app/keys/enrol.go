package keys

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Challenge is what a device must sign, together with its public key, to enrol.
type Challenge struct {
	Nonce     string    `json:"nonce" doc:"64 hex digits" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	ExpiresAt time.Time `json:"expiresAt"`
	Format    string    `json:"format" doc:"The text to sign: put the public key (130 hex digits) in place of PUBLICKEY" example:"hospital key enrolment …"`
}

// Challenge draws a challenge for an account, good once and for ChallengeTTL: ErrRole.
func (s *Service) Challenge(ctx context.Context, cmd sqlstore.Command, acc accounts.Account) (Challenge, error) {
	if !slices.Contains(signers, acc.Role) {
		return Challenge{}, ErrRole
	}
	nonce := make([]byte, nonceBytes)
	_, _ = rand.Read(nonce)
	now := s.Now()
	row := challengeRow{Nonce: hex.EncodeToString(nonce), Account: acc.ID, ExpiresAt: now.Add(ChallengeTTL).UnixMilli()}
	c, _, err := sqlstore.Answer[Challenge](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if err := tx.Where("expires_at < ?", now.UnixMilli()).Delete(&challengeRow{}).Error; err != nil {
			return nil, err
		}
		format := fmt.Sprintf(`{"nonce":"%s","publicKey":"PUBLICKEY","purpose":"enrol","v":1}`, row.Nonce)
		return Challenge{Nonce: row.Nonce, ExpiresAt: time.UnixMilli(row.ExpiresAt).UTC(), Format: format},
			tx.Create(&row).Error
	}))
	return c, err
}

// Enrol checks the proof, issues a certificate and appends its chain record; the key is good once
// the chain has taken it. ErrRole, practitioners.ErrNotApproved, ErrUnknown for a patient without a
// bound name, sqlstore.ErrConflict when the number of the person's document was entered meanwhile,
// ErrChallenge, ErrPossession, ErrBadKey, ErrKeyKnown, ErrHasKey, ErrNotFound for a replaced key
// that is not live, ErrTooMany; for a practitioner's key ErrApproval and ErrConsent.
func (s *Service) Enrol(ctx context.Context, cmd sqlstore.Command, acc accounts.Account, p Proof) (Key, error) {
	if !slices.Contains(signers, acc.Role) {
		return Key{}, ErrRole
	}
	e, refused := s.enrolment(ctx, acc, p)
	k, _, err := act.Do(ctx, s.room(), cmd,
		func(tx *gorm.DB) (Key, error) { return s.storeEnrolment(tx, acc, p, e) }, refused)
	if sqlstore.IsDuplicate(err) {
		err = ErrKeyKnown
	}
	return k, err
}

// mayEnrol: nothing of somebody nobody knows goes onto the chain for ever.
func (s *Service) mayEnrol(ctx context.Context, acc accounts.Account) error {
	if acc.Role != accounts.Patient {
		return s.Register.InOffice(ctx, acc.Person)
	}
	known, err := s.People.Bound(ctx, acc.Person)
	if err == nil && !known {
		err = ErrUnknown
	}
	return err
}

// withinDay bounds what one person and one network put onto the chain.
func (s *Service) withinDay(tx *gorm.DB, person, origin string) error {
	since := s.Now().Add(-day).UnixMilli()
	var n int64
	if err := tx.Model(&row{}).Where("person = ? AND created_at > ?", person, since).Count(&n).Error; err != nil {
		return err
	}
	if n >= MaxPerDay {
		return ErrTooMany
	}
	if s.PerAddress == 0 || origin == "" {
		return nil
	}
	if err := tx.Model(&row{}).Where("origin = ? AND created_at > ?", origin, since).Count(&n).Error; err != nil {
		return err
	}
	if n >= int64(s.PerAddress) {
		return ErrTooMany
	}
	return nil
}

// possession returns the public key that the proof is good for.
func (s *Service) possession(ctx context.Context, acc accounts.Account, p Proof) (*gm.PublicKey, error) {
	if len(p.Request) > 0 {
		return fromRequest(acc, p.Request)
	}
	if err := s.challenged(s.DB.WithContext(ctx), acc, p.Nonce); err != nil {
		return nil, err
	}
	pub, err := gm.NewPublicKey(p.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	text, err := gm.NewEnrolment(pub, p.Nonce)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChallenge, err)
	}
	if err := gm.VerifyPossession(pub, text, p.Signature); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPossession, err)
	}
	return pub, nil
}

// fromRequest takes a request only when it names its sender: a request has no nonce, so one that
// was overheard must be of no use in another account. In the sender's own, the key is refused the
// second time.
func fromRequest(acc accounts.Account, der []byte) (*gm.PublicKey, error) {
	req, err := pki.ParseRequest(der)
	if errors.Is(err, gm.ErrSig) || errors.Is(err, gm.ErrSplit) {
		return nil, fmt.Errorf("%w: %w", ErrPossession, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	if req.CommonName != acc.Person || req.Organization != acc.Org || req.Unit != string(acc.Role) {
		return nil, fmt.Errorf("%w: the request's subject must be CN=person id, O=organisation, OU=role of the account",
			ErrPossession)
	}
	return req.PublicKey, nil
}

func (s *Service) challenged(tx *gorm.DB, acc accounts.Account, nonce []byte) error {
	var n int64
	err := tx.Model(&challengeRow{}).
		Where("nonce = ? AND account = ? AND expires_at > ?", hex.EncodeToString(nonce), acc.ID, s.Now().UnixMilli()).
		Count(&n).Error
	if err == nil && n == 0 {
		return ErrChallenge
	}
	return err
}

// enrolment is a certificate with its record, made before the transaction because signing is slow.
type enrolment struct {
	row      row
	signed   act.Signed
	replaced *revocation
}

func (s *Service) enrolment(ctx context.Context, acc accounts.Account, p Proof) (e enrolment, err error) {
	pub, err := s.possession(ctx, acc, p)
	if err == nil {
		err = s.mayEnrol(ctx, acc)
	}
	if err != nil {
		return e, err
	}
	now := s.Now()
	cert, err := s.CA.Issue(ctx, acc.Org, pki.CertTemplate{
		CommonName: acc.CN(), Organization: acc.Org, Unit: string(acc.Role), Client: true,
		NotBefore: now.Add(-Backdate), NotAfter: now.AddDate(ValidYears, 0, 0),
	}, pub)
	if err != nil {
		return e, err
	}
	der := cert.Raw()
	document := struct {
		Certificate string     `json:"certificate"`
		Kind        chain.Kind `json:"kind"`
		Person      string     `json:"person"`
	}{cert.ID(), chain.KindEnrol, acc.CN()}
	e.signed, err = s.sealed(ctx, cert.ID(), intent.Draft{Kind: chain.KindEnrol, Seq: 1, Org: acc.Org,
		Facts: chain.Facts{Cert: base64.Encode(der)}, Document: document}, now)
	if err != nil {
		return e, err
	}
	e.row = row{
		ID: cert.ID(), Person: acc.Person, Org: acc.Org, Role: string(acc.Role), PublicKey: pub.Hex(), Der: der,
		NotAfter:    cert.NotAfter().UnixMilli(),
		EnrolRecord: e.signed.Record.ID(), EnrolDocument: e.signed.Document, EnrolSalt: e.signed.Salt,
		CreatedAt: e.signed.Taken.UnixMilli(),
	}
	if p.Replaces != "" {
		e.replaced, err = s.revocation(ctx, acc.Org, p.Replaces, ReasonReplaced)
	}
	return e, err
}

func (s *Service) storeEnrolment(tx *gorm.DB, acc accounts.Account, p Proof, e enrolment) (Key, error) {
	if len(p.Request) == 0 {
		res := tx.Where("nonce = ? AND account = ?", hex.EncodeToString(p.Nonce), acc.ID).Delete(&challengeRow{})
		if res.Error == nil && res.RowsAffected == 0 {
			return Key{}, ErrChallenge
		}
		if res.Error != nil {
			return Key{}, res.Error
		}
	}
	if practitioner(acc.Role) {
		if err := s.permit(tx, acc, e.row.PublicKey, p); err != nil {
			return Key{}, err
		}
	}
	e.row.Origin = s.Accounts.Origin(p.Address)
	if err := s.withinDay(tx, acc.Person, e.row.Origin); err != nil {
		return Key{}, err
	}
	if err := s.replace(tx, acc.Person, e.replaced); err != nil {
		return Key{}, err
	}
	if practitioner(acc.Role) {
		if err := s.note(tx, securitylog.KeyEnrolled, acc.ID, acc.ID, acc.Org, e.row.ID); err != nil {
			return Key{}, err
		}
	}
	// The note holds the security log, as whoever gives a log-in another CN does: what is read now
	// stands when this commits.
	switch cn, err := human.CNOf(tx, acc.Person); {
	case err != nil:
		return Key{}, err
	case cn != acc.CN():
		return Key{}, sqlstore.ErrConflict
	}
	if err := tx.Create(&e.row).Error; err != nil {
		return Key{}, err
	}
	if err := s.append(tx, e.signed); err != nil {
		return Key{}, err
	}
	return e.row.key(tx, s.Now())
}

// replace revokes the named key and makes sure that no other is live: with two, a lost device would
// go unnoticed.
func (s *Service) replace(tx *gorm.DB, person string, replaced *revocation) error {
	rows, err := rowsOf(tx, person)
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case !r.live(s.Now()):
		case replaced == nil || r.ID != replaced.cert:
			return ErrHasKey
		default:
			return s.storeRevocation(tx, r, replaced)
		}
	}
	if replaced != nil {
		return ErrNotFound
	}
	return nil
}
