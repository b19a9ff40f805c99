package outbox

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

const (
	// maxParallel is the submissions of a flight: they share blocks, and the node checks them on
	// all cores.
	maxParallel = 16
	window      = maxParallel * chain.MaxBatchRecords // entries looked at for one flight
	maxBytes    = chain.MaxBatchBytes / 2             // of records in one submission; the rest is room for its envelope
)

const (
	firstPutOff = time.Second     // of an entry to which the node gives no answer, doubled each time
	maxPutOff   = 5 * time.Minute // at most
)

// heldBack are revocations of certificates that signed entries still on their way: what was signed
// while the certificate was good must reach the chain before it ends, and lanes have no order
// between them. A dead letter's lane is not waited for: it takes a person, and a revocation does
// not wait for one. Nothing new is appended meanwhile (ErrRevoked).
const heldBack = `kind = 'cert.revoke' AND EXISTS (SELECT 1 FROM outbox AS signed WHERE signed.state = 'pending' AND signed.pos < outbox.pos
	AND signed.actor = substr(outbox.subject, 6) AND signed.lane NOT IN (SELECT lane FROM outbox WHERE state = 'dead'))`

// waiting returns the oldest entries of the lanes that may move: none of the busy ones, no dead
// letter in them, not put off and not held back.
func waiting(db *gorm.DB, now time.Time, busy []string) ([]row, error) {
	q := db.Where("state = 'pending'")
	if len(busy) > 0 {
		q = q.Where("lane NOT IN ?", busy)
	}
	found, err := sqlstore.Rows[row](q.Where("lane NOT IN (SELECT lane FROM outbox WHERE state = 'dead')").
		Where("lane NOT IN (SELECT lane FROM outbox WHERE not_before > 0 AND not_before > ? AND state = 'pending')",
			now.UnixMilli()).
		Where("NOT (" + heldBack + ")").
		Order("pos").Limit(window))
	for i := range found.Rows {
		if found.Err(i) != nil {
			found.Rows[i].Record = nil // a record that cannot be read: plan ends it, and its lane waits for a person
		}
	}
	return found.Rows, err
}

// batch is one submission, of one organisation's records.
type batch struct {
	org      string
	rows     []row
	records  []chain.Record
	bytes    int
	alone    bool // takes no second lane
	outcomes []chain.Outcome
	err      error
}

func (b *batch) add(r row, rec chain.Record) {
	b.rows, b.records, b.bytes = append(b.rows, r), append(b.records, rec), b.bytes+len(r.Record)
}

func (b *batch) room(r row, limit int) bool {
	return len(b.rows) == 0 || (!b.alone && !isolated(r) && len(b.rows) < limit && b.bytes+len(r.Record) <= maxBytes)
}

// isolated entries were in a submission of their own that failed while others passed; they travel
// alone from then on.
func isolated(r row) bool { return r.Attempts > 0 && r.Code == int64(chain.CodeOK) }

func (b *batch) answeredBy(outcomes []chain.Outcome) bool {
	if len(outcomes) != len(b.rows) {
		return false
	}
	for i, o := range outcomes {
		if o.ID != b.rows[i].ID {
			return false
		}
	}
	return true
}

// lane is where plan stands with one lane.
type lane struct {
	in      *batch
	subject string
	closed  bool // nothing more of it this round
}

// plan deals entries, oldest first, into at most maxParallel batches of at most limit records, each
// of one organisation. A lane is in one batch only, so its order holds; and with one subject only,
// because then the ledger's sequence refuses what follows a refused record, whereas another
// subject's record would slip past it. Entries that cannot be read are judged here.
func plan(rows []row, limit int) (batches []*batch, unreadable []verdict) {
	lanes := make(map[string]*lane)
	current := map[string]*batch{} // by organisation: the one that is filled
	for _, r := range rows {
		l := lanes[r.Lane]
		switch {
		case l == nil:
			l = &lane{subject: r.Subject}
			lanes[r.Lane] = l
		case l.closed || l.subject != r.Subject || !l.in.room(r, limit):
			l.closed = true
			continue
		}
		rec, err := chain.ParseWaiting(r.Record)
		if err != nil {
			if l.closed = true; l.in == nil {
				unreadable = append(unreadable, damaged(r))
			}
			continue
		}
		org := rec.Statement.Org
		switch {
		case l.in == nil:
			b := current[org]
			if b == nil || !b.room(r, limit) {
				if len(batches) == maxParallel {
					l.closed = true
					continue
				}
				b = &batch{org: org}
				current[org], batches = b, append(batches, b)
			}
			l.in = b
			b.alone = isolated(r)
		case l.in.org != org:
			l.closed = true
			continue
		}
		l.in.add(r, rec)
	}
	return batches, unreadable
}

// verdict is what an entry becomes.
type verdict struct {
	row     row
	outcome chain.Outcome
	state   string // Pending: put off until row.NotBefore
}

func damaged(r row) verdict {
	r.Attempts++
	return verdict{row: r, state: Dead,
		outcome: chain.Outcome{ID: r.ID, Code: chain.CodeMalformed, Detail: "stored record cannot be read"}}
}

func anyFinal(verdicts []verdict) bool {
	for _, v := range verdicts {
		if v.state != Pending {
			return true
		}
	}
	return false
}

// judge turns a batch's outcomes into verdicts. Entries without one stay pending and are sent again
// at once: those of a failed submission (the chain may hold them; then it says so), and those
// behind a refused one of their lane, whose own refusal is only its consequence. others tells that
// another batch of the round passed.
func (r *Relay) judge(b *batch, others bool) (verdicts []verdict) {
	if b.err != nil {
		return r.isolate(b, others)
	}
	stopped := make(map[string]bool)
	for i, o := range b.outcomes {
		switch {
		case o.Code == chain.CodeOK:
			verdicts = append(verdicts, verdict{row: b.rows[i], outcome: o, state: Committed})
		case !stopped[b.rows[i].Lane]:
			stopped[b.rows[i].Lane] = true
			if r.outdated(b.records[i]) {
				continue // its seal was replaced on the way: the next round renews it
			}
			verdicts = append(verdicts, r.refused(b.rows[i], o))
		}
	}
	return verdicts
}

func (r *Relay) refused(e row, o chain.Outcome) verdict {
	now := r.now()
	e.Attempts++
	if e.RefusedAt == 0 {
		e.RefusedAt = now.UnixMilli()
	}
	if !o.Code.Transient() || now.Sub(time.UnixMilli(e.RefusedAt)) >= TransientFor {
		return verdict{row: e, outcome: o, state: Dead}
	}
	e.NotBefore = now.Add(pause(e.Attempts)).UnixMilli()
	return verdict{row: e, outcome: o, state: Pending}
}

// isolate puts an entry off that failed alone while others passed: the fault is its own, and the
// others must not wait for it. It is never dead, because no verdict was given.
func (r *Relay) isolate(b *batch, others bool) []verdict {
	if !others || len(b.rows) > 1 || errors.Is(b.err, chain.ErrBusy) {
		return nil
	}
	return []verdict{r.putOff(b.rows[0], "no answer from the node")}
}

// putOff has an entry, and its lane with it, wait longer each time.
func (r *Relay) putOff(e row, why string) verdict {
	e.Attempts++
	e.NotBefore = r.now().Add(min(firstPutOff<<min(e.Attempts-1, 10), maxPutOff)).UnixMilli()
	return verdict{row: e, state: Pending, outcome: chain.Outcome{ID: e.ID, Detail: why}}
}
