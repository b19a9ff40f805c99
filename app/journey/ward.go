package journey

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	catalogueapi "github.com/smart-hospital/hospital/app/httpapi/catalogue"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription/service"
)

// ward is everybody who takes part, logged in and with keys enrolled.
type ward struct {
	patients, doctors, reviewers, pharmacies []*person
	report                                   *report
	kept                                     *proofs
}

// medicines names, for a diagnosis a patient has on file, the drugs that a visit continues.
var medicines = map[string][]string{
	"I10":   {"苯磺酸氨氯地平片", "缬沙坦胶囊"},
	"E11.9": {"盐酸二甲双胍片"},
	"K29.5": {"奥美拉唑肠溶胶囊"},
	"J45.9": {"孟鲁司特钠片"},
	"L20.9": {"氯雷他定片"},
	"J06.9": {"连花清瘟胶囊"},
}

// scene is what a visit is about.
type scene struct {
	diagnosis string
	items     []service.ItemInput
}

// sceneOf finds a diagnosis the patient has on file, and asks the catalogue for the usual dosage of
// its medicine.
func sceneOf(ctx context.Context, patient, doctor *person) (s scene, err error) {
	var mine struct {
		Prior []struct {
			Code   string         `json:"code"`
			Source profile.Source `json:"source"`
		} `json:"prior"`
	}
	if err := patient.get(ctx, "/v1/patients/me", &mine); err != nil {
		return s, err
	}
	for _, d := range mine.Prior {
		if medicines[d.Code] != nil && d.Source == profile.Recorded {
			s.diagnosis = d.Code
		}
	}
	for _, name := range medicines[s.diagnosis] {
		var found struct {
			Drugs []catalogueapi.CatalogueDrug `json:"drugs"`
		}
		if err := doctor.get(ctx, "/v1/catalogue/drugs?limit=1&q="+url.QueryEscape(name), &found); err != nil {
			return s, err
		}
		if len(found.Drugs) == 0 {
			return s, fmt.Errorf("%w: the catalogue lacks a common drug", ErrSurprise)
		}
		u := found.Drugs[0].Usual
		s.items = append(s.items, service.ItemInput{Drug: found.Drugs[0].Code, Dose: u.Dose,
			Frequency: u.Frequency, Route: u.Route, Days: u.Days, Packages: int64(u.Packages)})
	}
	if len(s.items) == 0 {
		return s, fmt.Errorf("%w: %s has no diagnosis on file to follow up", ErrSurprise, patient.label)
	}
	return s, nil
}

// demoWard is what GET /sandbox/ward tells of a demo.
type demoWard struct {
	Staff []struct {
		Login    string `json:"login"`
		Password string `json:"password"`
		Role     string `json:"role"`
		Org      string `json:"org"`
	} `json:"staff"`
	Patients []struct {
		User    string `json:"user"`
		ECToken string `json:"ecToken"`
	} `json:"patients"`
}

// ErrNoWard: the server is no demo, and no accounts were given.
var ErrNoWard = errors.New("the server shows no demo ward; a journey needs one")

// minPharmacies: the second one must be refused.
const minPharmacies = 2

// enter logs in as many as the visits need, at most all, and enrols their keys.
func enter(ctx context.Context, o Options, transport http.RoundTripper, r *report, kept *proofs) (*ward, error) {
	w := &ward{report: r, kept: kept}
	var demo demoWard
	if err := newClient(o, transport).get(ctx, "/sandbox/ward", &demo); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoWard, err)
	}
	add := func(list *[]*person, label string, login func(*person) error) error {
		if len(*list) >= max(o.Count, minPharmacies) {
			return nil
		}
		p := &person{client: newClient(o, transport), label: label,
			record: func(step, record string, took time.Duration) { r.add(label, step, record, took) }, kept: kept}
		start := time.Now()
		if err := p.persist(ctx, func() error { return login(p) }); err != nil {
			return fmt.Errorf("%s: log in: %w", label, err)
		}
		p.login = func(context.Context) error { return login(p) }
		p.record("log in", "", time.Since(start))
		start = time.Now()
		if err := p.enrol(ctx); err != nil {
			return fmt.Errorf("%s: enrol a key: %w", label, err)
		}
		p.record("enrol key", "", time.Since(start))
		*list = append(*list, p)
		return nil
	}
	for _, s := range demo.Staff {
		list := map[string]*[]*person{"doctor": &w.doctors, "reviewer": &w.reviewers,
			"dispenser": &w.pharmacies}[s.Role]
		if list == nil {
			continue
		}
		if err := add(list, s.Login, func(
			p *person) error {
			return p.loginStaff(ctx, s.Login, s.Password)
		}); err != nil {
			return nil, err
		}
	}
	for _, c := range demo.Patients {
		err := add(&w.patients, c.User, func(p *person) error {
			p.ecToken = c.ECToken
			return p.loginPatient(ctx, c.User)
		})
		if err != nil {
			return nil, err
		}
	}
	if o.Pharmacy && len(w.pharmacies) > 0 {
		return w, nil
	}
	if len(w.patients) == 0 || len(w.doctors) == 0 || len(w.reviewers) == 0 || len(w.pharmacies) < minPharmacies {
		return nil, ErrNoWard
	}
	return w, nil
}

// bindCards gives every patient a card to pay with.
func (w *ward) bindCards(ctx context.Context) error {
	for _, p := range w.patients {
		if err := p.bindCard(ctx); err != nil {
			return fmt.Errorf("%s: %w", p.label, err)
		}
	}
	return nil
}

// bindCard binds the digital insurance card unless one is bound.
func (p *person) bindCard(ctx context.Context) error {
	var bound struct{ Cards []payment.Card }
	if err := p.get(ctx, "/v1/patients/me/cards", &bound); err != nil || len(bound.Cards) > 0 {
		return err
	}
	return p.step(ctx, "bind card", http.MethodPut, "/v1/patients/me/card",
		map[string]string{"ecToken": p.ecToken}, nil)
}

// step is a command that nobody signs, measured.
func (p *person) step(ctx context.Context, name, method, path string, in, out any) error {
	start := time.Now()
	if err := p.command(ctx, method, path, in, out); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p.record(name, "", time.Since(start))
	return nil
}

// pairs is how many pairings of patient and doctor there are; visit has each of them once below
// that number.
func (w *ward) pairs() int { return len(w.patients) * len(w.doctors) }

// visit picks the n-th pairing of patient and doctor. The hospital refuses a second open visit of
// one pair.
func (w *ward) visit(n int) *visit {
	return &visit{
		ward: w, patient: w.patients[n%len(w.patients)],
		doctor:   w.doctors[(n/len(w.patients)+n%len(w.patients))%len(w.doctors)],
		reviewer: w.reviewers[n%len(w.reviewers)],
	}
}
