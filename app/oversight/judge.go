package oversight

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/membership"
)

// judge runs the rules of the record's room.
func (s *Service) judge(tx *gorm.DB, c *Case) error {
	if c.part == nil || c.part.Step == nil {
		return nil
	}
	c.s, c.tx = s, tx
	return c.part.Step(c)
}

// context looks up what the rules need to know about an attempt.
func (s *Service) context(ctx context.Context, a chain.Attempt) (t Tried, err error) {
	t.Attempt = a
	st := a.Record.Statement
	if t.Person, err = s.person(ctx, st); err != nil {
		return t, err
	}
	enrolled, err := s.cfg.Node.Records(ctx, chain.SubjectCert+st.Actor)
	if err == nil {
		t.ActorCert = enrolled[0].Record.Statement.Facts.Cert
	} else if !errors.Is(err, chain.ErrNotFound) {
		return t, err
	}
	t.Earlier, err = s.earlier(ctx, st.Subject, func(c chain.Committed) bool { return c.Height <= a.Height })
	return t, err
}

// judgeAttempt runs the rules over a refused record: who tries what the ledger forbids is of
// interest although it failed.
func (s *Service) judgeAttempt(tx *gorm.DB, t Tried) error {
	rule, ok := s.ruleOfAttempt(t)
	if !ok {
		return nil
	}
	return s.find(tx, rule, finding{
		subject: t.Record.Statement.Subject + "." + t.Record.ID()[:16], attempt: &t.Attempt, person: t.Person,
		detail: fmt.Sprintf("%[1]s 被账本拒绝 · %[1]s was refused: %[2]s", t.Record.Statement.Kind, t.Code),
	})
}

func (s *Service) ruleOfAttempt(t Tried) (Rule, bool) {
	switch t.Code {
	case chain.CodeCertRevoked, chain.CodeCertExpired:
		return ruleRevokedKey, true
	case chain.CodeRole:
		return ruleRole, true
	}
	if p := s.partOf(t.Record.Statement.Subject); p != nil && p.Attempt != nil {
		return p.Attempt(t)
	}
	return Rule{}, false
}

// sealOf is the certificate of an attempt whose actor is the organisation's own seal.
func sealOf(r *membership.Roster, a chain.Attempt) string {
	org, ok := r.Org(a.Record.Statement.Org)
	if !ok || org.SealCert.ID() != a.Record.Statement.Actor {
		return ""
	}
	return base64.Encode(org.SealCert.Raw())
}
