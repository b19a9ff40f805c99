package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// maxRecords bounds the records a finding about a volume names.
const maxRecords = 500

// finding is what a rule found, on its way into the table.
type finding struct {
	subject string // what it is about: with the rule its identity
	of      *Case  // the record; nil: none
	attempt *chain.Attempt
	person  string // of the attempt's actor
	at      int64
	height  int64
	detail  string
	records []string // more records that are evidence
}

type findingRow struct {
	ID       string `gorm:"primaryKey"`
	Rule     string
	Subject  string
	Record   string
	Org      string
	Person   string
	Height   int64
	At       int64
	Detail   string
	FoundAt  int64
	Attempt  []byte
	Records  string // JSON list
	Document []byte
	Salt     []byte
}

func (findingRow) TableName() string { return "oversight_findings" }

func sealedContext(column, id string) string { return "oversight_findings." + column + "/" + id }

// find keeps a finding; the same rule about the same subject is found once.
func (s *Service) find(tx *gorm.DB, r Rule, f finding) error {
	row := findingRow{ID: r.ID + ":" + f.subject, Rule: r.ID, Subject: f.subject, Detail: f.detail, Person: f.person,
		At: f.at, Height: f.height, FoundAt: millis(s.cfg.Now())}
	switch {
	case f.attempt != nil:
		st := f.attempt.Record.Statement
		raw, err := json.Marshal(f.attempt)
		if err != nil {
			return err
		}
		row.Attempt, row.Record, row.Subject, row.Org, row.At, row.Height = raw, f.attempt.Record.ID(), st.Subject,
			st.Org, f.attempt.Time, f.attempt.Height
	case f.of != nil:
		row.Record, row.Org, row.Person, row.At, row.Height = f.of.ID, f.of.Record.Statement.Org, f.of.Person,
			millis(f.of.Time), f.of.Height
		if len(f.records) == 0 {
			f.records = []string{f.of.ID}
		}
	}
	list, err := json.Marshal(f.records)
	if err != nil {
		return err
	}
	row.Records = string(list)
	if f.of != nil && f.of.document != nil {
		if row.Document, err = s.cfg.Box.Seal(f.of.document, sealedContext("document", row.ID)); err != nil {
			return err
		}
		if row.Salt, err = s.cfg.Box.Seal(f.of.salt, sealedContext("salt", row.ID)); err != nil {
			return err
		}
	}
	fresh, err := insertOnce(tx, &row)
	if fresh && r.Level == Alarm { // ids only: the log is no place for a doctor's name
		s.cfg.Log.Error("ALARM: oversight", "rule", r.ID, "subject", row.Subject, "org", row.Org)
	}
	return err
}

// Finding is what a rule found. It names people by opaque ids, and it is no verdict: somebody has
// to look.
type Finding struct {
	ID       string    `json:"id" example:"five-drugs:rx:RX20261122442427997927"`
	Rule     Rule      `json:"rule"`
	Subject  string    `json:"subject" doc:"What it is about: a subject of the chain, or who and when" example:"rx:RX20261122442427997927"`
	Record   string    `json:"record,omitempty" doc:"Id of the record, or of the refused one" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Org      string    `json:"org,omitempty" doc:"Member id of the organisation" example:"h1"`
	Person   string    `json:"person,omitempty" doc:"Opaque id of the actor" example:"u7k2mq4xw5zt3yb6nc2da"`
	Height   int64     `json:"height,omitempty" example:"18"`
	At       time.Time `json:"at" doc:"Block time"`
	FoundAt  time.Time `json:"foundAt"`
	Detail   string    `json:"detail" doc:"What was found, in Chinese and English; nothing personal" example:"6 种药品 · 6 drugs"`
	Refused  bool      `json:"refused" doc:"The ledger refused it: it was tried and had no effect"`
	Document bool      `json:"document" doc:"The disclosed document is kept as evidence"`
}

func (s *Service) view(r findingRow) Finding {
	return Finding{
		ID: r.ID, Rule: s.rule(r.Rule), Subject: r.Subject, Record: r.Record, Org: r.Org, Person: r.Person,
		Height: r.Height, At: time.UnixMilli(r.At).UTC(),
		FoundAt: time.UnixMilli(r.FoundAt).UTC(), Detail: r.Detail, Refused: r.Attempt != nil,
		Document: r.Document != nil,
	}
}

// FindingsQuery is which findings are asked for.
type FindingsQuery struct {
	Before   string // next of the page before; empty: from the beginning of the order
	Limit    int
	Happened bool   // by block time, else by the moment when it was found
	Oldest   bool   // the oldest first, else the newest
	Rule     string // id of a rule; empty: any
	Org      string // member id; empty: any
}

// Findings lists at most Limit; next is the cursor of the rest, in the same order. invalid.ErrInput
// for a cursor that no page came with.
func (s *Service) Findings(ctx context.Context, ask FindingsQuery) (list []Finding, next string, err error) {
	column, value := "found_at", func(r findingRow) int64 { return r.FoundAt }
	if ask.Happened {
		column, value = "at", func(r findingRow) int64 { return r.At }
	}
	var behind []any
	if ask.Before != "" {
		text, id, ok := strings.Cut(ask.Before, "~")
		at, err := strconv.ParseInt(text, 10, 64)
		var c invalid.Check
		if c.That(ok && err == nil, "query.before", "the text that came with the page before"); c.Err() != nil {
			return nil, "", c.Err()
		}
		behind = []any{at, id}
	}
	q := s.cfg.DB.WithContext(ctx).Limit(ask.Limit)
	if ask.Rule != "" {
		q = q.Where("rule = ?", ask.Rule)
	}
	if ask.Org != "" {
		q = q.Where("org = ?", ask.Org)
	}
	q = sqlstore.Seek(q, !ask.Oldest, []string{column, "id"}, behind...)
	found, err := sqlstore.Rows[findingRow](q)
	if err != nil {
		return nil, "", err
	}
	rows := found.Rows
	list = []Finding{}
	for _, r := range sqlstore.Fit(q, findingRow{}.TableName(), found, func(r findingRow) string { return r.ID }) {
		list = append(list, s.view(r))
	}
	if len(rows) == ask.Limit {
		last := rows[ask.Limit-1]
		next = fmt.Sprintf("%d~%s", value(last), last.ID)
	}
	return list, next, nil
}

// Evidence makes the file of a finding that a stranger can check with `hospital verify`:
// ErrNotFound. A receipt that is not sealed yet, or a volume's records beyond maxRecords, are left
// out; the rest stands.
func (s *Service) Evidence(ctx context.Context, id string) (*evidence.Dossier, error) {
	var r findingRow
	err := s.cfg.DB.WithContext(ctx).Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	out := &evidence.Dossier{Evidence: []evidence.Evidence{}, Attempts: []chain.Attempt{}}
	if out.Finding, err = json.Marshal(s.view(r)); err != nil {
		return nil, err
	}
	if r.Attempt != nil {
		var a chain.Attempt
		if err := json.Unmarshal(r.Attempt, &a); err != nil {
			return nil, err
		}
		if a.ActorCert == "" {
			a.ActorCert = sealOf(s.cfg.Node.Roster(), a)
		}
		out.Attempts = append(out.Attempts, a)
	}
	ids, err := s.evidenceRecords(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, record := range ids {
		receipt, err := s.cfg.Node.Receipt(ctx, record)
		if errors.Is(err, chain.ErrNotFound) || errors.Is(err, chain.ErrNotSealed) {
			continue
		}
		if err != nil {
			return nil, err
		}
		e := evidence.Evidence{Receipt: receipt}
		if record == r.Record && r.Document != nil {
			if e.Document, err = s.cfg.Box.Open(r.Document, sealedContext("document", r.ID)); err != nil {
				return nil, err
			}
			if e.Salt, err = s.cfg.Box.Open(r.Salt, sealedContext("salt", r.ID)); err != nil {
				return nil, err
			}
		}
		out.Evidence = append(out.Evidence, e)
	}
	out.History, err = s.cfg.Node.History(ctx)
	return out, err
}

// evidenceRecords are the records that belong to a finding: those it names, and for an attempt what
// the subject's history was.
func (s *Service) evidenceRecords(ctx context.Context, r findingRow) (ids []string, err error) {
	if err := json.Unmarshal([]byte(r.Records), &ids); err != nil {
		return nil, err
	}
	if r.Attempt == nil {
		return ids, nil
	}
	history, err := s.cfg.Node.Records(ctx, r.Subject)
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, err
	}
	for _, c := range history {
		ids = append(ids, c.ID)
	}
	return ids, nil
}

// Status is how far the regulator is.
type Status struct {
	Place    Place      `json:"place"`
	Subjects int64      `json:"subjects" doc:"Subjects whose sequences were followed" example:"12"`
	Findings int64      `json:"findings" example:"0"`
	Gaps     int64      `json:"gaps" doc:"Of them: a sequence with a gap, or records that do not give the sealed root" example:"0"`
	Awaited  int64      `json:"awaited" doc:"Documents hospitals still owe" example:"0"`
	Oldest   *time.Time `json:"oldest,omitempty" doc:"Since when the oldest of them is awaited"`
}

// Status reads it.
func (s *Service) Status(ctx context.Context) (st Status, err error) {
	db := s.cfg.DB.WithContext(ctx)
	if st.Place, err = loadPlace(db); err != nil {
		return st, err
	}
	var debts struct{ N, Oldest int64 }
	err = errors.Join(
		db.Model(&subjectRow{}).Count(&st.Subjects).Error, db.Model(&findingRow{}).Count(&st.Findings).Error,
		db.Model(&findingRow{}).Where("rule = ?", ruleGap.ID).Count(&st.Gaps).Error,
		db.Raw("SELECT COUNT(*) n, COALESCE(MIN(since), 0) oldest FROM oversight_disclosures").Scan(&debts).Error)
	if st.Awaited = debts.N; debts.N > 0 {
		at := time.UnixMilli(debts.Oldest).UTC()
		st.Oldest = &at
	}
	return st, err
}
