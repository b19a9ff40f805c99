package chain_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// forgery is a receipt that must be refused, and why.
type forgery struct {
	Name   string       `json:"name"`
	Kind   string       `json:"kind"` // "receipt" or "status"
	Reason chain.Reason `json:"reason"`
	Text   string       `json:"text"` // of the receipt
}

const issued = 5 // index of the rx.issue in the reference's log

// forgeries are made with every key at hand where that makes them better: a forger may be a member.
func forgeries(r *reference) (out []forgery) {
	text := func(name string, why chain.Reason, s string) { out = append(out, forgery{name, "receipt", why, s}) }
	forge := func(name string, why chain.Reason, change func(*chain.Receipt)) {
		c := r.receipt(issued, "h1", "h2", "p1")
		change(c)
		text(name, why, string(c.Bytes()))
	}
	good := string(r.receipt(issued, "h1", "h2", "p1").Bytes())
	text("unknown-field", chain.ReasonMalformed, strings.Replace(good, `"actorCert"`, `"aNote":"x","actorCert"`, 1))
	text("doubled-field", chain.ReasonMalformed, strings.Replace(good, `"index":5`, `"index":4,"index":5`, 1))
	text("case-folded-field", chain.ReasonMalformed, strings.Replace(good, `"index"`, `"INDEX"`, 1))
	text("trailing-data", chain.ReasonMalformed, good+"{}")
	text("number-form", chain.ReasonMalformed, strings.Replace(good, `"index":5`, `"index":5.0`, 1))
	before, rest, _ := strings.Cut(good, `"path":`)
	_, after, _ := strings.Cut(rest, `,"record"`)
	text("null-path", chain.ReasonMalformed, before+`"path":null,"record"`+after)
	text("too-large", chain.ReasonMalformed, good[:1]+strings.Repeat(" ", chain.MaxReceiptBytes)+good[1:])
	forge("future-version", chain.ReasonVersion, func(c *chain.Receipt) { c.V = 2 })
	forge("unknown-kind", chain.ReasonMalformed, func(c *chain.Receipt) { c.Record.Statement.Kind = "rx.gift" })
	forge("sequence-zero", chain.ReasonMalformed, func(c *chain.Receipt) { c.Record.Statement.Seq = 0 })
	forge("header-of-another-chain", chain.ReasonWrongChain,
		func(c *chain.Receipt) { c.Header.Chain = "other"; c.Seals = r.seals(c.Header, voters...) })
	forge("other-members-list", chain.ReasonMembers, func(c *chain.Receipt) {
		c.Header.MembersRoot = chaintest.Tag("other list")
		c.Seals = r.seals(c.Header, voters...)
	})
	forgeWriters(r, forge)
	forgePlaces(r, forge)
	forgeSeals(r, forge)
	return append(out, forgeStatuses(r)...)
}

type forger func(name string, why chain.Reason, change func(*chain.Receipt))

// write replaces the receipt's record by one that is really in the log of that many members'
// consent: only who wrote it is wrong.
func (r *reference) write(c *chain.Receipt, by *chaintest.Person, rec chain.Record) {
	fake := *r
	fake.records = append([]chain.Record(nil), r.records...)
	fake.records[issued] = rec
	fake.rehash()
	seal := r.Orgs["h1"].Seal
	if o, ok := r.Orgs[rec.Statement.Org]; ok {
		seal = o.Seal
	}
	*c = chain.Receipt{
		V: rec.Format(), Record: rec, Index: issued, Path: fake.path(issued, 0, len(fake.records)),
		Header: fake.header,
		Seals:  r.seals(fake.header, "h1", "h2", "p1"), ActorCert: b64(by.Cert.Raw()), OrgCert: b64(seal.Cert.Raw()),
	}
}

func forgeWriters(r *reference, forge forger) {
	h1, h2, p1 := r.Orgs["h1"], r.Orgs["h2"], r.Orgs["p1"]
	facts := chain.Facts{Expires: refStart.Add(time.Hour).UnixMilli()}
	st := func(by *chaintest.Person) chain.Statement {
		return r.Statement(by, chain.KindIssue, "rx:F", 1, refStart, facts)
	}
	by := func(name string, why chain.Reason, p *chaintest.Person, change func(*chain.Statement)) {
		forge(name, why, func(c *chain.Receipt) {
			s := st(p)
			change(&s)
			r.write(c, p, r.Sign(p, s))
		})
	}
	keep := func(*chain.Statement) {}
	by("record-of-another-chain", chain.ReasonWrongChain, r.Doctor, func(s *chain.Statement) { s.Chain = "other" })
	by("pharmacy-issues", chain.ReasonOrgRole, p1.Issue("dis-7", chain.RoleDispenser), keep)
	by("reviewer-issues", chain.ReasonActorRole, r.Reviewer, keep)
	by("organisation-seal-issues", chain.ReasonActorRole, h1.Seal, keep)
	by("doctor-of-another-hospital", chain.ReasonActorCert, h2.Issue("doc-2", chain.RoleDoctor),
		func(s *chain.Statement) { s.Org = "h1" })
	rogue := chaintest.NewWard(refStart)
	by("certificate-of-a-rogue-ca", chain.ReasonActorCert, rogue.Doctor, keep)
	by("certificate-out-of-date", chain.ReasonActorCert,
		h1.IssueFor("doc-8", chain.RoleDoctor, chaintest.Must(gm.GenerateKey()), refStart.Add(-2*time.Hour),
			refStart.Add(-time.Hour)), keep)
	forge("organisation-not-a-member", chain.ReasonOrg, func(c *chain.Receipt) {
		rec := r.records[issued]
		rec.Statement.Org = "x9"
		r.write(c, r.Doctor, rec)
	})
	forge("another-members-seal-shown", chain.ReasonOrgCert,
		func(c *chain.Receipt) { c.OrgCert = b64(h2.Seal.Cert.Raw()) })
	forge("another-members-seal-named", chain.ReasonOrgCert, func(c *chain.Receipt) {
		rec := r.records[issued]
		rec.OrgCert = h2.Seal.Cert.ID()
		rec.OrgSig = b64(chaintest.Must(h2.Seal.Key.Sign(rec.SealBytes())))
		r.write(c, r.Doctor, rec)
	})
	forge("sealed-by-another-key", chain.ReasonOrgSig, func(c *chain.Receipt) {
		rec := r.records[issued]
		rec.OrgSig = b64(chaintest.Must(h2.Seal.Key.Sign(rec.SealBytes())))
		r.write(c, r.Doctor, rec)
	})
	forge("sealed-over-other-bytes", chain.ReasonOrgSig, func(c *chain.Receipt) {
		rec := r.records[issued]
		rec.OrgSig = r.records[issued+1].OrgSig
		r.write(c, r.Doctor, rec)
	})
	forge("another-persons-certificate-shown", chain.ReasonActorCert,
		func(c *chain.Receipt) { c.ActorCert = b64(r.Reviewer.Cert.Raw()) })
	forge("certificate-with-trailing-byte", chain.ReasonActorCert,
		func(c *chain.Receipt) { c.ActorCert = b64(append(r.Doctor.Cert.Raw(), 0)) })
	resign := func(name string, why chain.Reason, change func(*chain.Record)) {
		forge(name, why, func(c *chain.Receipt) {
			rec := r.records[issued]
			change(&rec)
			r.write(c, r.Doctor, r.Seal(rec))
		})
	}
	resign("actor-signed-another-statement", chain.ReasonActorSig,
		func(rec *chain.Record) { rec.ActorSig = r.Issued("OTHER", refStart).ActorSig })
	resign("digest-changed-after-signing", chain.ReasonActorSig,
		func(rec *chain.Record) { rec.Statement.Digest = chaintest.Tag("another drug") })
	resign("signature-with-trailing-byte", chain.ReasonActorSig, func(rec *chain.Record) {
		der := chaintest.Must(base64.StdEncoding.DecodeString(rec.ActorSig))
		rec.ActorSig = b64(append(der, 0))
	})
	resign("signature-by-another-key", chain.ReasonActorSig, func(rec *chain.Record) {
		rec.ActorSig = b64(chaintest.Must(r.Reviewer.Key.Sign(rec.Statement.Bytes())))
	})
}

func forgePlaces(r *reference, forge forger) {
	forge("path-hash-flipped", chain.ReasonPath, func(c *chain.Receipt) { c.Path[1] = chaintest.Tag("x") })
	forge("path-cut", chain.ReasonPath, func(c *chain.Receipt) { c.Path = c.Path[:len(c.Path)-1] })
	forge("path-too-long", chain.ReasonPath, func(c *chain.Receipt) { c.Path = append(c.Path, c.Path[0]) })
	forge("path-upper-case", chain.ReasonPath,
		func(c *chain.Receipt) { c.Path[0] = strings.ToUpper(chaintest.Tag("abc")) })
	forge("path-of-a-thousand", chain.ReasonPath, func(c *chain.Receipt) {
		for range 1000 {
			c.Path = append(c.Path, c.Path[0])
		}
	})
	forge("index-of-the-neighbour", chain.ReasonPath, func(c *chain.Receipt) { c.Index ^= 1 })
	forge("index-beyond-the-log", chain.ReasonPath, func(c *chain.Receipt) { c.Index += c.Header.LogSize })
	forge("signed-but-never-recorded", chain.ReasonPath,
		func(c *chain.Receipt) { c.Record = r.Issued("UNSEEN", refStart) })
	forge("log-root-replaced", chain.ReasonPath, func(c *chain.Receipt) { c.Header.LogRoot = chaintest.Tag("root") })
}

func forgeSeals(r *reference, forge forger) {
	forge("height-changed", chain.ReasonSealSig, func(c *chain.Receipt) { c.Header.Height++ })
	forge("time-changed", chain.ReasonSealSig, func(c *chain.Receipt) { c.Header.Time -= 1000 })
	forge("status-root-changed", chain.ReasonSealSig,
		func(c *chain.Receipt) { c.Header.StatusRoot = chaintest.Tag("status") })
	forge("seals-of-another-height", chain.ReasonSealSig, func(c *chain.Receipt) {
		h := c.Header
		h.Height--
		c.Seals = r.seals(h, "h1", "h2", "p1")
	})
	forge("seal-under-another-name", chain.ReasonSealSig, func(c *chain.Receipt) { c.Seals[2].Sig = c.Seals[0].Sig })
	forge("seal-not-base64", chain.ReasonSealSig, func(c *chain.Receipt) { c.Seals[1].Sig = "***" })
	forge("one-false-seal-among-four", chain.ReasonSealSig, func(c *chain.Receipt) {
		c.Seals = append(c.Seals, chain.Seal{Member: "i1", Sig: c.Seals[0].Sig})
	})
	forge("seal-of-a-stranger", chain.ReasonSealMember, func(c *chain.Receipt) { c.Seals[1].Member = "x9" })
	forge("seal-of-a-member-without-vote", chain.ReasonSealMember,
		func(c *chain.Receipt) { c.Seals = append(c.Seals, r.seals(c.Header, "r1")...) })
	forge("seal-twice", chain.ReasonSealDouble,
		func(c *chain.Receipt) { c.Seals = append(c.Seals, r.seals(c.Header, "h1")...) })
	forge("two-of-four", chain.ReasonQuorum, func(c *chain.Receipt) { c.Seals = c.Seals[:2] })
	forge("no-seals", chain.ReasonQuorum, func(c *chain.Receipt) { c.Seals = nil })
}

func forgeStatuses(r *reference) (out []forgery) {
	forge := func(name string, why chain.Reason, subject string, change func(*chain.StatusReceipt)) {
		c := r.status(subject, "h1", "h2", "p1")
		change(c)
		out = append(out, forgery{"status-" + name, "status", why, string(bytes.Clone(c.Bytes()))})
	}
	const there = "rx:RX20261101A"
	forge("claimed-paid", chain.ReasonPath, there, func(c *chain.StatusReceipt) { c.State.Status = chain.StatusPaid })
	forge("of-another-holder", chain.ReasonPath, there, func(c *chain.StatusReceipt) { c.State.Holder = "p2" })
	forge("said-absent", chain.ReasonPath, there,
		func(c *chain.StatusReceipt) { c.State = chain.SubjectState{Subject: there} })
	forge("absent-by-its-own-leaf", chain.ReasonPath, there, func(c *chain.StatusReceipt) {
		c.Other = &chain.StatusLeaf{Key: merkle.StatusKey(there).String(),
			Value: merkle.StatusValue(c.State.Bytes()).String()}
		c.State = chain.SubjectState{Subject: there}
	})
	forge("absent-by-a-leaf-elsewhere", chain.ReasonPath, there, func(c *chain.StatusReceipt) {
		for _, s := range r.states { // a true leaf with its true path, but not on the way to this subject
			other := r.status(s.Subject)
			if key := merkle.StatusKey(s.Subject); key.CommonBits(merkle.StatusKey(there)) < len(other.Path) {
				c.Path, c.Other = other.Path, &chain.StatusLeaf{Key: key.String(),
					Value: merkle.StatusValue(s.Bytes()).String()}
				c.State = chain.SubjectState{Subject: there}
				return
			}
		}
		panic("no leaf elsewhere")
	})
	forge("other-beside-a-state", chain.ReasonMalformed, there, func(c *chain.StatusReceipt) {
		c.Other = &chain.StatusLeaf{Key: chaintest.Tag("a"), Value: chaintest.Tag("b")}
	})
	forge("absent-with-a-sequence", chain.ReasonMalformed, "rx:NEVER1",
		func(c *chain.StatusReceipt) { c.State.Seq = 3 })
	forge("of-another-subject", chain.ReasonPath, there, func(c *chain.StatusReceipt) { c.State.Subject = "rx:RX3" })
	forge("path-cut", chain.ReasonPath, there, func(c *chain.StatusReceipt) { c.Path = c.Path[1:] })
	forge("two-of-four", chain.ReasonQuorum, there, func(c *chain.StatusReceipt) { c.Seals = c.Seals[:2] })
	forge("sealed-after-the-seals-ran-out", chain.ReasonSealExpired, there, func(c *chain.StatusReceipt) {
		c.Header.Time = refStart.AddDate(20, 0, 0).UnixMilli()
		c.Seals = r.seals(c.Header, voters...)
	})
	return out
}
