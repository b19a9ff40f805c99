// Package demo is a ward that a visitor may play in: who there is, and each room's part of it. The
// list of rooms has each of them make its own part, in the list's order; every part finds what an
// earlier start has made.
package demo

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// File is the ward in the data folder.
const File = "demo.json"

// Region is the first six digits of the made-up id numbers.
const Region = 310101

// Ward is what the demo tells its visitors: who there is and how to be them. It lives in
// demo.json (mode 0600) in the data folder; passwords and tokens are drawn at the first start.
type Ward struct {
	ID       string        `json:"id"`
	Staff    []Account     `json:"staff"`
	Patients []CardPatient `json:"patients"`

	served Served
	people map[string]string // persons of the patients, by their names at the sandbox, once they are made
}

// Account is how to be a member of staff.
type Account struct {
	Login    string        `json:"login"`
	Password string        `json:"password"`
	Role     accounts.Role `json:"role"`
	Org      string        `json:"org"`
	Name     string        `json:"name,omitempty"`
}

// CardPatient is how to be a patient.
type CardPatient struct {
	User    string `json:"user"`            // log in with this name at the WeChat sandbox
	Name    string `json:"name"`            //
	ECToken string `json:"ecToken"`         // token of the digital insurance card, to bind it
	Child   *Card  `json:"child,omitempty"` // whom the patient is guardian of
}

// Card is what binds somebody's digital insurance card.
type Card struct {
	Name    string `json:"name"`
	ECToken string `json:"ecToken"`
}

// Load reads the ward of a data folder, or draws it at the first start. A start that is killed half
// way is finished by the next one: passwords are on disk before any account exists, and every
// room's part finds what is there already.
func Load(dir string, served Served) (*Ward, error) {
	path := filepath.Join(dir, File)
	w := &Ward{served: served, people: map[string]string{}}
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		if err := json.Unmarshal(text, w); err != nil {
			return nil, err
		}
	case errors.Is(err, fs.ErrNotExist):
		w.ID = strings.ToLower(rand.Text()[:16])
		for _, p := range served.patients() {
			card := CardPatient{User: p.User, Name: p.Name, ECToken: "EC" + rand.Text()}
			if p.User == Child.Parent {
				card.Child = &Card{Name: Child.Name, ECToken: "EC" + rand.Text()}
			}
			w.Patients = append(w.Patients, card)
		}
	default:
		return nil, err
	}
	for _, s := range served.staff() { // also those that a newer program has more
		if slices.ContainsFunc(w.Staff, func(d Account) bool { return d.Login == s.Login }) {
			continue
		}
		w.Staff = append(w.Staff, Account{Login: s.Login, Password: strings.ToLower(rand.Text()[:12]), Role: s.Role,
			Org: s.Org, Name: s.Papers.Name})
	}
	if bytes.Equal(text, w.Text()) {
		return w, nil
	}
	return w, durable.WriteFile(path, w.Text(), 0o600)
}

// Text is what stands in the file.
func (w *Ward) Text() []byte {
	text, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		panic(err) // strings only
	}
	return append(text, '\n')
}
