package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/bench/bulk"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/number"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
)

// Size of the hospital that Fill makes.
type Size struct {
	Prescriptions int
	Patients      int
	Doctors       int
}

// Shares and shapes: a few have much, as in a real hospital.
const (
	days           = 730  // over which the visits lie
	busyDoctor     = 0.04 // of all prescriptions, one of the demo's doctors
	busyPharmacy   = 0.30 // of all that were claimed, one of the demo's pharmacies
	mostOfAPatient = 2000 // prescriptions of one of the demo's patients
	wholeEvery     = 10   // each so many copies have every row of their visit
	inboxDays      = 25   // notices are kept for 30
	linesEvery     = 5    // prescriptions for each line of the security log
	inboxMost      = 450  // of one account, kept are 500
	waitingVisits  = 60   // requested of the busy doctor
	journeys       = 4    // visits that are really played
)

// Config is a demo over a database that Fill makes or has made.
func Config(data, databaseURL string) config.Config {
	cfg := config.Config{Data: data, Listen: "127.0.0.1:0", DatabaseURL: databaseURL, Demo: true, Hospital: "h1",
		LogLevel: "error", ShutdownFor: 20 * time.Second, PasswordCost: config.CheapPasswords,
		ClaimLease: 24 * time.Hour, VisitTail: 24 * time.Hour}
	cfg.Insurer.Timeout = 5 * time.Second
	return cfg
}

// ErrFilled: the database has copies already.
var ErrFilled = errors.New("bench: the data folder is not empty; name a new one")

// Fill plays a demo in the data folder of cfg and copies what came of it until the hospital has the
// size: a hundred thousand prescriptions are 1.1 GB. ErrFilled for a folder that has a hospital,
// journey.ErrSurprise and what the database answers.
func Fill(ctx context.Context, cfg config.Config, size Size, progress io.Writer) error {
	if err := play(ctx, cfg); err != nil {
		return err
	}
	f := installation.Installation{Cfg: cfg, Log: slog.New(slog.DiscardHandler)}
	if err := f.OpenKeys(ctx); err != nil {
		return err
	}
	if err := f.OpenStore(ctx); err != nil {
		return err
	}
	err := fill(ctx, f.DB, f.Box, size, progress)
	return errors.Join(err, f.DB.Close())
}

// play runs the hospital for a few visits.
func play(ctx context.Context, cfg config.Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a, err := app.New(ctx, cfg, app.NewLogger(cfg, io.Discard), "bench")
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx) }()
	var n int64
	err = a.DB.WithContext(ctx).Raw("SELECT count(*) FROM prescriptions").Scan(&n).Error
	if err == nil && n > 0 {
		err = ErrFilled
	}
	if err == nil {
		err = journey.Run(ctx, journey.Options{URL: a.URL(), Count: journeys, Parallel: 2, Unhappy: true,
			Out: io.Discard})
	}
	for n = 1; err == nil && n > 0; {
		time.Sleep(20 * time.Millisecond)
		err = a.DB.WithContext(ctx).Raw("SELECT (SELECT count(*) FROM outbox WHERE state = 'pending') + " +
			"(SELECT count(*) FROM payment_settlements WHERE next_try > 0)").Scan(&n).Error
	}
	cancel()
	return errors.Join(err, <-served)
}

// people are who the copies are of; the first is the demo's.
type people struct {
	persons, accounts []string
	moulds            []mould // of one more
}

type filler struct {
	db   *sqlstore.DB
	box  *keystore.Box
	out  *bulk.Writer
	size Size
	now  time.Time
	rnd  *rand.Rand

	kinds             map[prescription.Status]kind
	patients, doctors people
	pharmacies        []string
	seen              map[string]int64 // notices of an account
	stock             map[string]*shelf
	drugs             []string
	lines             int64 // of the security log
}

func fill(ctx context.Context, db *sqlstore.DB, box *keystore.Box, size Size, progress io.Writer) (err error) {
	f := &filler{db: db, box: box, size: size, now: time.Now(),
		rnd:  rand.New(rand.NewPCG(1, 2)), //nolint:gosec // G404: shares of a made-up hospital, no secrets
		seen: map[string]int64{}, kinds: map[prescription.Status]kind{}}
	overseer, err := regulator(ctx, db, box)
	if err != nil {
		return err
	}
	all, err := f.prepare(ctx)
	if err != nil {
		return err
	}
	if f.out, err = bulk.Open(ctx, db); err != nil { // nobody else reads or writes from here on
		return err
	}
	defer func() { err = errors.Join(err, f.out.End()) }()
	for _, step := range []func() error{
		func() error { return f.people(ctx) },
		func() error { return f.visits(ctx, &all, progress) },
		func() error { return f.queue(ctx, &all) },
		func() error { return f.inboxes(ctx) },
		func() error { return f.log(ctx) },
		func() error { return f.asked(ctx) },
		func() error { return f.shelve(ctx) },
		func() error { return f.overseen(ctx) },
		func() error { _, _ = fmt.Fprintln(progress, "indexes"); return f.out.Close(ctx) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, last := range []string{
		fmt.Sprintf("UPDATE security_head SET seq = %d WHERE id = 1", f.lines),
		"DELETE FROM consultation_tallies",
		"INSERT INTO consultation_tallies (doctor, finished) " +
			"SELECT doctor, count(*) FROM consultations WHERE state = 'finished' GROUP BY doctor",
		"UPDATE visit_ratings SET shown = 1",
	} {
		if err := db.WithContext(ctx).Exec(last).Error; err != nil {
			return err
		}
	}
	if err := overseer.Decide(ctx); err != nil || db.Dialect == sqlstore.SQLite {
		return err
	}
	return db.WithContext(ctx).Exec("ANALYZE oversight_shown").Error // as it does by itself when a table grows
}

// put makes a copy's row.
func (f *filler) put(ctx context.Context, m mould, c *copied) error {
	values := make([]any, len(m.cells))
	for i, made := range m.cells {
		v, err := made(c)
		if err != nil {
			return err
		}
		values[i] = v
	}
	return f.out.Put(ctx, m.table, m.columns, values)
}

// prepare reads the played visits and makes the moulds, and empties what is numbered anew.
func (f *filler) prepare(ctx context.Context) (played, error) {
	for _, t := range []string{"notices", "notice_heads", "stock_movements", "stock_lots", "pharmacy_stock"} {
		if t == "stock_movements" {
			if err := f.shelves(ctx); err != nil {
				return played{}, err
			}
		}
		if err := f.db.WithContext(ctx).Exec("DELETE FROM " + t).Error; err != nil {
			return played{}, err
		}
	}
	err := f.db.WithContext(ctx).Raw("SELECT seq FROM security_head WHERE id = 1").Scan(&f.lines).Error
	if err != nil {
		return played{}, err
	}
	done, err := load(ctx, f.db, f.box, prescription.Dispensed)
	if err != nil {
		return done, err
	}
	for _, status := range prescription.Statuses {
		of := done
		if status == prescription.Rejected || status == prescription.Cancelled {
			if of, err = load(ctx, f.db, f.box, status); err != nil {
				return done, err
			}
		}
		k, err := of.kind(status)
		if err != nil {
			return done, fmt.Errorf("%s: %w", status, err)
		}
		f.kinds[status] = k
	}
	patient, doctor := done.rx.text("patient"), done.rx.text("doctor")
	f.patients = people{persons: []string{patient}, accounts: []string{done.patientAcc}}
	f.doctors = people{persons: []string{doctor}, accounts: []string{done.doctor}}
	f.patients.moulds, err = f.person(ctx, patient, done.patientAcc, "patients", "prior_diagnoses", "certificates",
		"payment_cards")
	if err != nil {
		return done, err
	}
	f.doctors.moulds, err = f.person(ctx, doctor, done.doctor, "practitioners", "doctor_about", "doctor_hours",
		"certificates")
	return done, err
}

// people copies the patient and the doctor of the played visit until there are enough.
func (f *filler) people(ctx context.Context) error {
	f.pharmacies = []string{"p1", "p2", "p3"}
	for n := range 40 {
		f.pharmacies = append(f.pharmacies, fmt.Sprintf("px%02d", n))
	}
	for _, x := range []struct {
		list *people
		n    int
	}{{&f.patients, f.size.Patients}, {&f.doctors, f.size.Doctors}} {
		for n := 1; n < x.n; n++ {
			c := &copied{box: f.box, behind: f.rnd.Int64N(days * 24 * 3600_000), names: []string{newPerson("u"),
				newPerson("a"), fmt.Sprintf("doctor-%05d", n), newPerson("d"), "PD" + randomHex(13), randomHex(32)}}
			for _, m := range x.list.moulds {
				if m.table == "sessions" || m.table == "devices" {
					if n%5 > 0 {
						continue // few are logged in
					}
					lately := *c
					lately.behind = f.rnd.Int64N(6 * 24 * 3600_000)
					if err := f.put(ctx, m, &lately); err != nil {
						return err
					}
					continue
				}
				if err := f.put(ctx, m, c); err != nil {
					return err
				}
			}
			x.list.persons, x.list.accounts = append(x.list.persons, c.names[0]), append(x.list.accounts, c.names[1])
		}
	}
	return nil
}

// person makes the moulds of somebody: names are person, account, log-in name, device, diagnosis
// and session.
func (f *filler) person(ctx context.Context, person, account string, tables ...string) (list []mould, err error) {
	names := []string{person, account, "", "", "", ""}
	var rows []row
	add := func(table, where, of string) {
		var found []row
		if err == nil {
			found, err = read(ctx, f.db, f.box, table, where, of)
			rows = append(rows, found...)
		}
	}
	add("accounts", "id = ?", account)
	for _, t := range tables {
		add(t, "person = ?", person)
	}
	add("consents", "account = ?", account)
	add("devices", "account = ? ORDER BY last_at DESC LIMIT 1", account)
	add("sessions", "account = ? ORDER BY used_at DESC LIMIT 1", account)
	for _, r := range rows {
		switch r.table {
		case "accounts":
			names[2] = r.text("login")
		case "devices":
			names[3] = r.text("id")
		case "prior_diagnoses":
			names[4] = r.text("id")
		case "sessions":
			names[5] = r.text("digest")
		}
	}
	cut := newCutter(names)
	for _, r := range rows {
		if r.table == "prior_diagnoses" && r.text("id") != names[4] {
			continue // one is enough
		}
		list = append(list, cut.mould(r, nil))
	}
	return list, err
}

// status of the n-th prescription: what is open lies at the end of time.
func (f *filler) status(n int) prescription.Status {
	left := f.size.Prescriptions - 1 - n
	for _, open := range []struct {
		status     prescription.Status
		part, most int
	}{{prescription.Signed, 50, 200}, {prescription.Draft, 100, 1000}, {prescription.Approved, 40, 400},
		{prescription.Paid, 40, 2000}, {prescription.Claimed, 100, 500}} {
		m := min(f.size.Prescriptions/open.part, open.most)
		if left < m {
			return open.status
		}
		left -= m
	}
	switch r := f.rnd.Float64(); {
	case r < 0.88:
		return prescription.Dispensed
	case r < 0.94:
		return prescription.Expired
	case r < 0.98:
		return prescription.Cancelled
	}
	return prescription.Rejected
}

// openFor is how long ago the oldest open one was written.
const openFor = 5 * time.Hour

// visits makes the copies, oldest first.
func (f *filler) visits(ctx context.Context, p *played, progress io.Writer) error {
	started := time.Now()
	base := millis(p.state.DraftedAt)
	busy := max(f.size.Prescriptions/mostOfAPatient, 10) // each so many are the busy patient's
	for n := range f.size.Prescriptions {
		status := f.status(n)
		k := f.kinds[status]
		back := time.Duration(float64(days*24*time.Hour)*(1-float64(n)/float64(f.size.Prescriptions))) + openFor
		if !status.Final() {
			back = time.Duration(f.rnd.Int64N(int64(openFor)))
		}
		at := f.now.Add(-back)
		patient, doctor := 0, 0
		if n%busy > 0 {
			patient = f.another(len(f.patients.persons), 1.2)
		}
		if f.rnd.Float64() >= busyDoctor {
			doctor = f.another(len(f.doctors.persons), 1.5)
		}
		names, err := f.names(at, k.records, patient, doctor)
		if err != nil {
			return err
		}
		c := &copied{names: names, behind: base - at.UnixMilli(), box: f.box}
		moulds := k.short
		if n%wholeEvery == 0 || patient == 0 || !status.Final() {
			moulds = k.whole
		}
		for _, m := range moulds {
			if err := f.put(ctx, m, c); err != nil {
				return err
			}
		}
		if err := f.moved(ctx, strings.Trim(names[slotPharmacy], `"`), status, at); err != nil {
			return err
		}
		if back < inboxDays*24*time.Hour {
			if err := f.notify(ctx, names, at); err != nil {
				return err
			}
		}
		if n%50000 == 49999 {
			_, _ = fmt.Fprintf(progress, "%d prescriptions, %s\n", n+1, time.Since(started).Round(time.Second))
		}
	}
	return nil
}

// another is one of n but the first: the greater skew, the more often one of the first.
func (f *filler) another(n int, skew float64) int {
	return min(1+int(float64(n-1)*math.Pow(f.rnd.Float64(), skew)), n-1)
}

func (f *filler) names(at time.Time, records, patient, doctor int) ([]string, error) {
	names := make([]string, slotRecords, slotRecords+records)
	for slot, prefix := range map[int]string{slotVisit: "CN", slotRx: "RX", slotSettlement: "ST"} {
		drawn, err := number.Draw(prefix, at)
		if err != nil {
			return nil, err
		}
		names[slot] = drawn
	}
	names[slotPatient], names[slotPatientAccount] = f.patients.persons[patient], f.patients.accounts[patient]
	names[slotDoctor], names[slotDoctorAccount] = f.doctors.persons[doctor], f.doctors.accounts[doctor]
	pharmacy := f.pharmacies[0]
	if f.rnd.Float64() >= busyPharmacy {
		pharmacy = f.pharmacies[1+f.rnd.IntN(len(f.pharmacies)-1)]
	}
	names[slotPharmacy] = `"` + pharmacy + `"`
	for range records {
		names = append(names, randomHex(32))
	}
	return names, nil
}

// notify puts two events of a visit into the inboxes of patient and doctor.
func (f *filler) notify(ctx context.Context, names []string, at time.Time) error {
	for _, x := range []struct{ account, kind, subject string }{
		{names[slotPatientAccount], "rx.issued", names[slotRx]},
		{names[slotDoctorAccount], "visit.requested", names[slotVisit]}} {
		if f.seen[x.account] >= inboxMost {
			continue
		}
		f.seen[x.account]++
		m := mould{table: "notices",
			columns: []string{"account", "seq", "kind", "subject", "about", "quiet", "at", "read_at"},
			cells: []cell{always(x.account), always(f.seen[x.account]), always(x.kind), always(x.subject), always(""),
				always(false), always(at.UnixMilli()), always(int64(0))}}
		if err := f.put(ctx, m, &copied{}); err != nil {
			return err
		}
	}
	return nil
}

// queue makes visits that wait for the busy doctor.
func (f *filler) queue(ctx context.Context, p *played) error {
	cut, base := newCutter(p.names()), millis(p.state.DraftedAt)
	asked := row{table: p.visit.table, columns: p.visit.columns, values: maps.Clone(p.visit.values)}
	asked.values["state"], asked.values["note"], asked.values["version"] = "requested", nil, int64(1)
	for _, c := range []string{"accepted_at", "started_at", "closed_at"} {
		asked.values[c] = int64(0)
	}
	m := cut.mould(asked, nil)
	for n := range min(waitingVisits, len(f.patients.persons)-1) {
		at := f.now.Add(-time.Duration(n) * time.Minute)
		names, err := f.names(at, len(p.records), n+1, 0)
		if err != nil {
			return err
		}
		c := &copied{names: names, behind: base - at.UnixMilli(), box: f.box}
		if err := f.put(ctx, m, c); err != nil {
			return err
		}
		for _, r := range p.rows {
			if r.table == "chat_streams" {
				if err := f.put(ctx, cut.mould(r, nil), c); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// inboxes tells every account's last number.
func (f *filler) inboxes(ctx context.Context) error {
	for account, n := range f.seen {
		m := mould{table: "notice_heads", columns: []string{"account", "last"},
			cells: []cell{always(account), always(n)}}
		if err := f.put(ctx, m, &copied{}); err != nil {
			return err
		}
	}
	return nil
}
