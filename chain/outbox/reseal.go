package outbox

import (
	"bytes"
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
)

// lasting are seals that never change.
type lasting struct{}

func (lasting) InForce(string) string { return "" }

func (lasting) Pack(_ context.Context, _ string, recs []chain.Record) ([]chain.Record, error) {
	return recs, nil
}

func (lasting) Reseal(_ context.Context, rec chain.Record) (chain.Record, error) { return rec, nil }

// outdated tells whether the record's organisation must seal with another certificate by now.
func (r *Relay) outdated(rec chain.Record) bool {
	now := r.seals.InForce(rec.Statement.Org)
	return now != "" && now != rec.OrgCert
}

// sealMark begins the certificate's id in a record's canonical bytes, so that a seal in force is
// recognised without parsing.
var sealMark = []byte(`"orgCert":"`)

// mayBeOutdated is false for most entries, and cheap.
func (r *Relay) mayBeOutdated(e row, seen map[string]bool) bool {
	_, rest, _ := bytes.Cut(e.Record, sealMark)
	id, _, _ := bytes.Cut(rest, []byte(`"`))
	if known, ok := seen[string(id)]; ok {
		return known
	}
	rec, err := chain.ParseWaiting(e.Record)
	seen[string(id)] = err == nil && r.outdated(rec)
	return seen[string(id)]
}

const noSeal = "the organisation's seal in force is not at hand"

// pack puts one seal under each of the flight's batches. Nothing of it is stored: what is sent
// again is packed again, under the seal that is in force then. Batches whose key is not at hand are
// put off, with their lanes; the others remain.
func (r *Relay) pack(ctx context.Context, f *flight) (ready []*batch) {
	for _, b := range f.batches {
		packed, err := r.seals.Pack(ctx, b.org, b.records)
		if err != nil {
			stopped := map[string]bool{}
			for _, e := range b.rows {
				if !stopped[e.Lane] {
					f.verdicts = append(f.verdicts, r.putOff(e, noSeal))
				}
				stopped[e.Lane] = true
			}
			r.log.WarnContext(ctx, "outbox: records wait for their organisation's seal", "organisation", b.org,
				"records", len(b.rows), "error", err)
			continue
		}
		b.records = packed
		ready = append(ready, b)
	}
	return ready
}

// reseal, before schema 2, renews the seal of the entries whose organisation has a new one, and
// stores them before any of them is sent: what is sent is always what is stored. Entries whose new
// key is not at hand are put off, with their lanes; the others remain.
func (r *Relay) reseal(ctx context.Context, rows []row) (ready []row, putOff []verdict, err error) {
	var renewed []row
	stopped, seen := map[string]bool{}, map[string]bool{}
	for _, e := range rows {
		if stopped[e.Lane] {
			continue
		}
		if r.mayBeOutdated(e, seen) {
			rec, err := chain.ParseWaiting(e.Record)
			if err == nil {
				rec, err = r.seals.Reseal(ctx, rec)
			}
			if err != nil {
				stopped[e.Lane] = true
				putOff = append(putOff, r.putOff(e, noSeal))
				r.log.WarnContext(ctx, "outbox: a record waits for its organisation's new seal", "record", e.ID,
					"error", err)
				continue
			}
			e.Record, e.Resealed = rec.Bytes(), true
			renewed = append(renewed, e)
		}
		ready = append(ready, e)
	}
	if len(renewed) == 0 {
		return ready, putOff, nil
	}
	return ready, putOff, r.tx(ctx, func(tx *gorm.DB) error {
		for _, e := range renewed {
			if err := tx.Model(&row{}).Where("id = ? AND state = 'pending'", e.ID).
				Updates(map[string]any{"record": e.Record, "resealed": true}).Error; err != nil {
				return err
			}
		}
		return nil
	})
}
