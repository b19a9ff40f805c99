package app

import (
	"context"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
)

// certificates holds every enrolled key against the chain.
func (a *auditor) certificates(ctx context.Context) error {
	return keys.Each(ctx, a.db.DB, func(page []keys.Stored) error {
		subjects := make([]string, len(page))
		for i, c := range page {
			subjects[i] = chain.SubjectCert + c.ID
		}
		want, err := a.expect(a.db.WithContext(ctx), subjects)
		if err != nil {
			return err
		}
		for i, c := range page {
			if err := a.certificate(ctx, c, want[subjects[i]]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *auditor) certificate(ctx context.Context, c keys.Stored, want expected) error {
	a.report.Counts.Certificates++
	steps := []auditedStep{{record: c.Enrol.Record, seq: 1, kind: chain.KindEnrol, document: c.Enrol.Document,
		salt: c.Enrol.Salt}}
	status := chain.StatusEnrolled
	if c.Revoke != nil {
		steps = append(steps, auditedStep{record: c.Revoke.Record, seq: 2, kind: chain.KindRevoke,
			document: c.Revoke.Document, salt: c.Revoke.Salt})
		status = chain.StatusRevoked
	}
	records, err := a.steps(want, want.Seq, steps)
	if err != nil {
		return err
	}
	a.same(status == want.Status, want.Subject, "certificate.status",
		string(status)+" in the database, "+string(want.Status)+" by the chain")
	enrol := records[0]
	a.same(enrol == nil || enrol.Statement.Facts.Cert == base64.Encode(c.DER), want.Subject, "certificate.bytes",
		"other bytes than on the chain")
	a.same(enrol == nil || enrol.Statement.Org == c.Org, want.Subject, "certificate.organisation",
		"another organisation than on the chain")
	cert, err := gm.ParseCertificate(c.DER)
	cn, fault := accounts.CNOf(a.db.WithContext(ctx), c.Person)
	if fault != nil {
		return fault
	}
	columns := err == nil && cert.ID() == c.ID && cert.SubjectCN() == cn && cert.SubjectRole() == c.Role &&
		cert.PublicKey().Hex() == c.PublicKey && cert.NotAfter().UnixMilli() == c.NotAfter
	a.same(columns, want.Subject, "certificate.columns", "the columns say otherwise than the certificate")
	return nil
}
