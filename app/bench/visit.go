package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Slots of a visit's names; its records follow.
const (
	slotVisit = iota
	slotRx
	slotSettlement
	slotPatient
	slotDoctor
	slotPharmacy // in quotes, as JSON has it: two letters stand in many words
	slotPatientAccount
	slotDoctorAccount
	slotRecords
)

// kind is a visit with one prescription, of which copies are made.
type kind struct {
	status  prescription.Status
	records int     // how many names of records it has
	whole   []mould // every row
	short   []mould // what an old one needs to be read in lists
}

// played is a visit that the journey left behind, opened.
type played struct {
	visit, rx          row
	rows               []row // of every other table
	state              lifecycle.State
	settlement         string
	records            []string
	patientAcc, doctor string // accounts
}

// ErrPlayed: the journey left no prescription of a status that copies are made of.
var ErrPlayed = errors.New("bench: the journey left no such prescription")

// load reads the newest prescription of a status with all that belongs to its visit.
func load(ctx context.Context, db *sqlstore.DB, box *keystore.Box, status prescription.Status) (p played, err error) {
	rx, err := read(ctx, db, box, "prescriptions", "status = ? ORDER BY drafted_at DESC LIMIT 1", string(status))
	if err != nil || len(rx) == 0 {
		return p, errors.Join(err, fmt.Errorf("%w: %s", ErrPlayed, status))
	}
	p.rx = rx[0]
	if err := json.Unmarshal([]byte(p.rx.text("body")), &p.state); err != nil {
		return p, err
	}
	visit, id := p.rx.text("visit"), p.rx.text("id")
	add := func(table, where string, args ...any) []row {
		if err != nil {
			return nil
		}
		var list []row
		list, err = read(ctx, db, box, table, where, args...)
		p.rows = append(p.rows, list...)
		return list
	}
	visits, err := read(ctx, db, box, "consultations", "id = ?", visit)
	if err != nil || len(visits) == 0 {
		return p, errors.Join(err, fmt.Errorf("%w: visit %s", ErrPlayed, visit))
	}
	p.visit = visits[0]
	add("consultation_notes", "consultation_id = ?", visit)
	add("chat_streams", "consultation_id = ?", visit)
	add("chat_messages", "consultation_id = ? ORDER BY seq", visit)
	add("prescription_access", "prescription = ? ORDER BY read_at LIMIT 3", id)
	add("profile_access", "visit = ? ORDER BY read_at LIMIT 1", visit)
	for _, e := range add("prescription_events", "prescription = ? ORDER BY seq", id) {
		p.records = append(p.records, e.text("record"))
	}
	add("trace_codes", "prescription = ?", id)
	for _, s := range add("payment_settlements", "rx = ? ORDER BY opened_at DESC LIMIT 1", id) {
		p.settlement = s.text("id")
	}
	for _, e := range add("payment_events", "settlement = ?", p.settlement) {
		p.records = append(p.records, e.text("record"))
	}
	for _, record := range p.records {
		add("outbox", "id = ?", record)
	}
	for _, a := range []struct {
		person string
		into   *string
	}{{p.rx.text("patient"), &p.patientAcc}, {p.rx.text("doctor"), &p.doctor}} {
		found, err := read(ctx, db, box, "accounts", "person = ?", a.person)
		if err != nil || len(found) == 0 {
			return p, errors.Join(err, fmt.Errorf("%w: account of %s", ErrPlayed, a.person))
		}
		*a.into = found[0].text("id")
	}
	return p, err
}

// names are the played visit's own, by slot.
func (p *played) names() []string {
	pharmacy := ""
	if at := p.rx.text("pharmacy"); at != "" {
		pharmacy = `"` + at + `"`
	}
	return append([]string{p.rx.text("visit"), p.rx.text("id"), p.settlement, p.rx.text("patient"),
		p.rx.text("doctor"), pharmacy, p.patientAcc, p.doctor}, p.records...)
}

// upTo takes a dispensed prescription back to where it stood with another status.
func upTo(s lifecycle.State, status prescription.Status) lifecycle.State {
	s.Status = status
	s.Seq = map[prescription.Status]uint64{prescription.Signed: 1, prescription.Approved: 2, prescription.Expired: 2,
		prescription.Paid: 3, prescription.Claimed: 4}[status]
	s.Dispensing = nil
	if status != prescription.Claimed {
		s.Claim, s.Claims = nil, 0
	}
	if status != prescription.Paid && status != prescription.Claimed {
		s.Settlement, s.PaidAt = "", time.Time{}
	}
	if status == prescription.Signed || status == prescription.Draft {
		s.Review = nil
	}
	if status == prescription.Draft {
		s.LastRecord, s.AccessCode, s.Pickup, s.Foot = "", "", "", ""
		s.IssuedAt, s.ExpiresAt = time.Time{}, time.Time{}
	}
	return s
}

// kind makes the moulds of a status: the played visit's own, or one it came by.
func (p *played) kind(status prescription.Status) (kind, error) {
	state := p.state
	if status != state.Status {
		state = upTo(state, status)
	}
	taken := map[string]bool{} // records that there were by then
	for _, r := range p.rows {
		seq, _ := r.values["seq"].(int64)
		switch {
		case r.table == "prescription_events" && uint64(seq) <= state.Seq:
			taken[r.text("record")] = true
			if uint64(seq) == state.Seq {
				state.LastRecord = r.text("record")
			}
		case r.table == "payment_events" && state.Settlement != "":
			taken[r.text("record")] = true
		}
	}
	state.Findings, state.Basis, state.Overrides = []rules.Finding{}, nil, []rules.Override{}
	body, err := json.Marshal(state)
	if err != nil {
		return kind{}, err
	}
	if _, err := lifecycle.RestoreFromDatabase(state); err != nil {
		return kind{}, err
	}
	k, cut := kind{status: status, records: len(p.records)}, newCutter(p.names())
	rx := row{table: p.rx.table, columns: p.rx.columns, values: maps.Clone(p.rx.values)}
	rx.values["body"], rx.values["status"] = string(body), string(status)
	rx.values["expires_at"], rx.values["claim_until"] = millis(state.ExpiresAt), int64(0)
	own := map[string]cell{}
	if state.Claim == nil {
		rx.values["pharmacy"] = ""
	} else {
		own["pharmacy"] = func(c *copied) (any, error) { return strings.Trim(c.names[slotPharmacy], `"`), nil }
		if status == prescription.Claimed {
			rx.values["claim_until"] = millis(state.Claim.Until)
		}
	}
	both := func(m mould) { k.whole, k.short = append(k.whole, m), append(k.short, m) }
	both(cut.mould(p.visit, nil))
	both(cut.mould(rx, own))
	for _, r := range p.rows {
		record := r.text("record") + r.text("id") // of an event, or a record that was sent
		brief := map[string]cell{"document": sealed(words{{literal: "{}", slot: -1}}, cut.words(r.context("document")))}
		switch r.table {
		case "prescription_events", "payment_events":
			if taken[record] {
				k.whole = append(k.whole, cut.mould(r, nil))
				if record == state.LastRecord || r.values["seq"] == int64(1) && r.table == "prescription_events" {
					k.short = append(k.short, cut.mould(r, brief))
				}
			}
		case "outbox":
			if taken[record] {
				m := cut.mould(r, map[string]cell{"record": always([]byte("{}"))})
				k.whole = append(k.whole, m)
				if record == state.LastRecord {
					k.short = append(k.short, m)
				}
			}
		case "trace_codes":
			if status == prescription.Dispensed {
				k.whole = append(k.whole, cut.mould(r, nil))
			}
		case "payment_settlements":
			if state.Settlement != "" {
				both(cut.mould(r, nil))
			}
		case "chat_messages":
			k.whole = append(k.whole, cut.mould(r, nil))
		default:
			both(cut.mould(r, nil))
		}
	}
	if status == prescription.Paid {
		both(mould{table: "pharmacy_choices", columns: []string{"prescription", "pharmacy", "chosen_at"}, cells: []cell{
			named(slotRx), func(c *copied) (any, error) { return strings.Trim(c.names[slotPharmacy], `"`), nil },
			moved(millis(state.PaidAt))}})
	}
	if status == prescription.Dispensed {
		at := moved(millis(state.UpdatedAt))
		k.whole = append(k.whole, mould{table: "visit_ratings",
			columns: []string{"visit", "doctor", "stars", "words", "created_at", "changed_at", "rater", "shown"},
			cells: []cell{named(slotVisit), named(slotDoctor), always(int64(5)),
				sealed(words{{literal: "很耐心", slot: -1}},
					words{{literal: "visit_ratings.words/", slot: -1}, {slot: slotVisit}}),
				at, at, drawn(32), always(int64(0))}})
	}
	return k, nil
}

func named(slot int) cell { return said(words{{slot: slot}}) }

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
