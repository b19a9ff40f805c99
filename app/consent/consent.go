// Package consent keeps what a patient's account agreed to: the terms of service (服务须知) and the
// privacy policy (隐私政策), each version by the digest of its text, when, and when it was withdrawn
// (PIPL art. 14 to 16). Nothing is deleted: rows prove that there was consent.
package consent

import (
	"context"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "consent", sqlstore.Sub(migrationFiles))
}

// Errors of this package.
var (
	// ErrVersion: another version is in force than the one that was agreed to.
	ErrVersion = errors.New("consent: another version is in force")
	// ErrOften: the account has agreed MaxDay times within a day. What was given is never deleted,
	// so it has to end somewhere; withdrawal is never refused.
	ErrOften = errors.New("consent: given too often within a day")
)

// MaxDay is how many consents, one a paper, an account gives within 24 hours.
const MaxDay = 20

//go:embed papers.json
var papersJSON []byte

// Text is a paper in one language: each chapter is its heading and its paragraphs.
type Text struct {
	Title    string     `json:"title" example:"隐私政策"`
	Chapters [][]string `json:"chapters" doc:"A heading, then its paragraphs" example:"[[\"存放在哪里\",\"…\"]]"`
}

// Paper is one version of a text that people agree to. A change of the words is another version.
type Paper struct {
	Name    string          `json:"name" enum:"service,privacy"`
	Version int             `json:"version" example:"2"`
	Since   string          `json:"since" doc:"In force from this day on" example:"2026-12-01"`
	Digest  string          `json:"digest" doc:"SM3 of the text in all languages, lower hex" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Words   map[string]Text `json:"words" doc:"By language: zh-Hans, en"`
}

// Built are the papers of this program, every version.
var Built = parse(papersJSON)

func parse(text []byte) (list []Paper) {
	if err := json.Unmarshal(text, &list); err != nil {
		panic(fmt.Sprintf("consent: papers.json: %v", err)) // compiled in
	}
	for i := range list {
		words, _ := json.Marshal(list[i].Words) // strings, keys in order
		sum := gm.Sum([]byte("consent.paper"), words)
		list[i].Digest = hex.EncodeToString(sum[:])
	}
	return list
}

// Service keeps consents. It is safe for concurrent use.
type Service struct {
	Now    func() time.Time
	Papers []Paper // every version; Built

	db *sqlstore.DB
}

// New makes a service.
func New(db *sqlstore.DB) *Service { return &Service{Now: time.Now, Papers: Built, db: db} }

type row struct {
	Account     string `gorm:"primaryKey"`
	Paper       string `gorm:"primaryKey"`
	Version     int    `gorm:"primaryKey;autoIncrement:false"`
	AgreedAt    int64  `gorm:"primaryKey;autoIncrement:false"`
	Digest      string
	WithdrawnAt int64
}

func (row) TableName() string { return "consents" }

// InForce are the papers in force now, one version each.
func (s *Service) InForce() []Paper {
	today := s.Now().In(china.Zone).Format(time.DateOnly)
	newest := map[string]Paper{}
	for _, p := range s.Papers {
		if p.Since <= today && p.Version > newest[p.Name].Version {
			newest[p.Name] = p
		}
	}
	list := make([]Paper, 0, len(newest))
	for _, p := range newest {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Paper) int { return strings.Compare(b.Name, a.Name) }) // service first
	return list
}

// Key names the versions in force: accounts.Service.Consent.
func (s *Service) Key() string {
	var b strings.Builder
	for _, p := range s.InForce() {
		fmt.Fprintf(&b, "%s:%d ", p.Name, p.Version)
	}
	return strings.TrimSpace(b.String())
}

// Versions are what somebody agrees to, by the paper's name.
type Versions map[string]int

// Agree notes that an account agrees to the versions in force: ErrVersion for any other ones,
// ErrOften.
func (s *Service) Agree(ctx context.Context, cmd sqlstore.Command, account string, v Versions) error {
	const day = int64(24 * time.Hour / time.Millisecond)
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		now, in := s.Now().UnixMilli(), s.InForce()
		for _, p := range in {
			if v[p.Name] != p.Version {
				return nil, ErrVersion
			}
			var last row
			if err := tx.Where("account = ? AND paper = ? AND version = ?", account, p.Name, p.Version).
				Order("agreed_at DESC").Limit(1).Find(&last).Error; err != nil {
				return nil, err
			}
			if last.AgreedAt != 0 && last.WithdrawnAt == 0 {
				continue
			}
			var today int64
			if err := tx.Model(&row{}).Where("account = ? AND agreed_at > ?", account, now-day).
				Count(&today).Error; err != nil {
				return nil, err
			}
			if today >= MaxDay {
				return nil, ErrOften
			}
			if err := tx.Create(&row{Account: account, Paper: p.Name, Version: p.Version,
				AgreedAt: max(now, last.AgreedAt+1), Digest: p.Digest}).Error; err != nil {
				return nil, err
			}
		}
		return struct{}{}, accounts.SetConsent(tx, account, s.Key())
	})
	return err
}

// Withdraw takes back all that an account agreed to. It is done once; again changes nothing.
func (s *Service) Withdraw(ctx context.Context, cmd sqlstore.Command, account string) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if err := tx.Model(&row{}).Where("account = ? AND withdrawn_at = 0", account).
			Update("withdrawn_at", s.Now().UnixMilli()).Error; err != nil {
			return nil, err
		}
		return struct{}{}, accounts.SetConsent(tx, account, "")
	})
	return err
}

// Given is one consent as its owner sees it.
type Given struct {
	Paper       string     `json:"paper" enum:"service,privacy"`
	Version     int        `json:"version" example:"2"`
	Digest      string     `json:"digest" doc:"SM3 of the text that was agreed to" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	AgreedAt    time.Time  `json:"agreedAt"`
	WithdrawnAt *time.Time `json:"withdrawnAt,omitempty"`
}

// maxGiven bounds the list that an owner is shown.
const maxGiven = 100

// Of lists what an account agreed to, newest first.
func (s *Service) Of(ctx context.Context, account string) ([]Given, error) {
	tx := s.db.WithContext(ctx)
	found, err := sqlstore.Rows[row](
		tx.Where("account = ?", account).Order("agreed_at DESC, paper DESC").Limit(maxGiven))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, row{}.TableName(), found, func(r row) string { return r.Account })
	list := make([]Given, len(rows))
	for i, r := range rows {
		list[i] = Given{Paper: r.Paper, Version: r.Version, Digest: r.Digest,
			AgreedAt: time.UnixMilli(r.AgreedAt).UTC()}
		if r.WithdrawnAt != 0 {
			at := time.UnixMilli(r.WithdrawnAt).UTC()
			list[i].WithdrawnAt = &at
		}
	}
	return list, nil
}
