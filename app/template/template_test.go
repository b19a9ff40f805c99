package template_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/template"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// staff: u1 and u2 are cardiologists, u3 is a dermatologist, ugone a cardiologist who was
// suspended, ph a pharmacist, elsewhere one of another hospital, and both a pharmacist who is u1
// under another log-in.
type staff struct{}

func (staff) Get(_ context.Context, person string) (practitioners.Practitioner, error) {
	p := practitioners.Practitioner{Person: person, Org: "h1", Name: "医生" + person, Department: "cardiology"}
	if person == "u3" {
		p.Department = "dermatology"
	}
	return p, nil
}

func (staff) InOffice(_ context.Context, person string) error {
	if person == "ugone" {
		return practitioners.ErrNotApproved
	}
	return nil
}

func (staff) Reviewer(_ context.Context, person string) (parties.Reviewer, error) {
	r := parties.Reviewer{Person: person, Name: "药师" + person, Hospital: "h1"}
	if person == "elsewhere" {
		r.Hospital = "h2"
	}
	if person == "both" {
		r.Also = []string{"u1"}
	}
	return r, nil
}

func open(t *testing.T, db *sqlstore.DB) *template.Service {
	t.Helper()
	if err := template.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC) }
	return &template.Service{DB: db, Box: sqlstoretest.Box(), Catalogue: c, Register: staff{}, Now: now}
}

func content(name string) template.Content {
	return template.Content{Name: name, Items: []template.Item{{Drug: "D0001", Dose: medicine.Amount(500),
		Frequency: "tid", Route: "po", Days: 5, Packages: 2}}}
}

// TestTemplates: who sees and does what with a template in each of its states.
func TestTemplates(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s, ctx, none := open(t, db), t.Context(), sqlstore.Command{}
		tpl, err := s.Save(ctx, none, "u1", content(" 感冒 "))
		if err != nil || tpl.Name != "感冒" || tpl.State != template.Own || !tpl.Mine || tpl.Items[0].Name == "" {
			t.Fatalf("%+v, %v", tpl, err)
		}
		seen := func(person string, want ...template.State) {
			t.Helper()
			list, err := s.Of(ctx, person)
			var got []template.State
			for _, x := range list {
				got = append(got, x.State)
			}
			if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s sees %v, want %v, %v", person, got, want, err)
			}
		}
		refused := func(what string, err, want error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", what, err, want)
			}
		}
		judge := func(person string, agree bool, version int64) error {
			_, err := s.Judge(ctx, none, person, tpl.ID,
				template.Judgement{Agree: agree, Reason: "剂量", Version: version})
			return err
		}
		seen("u1", template.Own)
		seen("u2")
		_, err = s.Change(ctx, none, "u2", tpl.ID, 1, content("别人的"))
		refused("another's change", err, template.ErrNotFound)
		_, err = s.Propose(ctx, none, "u2", tpl.ID, 1)
		refused("another's offer", err, template.ErrNotFound)
		refused("another's deletion", s.Delete(ctx, none, "u2", tpl.ID), template.ErrNotFound)
		refused("judging an own one", judge("ph", true, 1), template.ErrNotFound)
		_, err = s.Withdraw(ctx, none, "u1", tpl.ID, 1)
		refused("taking back what was not offered", err, template.ErrState)
		_, err = s.Propose(ctx, none, "u1", tpl.ID, 7)
		refused("a version of never", err, sqlstore.ErrConflict)

		if tpl, err = s.Propose(ctx, none, "u1", tpl.ID, 1); err != nil || tpl.Department != "cardiology" {
			t.Fatalf("%+v, %v", tpl, err)
		}
		seen("u2") // nobody writes by what nobody judged
		refused("another hospital's pharmacist", judge("elsewhere", true, 2), template.ErrNotFound)
		if wanted, err := s.Wanted(ctx, "elsewhere"); err != nil || len(wanted) != 0 {
			t.Errorf("another hospital's: %+v, %v", wanted, err)
		}
		_, err = s.Wanted(ctx, "ugone")
		refused("a list for who has no office", err, practitioners.ErrNotApproved)
		refused("judging one's own", judge("both", true, 2), template.ErrOwnAuthor)
		refused("judging an older one", judge("ph", true, 1), sqlstore.ErrConflict)
		_, err = s.Judge(ctx, none, "ph", tpl.ID, template.Judgement{Version: 2, Reason: " "})
		refused("no without a reason", err, invalid.ErrInput)
		refused("a pharmacist without office", judge("ugone", true, 2), practitioners.ErrNotApproved)
		if err := judge("ph", false, 2); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Of(ctx, "u1"); err != nil || list[0].Reason != "剂量" || list[0].Judge != "药师ph" {
			t.Errorf("%+v, %v", list, err)
		}
		if tpl, err = s.Propose(ctx, none, "u1", tpl.ID, 3); err != nil || tpl.Reason != "" {
			t.Fatal(err)
		}
		if err := judge("ph", true, 4); err != nil {
			t.Fatal(err)
		}
		refused("yes twice", judge("ph", true, 5), template.ErrState)
		seen("u1", template.Agreed)
		seen("u2", template.Agreed)
		seen("u3")
		if wanted, err := s.Wanted(ctx, "ph"); err != nil || len(wanted) != 1 || wanted[0].Mine {
			t.Errorf("%+v, %v", wanted, err)
		}
		_, err = s.Change(ctx, none, "u1", tpl.ID, 5, content("改"))
		refused("changing what others write by", err, template.ErrState)
		if tpl, err = s.Withdraw(ctx, none, "u1", tpl.ID, 5); err != nil || tpl.Judge != "" {
			t.Fatal(err)
		}
		seen("u2")
		if tpl, err = s.Change(ctx, none, "u1", tpl.ID, 6, content("改")); err != nil || tpl.Name != "改" {
			t.Fatal(err)
		}
		if err := s.Delete(ctx, none, "u1", tpl.ID); err != nil {
			t.Fatal(err)
		}
		seen("u1")
	})
}

// TestTemplatesInput names every wrong field.
func TestTemplatesInput(t *testing.T) {
	s := open(t, sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db"))
	for field, spoil := range map[string]func(*template.Content){
		"body.name":               func(c *template.Content) { c.Name = " " },
		"body.diagnoses[0]":       func(c *template.Content) { c.Diagnoses = []string{"no"} },
		"body.items":              func(c *template.Content) { c.Items = nil },
		"body.items[0].drug":      func(c *template.Content) { c.Items[0].Drug = "no" },
		"body.items[0].frequency": func(c *template.Content) { c.Items[0].Frequency = "no" },
		"body.items[0].route":     func(c *template.Content) { c.Items[0].Route = "no" },
		"body.items[0].dose":      func(c *template.Content) { c.Items[0].Dose = 0 },
		"body.items[0].days":      func(c *template.Content) { c.Items[0].Days = 85 },
		"body.items[0].packages":  func(c *template.Content) { c.Items[0].Packages = 0 },
		"body.items[0].notes":     func(c *template.Content) { c.Items[0].Notes = strings.Repeat("长", 201) },
	} {
		c := content("一个")
		spoil(&c)
		_, err := s.Save(t.Context(), sqlstore.Command{}, "u1", c)
		if !errors.Is(err, invalid.ErrInput) || !strings.Contains(err.Error(), field+":") {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestTemplatesHaveAnEnd: saves of one moment do not pass the limit, and no table's reader sees
// what a template holds.
func TestTemplatesHaveAnEnd(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := open(t, db)
		for range template.MaxOwn - 2 {
			if _, err := s.Save(t.Context(), sqlstore.Command{}, "u1", content("一个")); err != nil {
				t.Fatal(err)
			}
		}
		var won sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				_, err := s.Save(t.Context(), sqlstore.Command{}, "u1", content("一个"))
				if err == nil {
					won.Store(i, true)
				} else if !errors.Is(err, template.ErrFull) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		n := 0
		won.Range(func(any, any) bool { n++; return true })
		if list, err := s.Of(t.Context(), "u1"); n != 2 || len(list) != template.MaxOwn || err != nil {
			t.Errorf("%d saved beyond, %d listed, %v", n, len(list), err)
		}
	})
}

// TestTemplatesAreSealed looks into the database's file.
func TestTemplatesAreSealed(t *testing.T) {
	path := t.TempDir() + "/test.db"
	s := open(t, sqlstoretest.Open(t, "sqlite:"+path))
	if _, err := s.Save(t.Context(), sqlstore.Command{}, "u1", content("老王家的感冒方")); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal"} {
		if b, err := os.ReadFile(file); err != nil || bytes.Contains(b, []byte("感冒方")) {
			t.Errorf("%s: readable, or %v", file[len(path):], err)
		}
	}
}
