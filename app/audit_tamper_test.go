package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// tampering is a change behind the program's back and the rule that must name it. Some are made
// with the installation's own keys: the database's word is worth nothing against the chain's.
type tampering struct {
	name, rule string
	only       bool                   // nothing else may be reported
	spoil      func(x *copied) string // returns the subject that must be named; empty: any
}

var tamperings = []tampering{
	// Documents.
	{"a byte of a sealed document flipped", "event.sealed", true, func(x *copied) string {
		rec, doc := x.anEvent(chain.KindIssue)
		doc[len(doc)/2] ^= 1
		x.exec("UPDATE prescription_events SET document = ? WHERE record = ?", doc, rec)
		return x.rxOf(rec)
	}},
	{"a document rewritten with the installation's key", "event.document", false, func(x *copied) string {
		rec, sealed := x.anEvent(chain.KindIssue)
		x.resealEvent("prescription_events", "document", rec,
			bytes.Replace(x.unseal("prescription_events.document/"+rec, sealed), []byte(`"packages":1`),
				[]byte(`"packages":9`), 1))
		return x.rxOf(rec)
	}},
	{"a salt exchanged", "event.document", true, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindApprove)
		x.resealEvent("prescription_events", "salt", rec, make([]byte, chain.SaltLen))
		return x.rxOf(rec)
	}},
	{"a payment's document rewritten", "event.document", false, func(x *copied) string {
		rec := x.text("SELECT record FROM payment_events WHERE kind = ? ORDER BY record LIMIT 1", chain.KindPaySettle)
		sealed := x.bytes("SELECT document FROM payment_events WHERE record = ?", rec)
		x.resealEvent("payment_events", "document", rec,
			bytes.Replace(x.unseal("payment_events.document/"+rec, sealed), []byte(`"status":"settled"`),
				[]byte(`"status":"failed"`), 1))
		return chain.SubjectPay + x.text("SELECT settlement FROM payment_events WHERE record = ?", rec)
	}},

	// Prescriptions.
	{"a status changed in its column", "prescription.sealed", true, func(x *copied) string {
		id := x.aPrescription(prescription.Dispensed)
		x.exec("UPDATE prescriptions SET status = 'paid' WHERE id = ?", id)
		return chain.SubjectRx + id
	}},
	{"an end of validity changed in its column", "prescription.column", true, func(x *copied) string {
		id := x.aPrescription(prescription.Dispensed)
		x.exec("UPDATE prescriptions SET expires_at = expires_at + 86400000 WHERE id = ?", id)
		return chain.SubjectRx + id
	}},
	{"a state set back from dispensed to claimed", "prescription.status", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed,
			func(s *lifecycle.State) { s.Status, s.Dispensing, s.Seq = prescription.Claimed, nil, s.Seq-1 })
	}},
	{"a sequence moved", "prescription.sequence", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) { s.Seq++ })
	}},
	{"a last record exchanged", "prescription.last", true, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) { s.LastRecord = strings.Repeat("0", 64) })
	}},
	{"a validity prolonged", "prescription.expiry", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed,
			func(s *lifecycle.State) { s.ExpiresAt = s.ExpiresAt.Add(time.Hour) })
	}},
	{"another pharmacy as holder", "prescription.holder", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) {
			s.Claim.Pharmacy = map[bool]string{true: "p2", false: "p1"}[s.Claim.Pharmacy == "p1"]
		})
	}},
	{"another settlement as paid by", "prescription.settlement", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) { s.Settlement += "0" })
	}},
	{"a price altered", "prescription.document", false, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) { s.Items[0].Drug.PriceFen++ })
	}},
	{"a dose altered", "prescription.document", true, func(x *copied) string {
		return x.rewrite(prescription.Dispensed, func(s *lifecycle.State) { s.Items[0].Dose *= 10 })
	}},
	{"another reviewer", "prescription.document", true, func(x *copied) string {
		return x.rewrite(prescription.Dispensed,
			func(s *lifecycle.State) { s.Review.Person = "u00000000000000000000" })
	}},
	{"a prescription deleted with all its rows", "database.missing", false, func(x *copied) string {
		id := x.aPrescription(prescription.Dispensed)
		for _, table := range []string{"prescription_events", "trace_codes", "prescription_access"} {
			x.db.Exec("DELETE FROM "+table+" WHERE prescription = ?", id)
		}
		x.exec("DELETE FROM prescriptions WHERE id = ?", id)
		return chain.SubjectRx + id
	}},
	{"a prescription deleted, its events left", "prescription.sealed", false, func(x *copied) string {
		id := x.aPrescription(prescription.Dispensed)
		x.exec("DELETE FROM prescriptions WHERE id = ?", id)
		return chain.SubjectRx + id
	}},

	// Events.
	{"the last event deleted", "event.count", true, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindReject)
		subject := x.rxOf(rec)
		x.exec("DELETE FROM prescription_events WHERE record = ?", rec)
		return subject
	}},
	{"an event in the middle deleted", "event.sequence", false, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindPay)
		subject := x.rxOf(rec)
		x.exec("DELETE FROM prescription_events WHERE record = ?", rec)
		return subject
	}},
	{"an event's signer changed", "event.columns", false, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindApprove)
		x.exec("UPDATE prescription_events SET person = 'u00000000000000000000' WHERE record = ?", rec)
		return x.rxOf(rec)
	}},
	{"an event's kind changed", "event.statement", false, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindReject)
		x.exec("UPDATE prescription_events SET kind = ? WHERE record = ?", chain.KindApprove, rec)
		return x.rxOf(rec)
	}},
	{"an event's time changed", "event.statement", false, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindDispense)
		x.exec("UPDATE prescription_events SET signed_at = signed_at - 60000 WHERE record = ?", rec)
		return x.rxOf(rec)
	}},
	{"an event of a record that never was", "event.record", false, func(x *copied) string {
		rec, _ := x.anEvent(chain.KindReject)
		subject := x.rxOf(rec)
		x.exec("UPDATE prescription_events SET record = ? WHERE record = ?", strings.Repeat("0", 64), rec)
		return subject
	}},
	{"an event doubled", "event.doubled", false, func(x *copied) string {
		x.bare("prescription_events")
		rec, _ := x.anEvent(chain.KindIssue)
		x.exec("INSERT INTO prescription_events SELECT * FROM prescription_events WHERE record = ?", rec)
		return x.rxOf(rec)
	}},
	{"a payment's event deleted", "event.count", false, func(x *copied) string {
		settlement := x.text("SELECT settlement FROM payment_events WHERE kind = ?", chain.KindPayRefund)
		x.exec("DELETE FROM payment_events WHERE kind = ?", chain.KindPayRefund)
		return chain.SubjectPay + settlement
	}},

	// Trace codes.
	{"a tag doubled", "trace.doubled", true, func(x *copied) string {
		x.bare("trace_codes")
		tag := x.text("SELECT tag FROM trace_codes ORDER BY tag LIMIT 1")
		x.exec("INSERT INTO trace_codes SELECT * FROM trace_codes WHERE tag = ?", tag)
		return chain.SubjectRx + x.text("SELECT max(prescription) FROM trace_codes WHERE tag = ?", tag)
	}},
	{"a tag moved to another prescription", "trace.unknown", false, func(x *copied) string {
		tag := x.text("SELECT tag FROM trace_codes ORDER BY tag LIMIT 1")
		id := x.text(
			"SELECT id FROM prescriptions WHERE id <> (SELECT prescription FROM trace_codes WHERE tag = ?) ORDER BY id LIMIT 1", tag)
		x.exec("UPDATE trace_codes SET prescription = ? WHERE tag = ?", id, tag)
		return chain.SubjectRx + id
	}},
	{"a tag deleted", "trace.missing", true, func(x *copied) string {
		tag := x.text("SELECT tag FROM trace_codes ORDER BY tag LIMIT 1")
		id := x.text("SELECT prescription FROM trace_codes WHERE tag = ?", tag)
		x.exec("DELETE FROM trace_codes WHERE tag = ?", tag)
		return chain.SubjectRx + id
	}},

	// Stock.
	{"a package vanished from a shelf", "stock.balance", false, func(x *copied) string {
		x.exec("UPDATE pharmacy_stock SET on_hand = on_hand - 1 WHERE pharmacy = 'p1' AND drug = 'D0001'")
		return "stock"
	}},
	{"a movement deleted", "stock.balance", true, func(x *copied) string {
		x.exec("DELETE FROM stock_movements WHERE pharmacy = 'p2' AND drug = 'D0001'")
		return "stock"
	}},

	// The outbox.
	{"an outbox entry deleted", "outbox.missing", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindIssue)
		x.exec("DELETE FROM outbox WHERE subject = ? AND kind = ?", subject, chain.KindIssue)
		return subject
	}},
	{"a byte of an outbox record flipped", "outbox.bytes", false, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindApprove)
		rec := x.bytes("SELECT record FROM outbox WHERE subject = ? AND kind = ?", subject, chain.KindApprove)
		rec[bytes.Index(rec, []byte(`"actorSig":"`))+20] ^= 1
		x.exec("UPDATE outbox SET record = ? WHERE subject = ? AND kind = ?", rec, subject, chain.KindApprove)
		return subject
	}},
	{"an outbox entry's columns changed", "outbox.columns", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindEnrol)
		x.exec("UPDATE outbox SET seq = 7 WHERE subject = ?", subject)
		return subject
	}},
	{"an outbox entry in another subject's lane", "outbox.columns", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindIssue)
		lane := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindEnrol)
		x.exec("UPDATE outbox SET lane = ? WHERE subject = ? AND kind = ?", lane, subject, chain.KindIssue)
		return subject
	}},
	{"an outbox entry's height changed", "outbox.place", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindEnrol)
		x.exec("UPDATE outbox SET height = height + 1 WHERE subject = ?", subject)
		return subject
	}},
	{"an entry that says committed and is not on the chain", "outbox.lost", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindEnrol)
		rec, err := chain.ParseRecord(x.bytes("SELECT record FROM outbox WHERE subject = ?", subject))
		x.must(err)
		rec.Statement.Time++
		x.exec(
			"INSERT INTO outbox (id, lane, subject, kind, seq, record, state, height, created_at) SELECT ?, lane, subject, kind, seq, ?, state, height, created_at FROM outbox WHERE subject = ?", rec.ID(), rec.Bytes(), subject)
		return subject
	}},
	{"a dead letter", "outbox.dead", true, func(x *copied) string {
		subject := x.text("SELECT subject FROM outbox WHERE kind = ? ORDER BY pos LIMIT 1", chain.KindDispense)
		x.exec("UPDATE outbox SET state = 'dead' WHERE subject = ? AND kind = ?", subject, chain.KindDispense)
		return subject
	}},

	// Settlements.
	{"a settlement's status changed", "settlement.status", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET status = 'failed', settled_at = 0 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"an amount altered", "settlement.document", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET cash = cash + 1, fund = fund - 1 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"an amount altered against the bureau", "bureau.settled", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET cash = cash + 1, fund = fund - 1 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"a time of settlement lost", "settlement.books", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET settled_at = 0 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"another payer", "settlement.payer", true, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET payer = 'u00000000000000000000' WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"bills exchanged", "settlement.sealed", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec(
			"UPDATE payment_settlements SET fees = (SELECT s.fees FROM payment_settlements s WHERE s.id <> ? ORDER BY s.id LIMIT 1) WHERE id = ?", id, id)
		return chain.SubjectPay + id
	}},
	{"a settlement for another prescription", "settlement.prescription", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET rx = rx || '0' WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"a settlement that no prescription was paid by", "settlement.unused", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET rx = rx || '0' WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"a settlement's sequence moved", "settlement.sequence", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("UPDATE payment_settlements SET seq = seq + 1 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"a refund taken back", "bureau.refunded", false, func(x *copied) string {
		id := x.text("SELECT id FROM payment_settlements WHERE status = 'refunded'")
		x.exec("UPDATE payment_settlements SET status = 'settled', refunded_at = 0 WHERE id = ?", id)
		return chain.SubjectPay + id
	}},
	{"a prescription paid twice", "settlement.doubled", false, func(x *copied) string {
		x.bare("payment_settlements")
		id := x.aSettlement()
		x.exec("INSERT INTO payment_settlements SELECT * FROM payment_settlements WHERE id = ?", id)
		return chain.SubjectRx + x.text("SELECT max(rx) FROM payment_settlements WHERE id = ?", id)
	}},
	{"a settlement deleted", "database.missing", false, func(x *copied) string {
		id := x.aSettlement()
		x.exec("DELETE FROM payment_events WHERE settlement = ?", id)
		x.exec("DELETE FROM payment_settlements WHERE id = ?", id)
		return chain.SubjectPay + id
	}},

	// The bureau's books.
	{"the bureau's amount altered", "bureau.settled", false, func(x *copied) string {
		id := x.aSettlement()
		x.on(x.bureau(), "UPDATE bureau_orders SET cash = cash + 1 WHERE number = ?", id)
		return chain.SubjectPay + id
	}},
	{"the bureau's order deleted", "bureau.settled", false, func(x *copied) string {
		id := x.aSettlement()
		x.on(x.bureau(), "DELETE FROM bureau_orders WHERE number = ?", id)
		return chain.SubjectPay + id
	}},
	{"the bureau took the money of a number we do not know", "bureau.unknown", false, func(x *copied) string {
		id := x.aSettlement()
		x.on(x.bureau(), "UPDATE bureau_orders SET number = number || '0' WHERE number = ?", id)
		return chain.SubjectPay + id + "0"
	}},

	// Certificates.
	{"certificates swapped", "certificate.bytes", false, func(x *copied) string {
		id := x.text("SELECT id FROM certificates ORDER BY id LIMIT 1")
		x.exec(
			"UPDATE certificates SET der = (SELECT c.der FROM certificates c WHERE c.id <> ? ORDER BY c.id LIMIT 1) WHERE id = ?", id, id)
		return chain.SubjectCert + id
	}},
	{"a certificate given to another person", "certificate.columns", true, func(x *copied) string {
		id := x.text("SELECT id FROM certificates ORDER BY id LIMIT 1")
		x.exec("UPDATE certificates SET person = 'u00000000000000000000' WHERE id = ?", id)
		return chain.SubjectCert + id
	}},
	{"a certificate revoked in the database alone", "certificate.status", false, func(x *copied) string {
		id := x.text("SELECT id FROM certificates ORDER BY id LIMIT 1")
		x.exec("UPDATE certificates SET revoked_at = 1, revoke_reason = 'lost' WHERE id = ?", id)
		return chain.SubjectCert + id
	}},
	{"a certificate deleted", "database.missing", true, func(x *copied) string {
		id := x.text("SELECT id FROM certificates ORDER BY id LIMIT 1")
		x.exec("DELETE FROM certificates WHERE id = ?", id)
		return chain.SubjectCert + id
	}},

	// Files.
	{"a byte of the block store", "chain.replay", true, func(x *copied) string {
		x.flip("chain/data/blockstore.db", x.text("SELECT subject FROM outbox WHERE kind = ? LIMIT 1", chain.KindIssue))
		return "chain"
	}},
	{"a byte of the ledger", "chain.ledger", false, func(x *copied) string {
		// early: what is lost at the end is replayed from the blocks
		x.flip("chain/data/ledger.db", x.text("SELECT subject FROM outbox ORDER BY pos LIMIT 1"))
		return "chain"
	}},
	{"the published members' list", "members.published", true, func(x *copied) string {
		x.flip(".", `"power"`)
		return "members"
	}},
}

// anEvent returns the first event of a kind and its sealed document.
func (x *copied) anEvent(kind chain.Kind) (record string, sealed []byte) {
	x.t.Helper()
	record = x.text("SELECT record FROM prescription_events WHERE kind = ? ORDER BY record LIMIT 1", kind)
	return record, x.bytes("SELECT document FROM prescription_events WHERE record = ?", record)
}

func (x *copied) rxOf(record string) string {
	return chain.SubjectRx + x.text("SELECT max(prescription) FROM prescription_events WHERE record = ?", record)
}

func (x *copied) aPrescription(s prescription.Status) string {
	return x.text("SELECT id FROM prescriptions WHERE status = ? ORDER BY id LIMIT 1", s)
}

// aSettlement has a fund's share, so that one fen can be moved.
func (x *copied) aSettlement() string {
	return x.text("SELECT id FROM payment_settlements WHERE status = 'settled' AND fund > 0 ORDER BY id LIMIT 1")
}

func (x *copied) unseal(context string, sealed []byte) []byte {
	x.t.Helper()
	plain, err := x.box.Open(sealed, context)
	x.must(err)
	return plain
}

func (x *copied) resealEvent(table, column, record string, plain []byte) {
	x.t.Helper()
	sealed, err := x.box.Seal(plain, table+"."+column+"/"+record)
	x.must(err)
	x.exec("UPDATE "+table+" SET "+column+" = ? WHERE record = ?", sealed, record)
}

// rewrite changes a prescription's state as somebody who has the keys would, and returns its
// subject.
func (x *copied) rewrite(status prescription.Status, change func(*lifecycle.State)) string {
	x.t.Helper()
	store, id := prescriptionstore.New(x.box), prescription.ID(x.aPrescription(status))
	p, err := store.Load(x.db, id)
	x.must(err)
	var s lifecycle.State
	plain, err := json.Marshal(p.State())
	x.must(err)
	x.must(json.Unmarshal(plain, &s))
	change(&s)
	spoilt, err := lifecycle.RestoreFromDatabase(s)
	x.must(err)
	x.must(x.db.WithContext(context.Background()).
		Transaction(func(tx *gorm.DB) error { return store.Save(tx, spoilt, nil, nil) }))
	return id.Subject()
}

// flip changes one bit right after a text in the first file of a folder that holds it.
func (x *copied) flip(folder, after string) {
	x.t.Helper()
	dir := filepath.Join(x.cfg.Data, folder)
	entries, err := os.ReadDir(dir)
	x.must(err)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		content, err := os.ReadFile(path)
		if at := bytes.Index(content, []byte(after)); err == nil && at >= 0 {
			content[at+len(after)+1] ^= 1
			x.must(os.WriteFile(path, content, 0o600))
			return
		}
	}
	x.t.Fatalf("no file in %s holds it", folder)
}
