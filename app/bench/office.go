package bench

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"time"

	"github.com/smart-hospital/hospital/prescription"
)

// logged are kinds of the security log's lines with their share; the rest are log-ins.
var logged = []struct {
	kind  string
	share float64
}{{"login-failed", 0.08}, {"session-ended", 0.05}, {"access-searched", 0.01}, {"device", 0.01}, {"password", 0.003},
	{"password-reset", 0.001}, {"account-suspended", 0.0002}}

// log fills the security log over the two years. Its hashes do not fit: the database is for
// reading.
func (f *filler) log(ctx context.Context) error {
	n := f.size.Prescriptions / linesEvery
	for i := range n {
		f.lines++
		at := f.now.Add(-time.Duration(float64(days*24*time.Hour) * (1 - float64(i)/float64(n))))
		doctor := f.doctors.accounts[0]
		if f.rnd.Float64() >= busyDoctor {
			doctor = f.doctors.accounts[f.another(len(f.doctors.accounts), 1.5)]
		}
		kind, r := "login", f.rnd.Float64()
		for _, l := range logged {
			if r -= l.share; r < 0 {
				kind = l.kind
				break
			}
		}
		if err := f.put(ctx, plain("security_log", []string{"seq", "at", "kind", "org", "actor", "subject", "origin",
			"detail", "prev", "hash"}, f.lines, at.UnixMilli(), kind, "h1", doctor, doctor, "0123456789ab", "",
			randomHex(32), randomHex(32)), nil); err != nil {
			return err
		}
	}
	return nil
}

// asked makes searches of the access log: a few a day by each of some administrators.
func (f *filler) asked(ctx context.Context) error {
	for i := range max(f.size.Prescriptions/200, 50) {
		id := fmt.Sprintf("AQ%026X", i)
		at := f.now.Add(-time.Duration(i) * days * 24 * time.Hour / time.Duration(max(f.size.Prescriptions/200, 50)))
		reason, err := f.box.Seal([]byte("患者投诉"), "access_searches.reason/"+id)
		if err != nil {
			return err
		}
		if err := f.put(ctx, plain("access_searches", []string{"id", "org", "admin", "patient", "reader", "since",
			"until", "reason", "asked_at"}, id, "h1", f.doctors.accounts[i%min(len(f.doctors.accounts), 5)],
			f.patients.persons[f.rnd.IntN(len(f.patients.persons))], "", int64(0), int64(0), reason, at.UnixMilli()),
			nil); err != nil {
			return err
		}
	}
	return nil
}

// plain is a row of the very values.
func plain(table string, columns []string, values ...any) mould {
	m := mould{table: table, columns: columns}
	for _, v := range values {
		m.cells = append(m.cells, always(v))
	}
	return m
}

// shelf is one drug in one pharmacy.
type shelf struct {
	pharmacy, drug            string
	version, onHand, reserved int64
}

const (
	delivered   = 200 // packages of a delivery
	fullShelves = 300 // packages of what nobody asks for
)

// shelves reads which drugs the demo's pharmacies have.
func (f *filler) shelves(ctx context.Context) error {
	f.stock = map[string]*shelf{}
	return f.db.WithContext(ctx).Raw("SELECT DISTINCT drug FROM pharmacy_stock ORDER BY drug").Scan(&f.drugs).Error
}

// moved keeps what a prescription moved in its pharmacy's stock: goods come, are reserved and go.
func (f *filler) moved(ctx context.Context, pharmacy string, status prescription.Status, at time.Time) error {
	if status != prescription.Dispensed && status != prescription.Claimed || len(f.drugs) == 0 {
		return nil
	}
	drug := f.drugs[int(float64(len(f.drugs))*math.Pow(f.rnd.Float64(), 3))] // a few are prescribed every day
	s := f.stock[pharmacy+"/"+drug]
	if s == nil {
		s = &shelf{pharmacy: pharmacy, drug: drug}
		f.stock[pharmacy+"/"+drug] = s
	}
	if s.onHand-s.reserved < 1 {
		if err := f.move(ctx, s, "delivery", delivered, 0, at); err != nil {
			return err
		}
	}
	if err := f.move(ctx, s, "claim", 0, 1, at); err != nil || status == prescription.Claimed {
		return err
	}
	return f.move(ctx, s, "dispense", -1, -1, at.Add(time.Minute))
}

func (f *filler) move(ctx context.Context, s *shelf, kind string, onHand, reserved int64, at time.Time) error {
	s.version, s.onHand, s.reserved = s.version+1, s.onHand+onHand, s.reserved+reserved
	reason, err := f.box.Seal(nil, fmt.Sprintf("stock_movements.reason/%s/%s/%d", s.pharmacy, s.drug, s.version))
	if err != nil {
		return err
	}
	reference, lot := randomHex(32), ""
	if kind == "delivery" {
		reference, lot = "", "L"+hex.EncodeToString([]byte{byte(s.version)})
	}
	return f.put(ctx, plain("stock_movements", []string{"pharmacy", "drug", "version", "kind", "on_hand",
		"reserved", "reference", "person", "reason", "moved_at", "lot"}, s.pharmacy, s.drug, s.version, kind, onHand,
		reserved, reference, "", reason, at.UnixMilli(), lot), nil)
}

// shelve writes every shelf as it stands now. What nobody asked for is full.
func (f *filler) shelve(ctx context.Context) error {
	for _, pharmacy := range f.pharmacies {
		for _, drug := range f.drugs {
			s := f.stock[pharmacy+"/"+drug]
			if s == nil {
				s = &shelf{pharmacy: pharmacy, drug: drug}
				if err := f.move(ctx, s, "delivery", fullShelves, 0, f.now.AddDate(-1, 0, 0)); err != nil {
					return err
				}
			}
			lot := plain("stock_lots", []string{"pharmacy", "drug", "lot", "expires", "on_hand"}, pharmacy, drug, "L1",
				f.now.AddDate(0, 0, 20+f.rnd.IntN(700)).Format(time.DateOnly), s.onHand)
			line := plain("pharmacy_stock", []string{"pharmacy", "drug", "on_hand", "reserved", "version"},
				pharmacy, drug,
				s.onHand, s.reserved, s.version)
			for _, m := range []mould{line, lot} {
				if err := f.put(ctx, m, nil); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
