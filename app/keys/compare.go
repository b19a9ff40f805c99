package keys

import (
	"context"

	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm/pki"
)

// auditing is an audit of this room's rows.
type auditing struct{ *audit.Walk }

// Compare holds every enrolled key against the chain.
func Compare(ctx context.Context, w *audit.Walk) error {
	a := auditing{w}
	w.Report.Count("certificates", 0)
	err := Each(ctx, a.DB.DB, func(page []Stored) error {
		subjects := make([]string, len(page))
		for i, c := range page {
			subjects[i] = chain.SubjectCert + c.ID
		}
		want, err := a.Expect(ctx, subjects)
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
	w.Report.Say("certificates  %8d", w.Report.Counts["certificates"])
	return err
}

func (a auditing) certificate(ctx context.Context, c Stored, want audit.Expected) error {
	a.Report.Count("certificates", 1)
	steps := []audit.Step{{Record: c.Enrol.Record, Seq: 1, Kind: chain.KindEnrol, Document: c.Enrol.Document,
		Salt: c.Enrol.Salt}}
	status := chain.StatusEnrolled
	if c.Revoke != nil {
		steps = append(steps, audit.Step{Record: c.Revoke.Record, Seq: 2, Kind: chain.KindRevoke,
			Document: c.Revoke.Document, Salt: c.Revoke.Salt})
		status = chain.StatusRevoked
	}
	records, err := a.Steps(want, want.Seq, steps)
	if err != nil {
		return err
	}
	a.Same(status == want.Status, want.Subject, "certificate.status",
		string(status)+" in the database, "+string(want.Status)+" by the chain")
	enrol := records[0]
	a.Same(enrol == nil || enrol.Statement.Facts.Cert == base64.Encode(c.DER), want.Subject, "certificate.bytes",
		"other bytes than on the chain")
	a.Same(enrol == nil || enrol.Statement.Org == c.Org, want.Subject, "certificate.organisation",
		"another organisation than on the chain")
	cert, err := pki.ParseCertificate(c.DER)
	cn, fault := human.CNOf(a.DB.WithContext(ctx), c.Person)
	if fault != nil {
		return fault
	}
	columns := err == nil && cert.ID() == c.ID && cert.SubjectCN() == cn && cert.SubjectRole() == c.Role &&
		cert.PublicKey().Hex() == c.PublicKey && cert.NotAfter().UnixMilli() == c.NotAfter
	a.Same(columns, want.Subject, "certificate.columns", "the columns say otherwise than the certificate")
	return nil
}
