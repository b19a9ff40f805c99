package app

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/demoward"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/practitioners"
)

// TestPlayedDoctors: a fresh demo has doctors who can be asked, marked as played and without any
// key; the people whom visitors log in as are none of them. An application that is no demo plays
// nobody.
func TestPlayedDoctors(t *testing.T) {
	t.Parallel()
	h := openHospital(t, demoConfig(t, ""))
	var found practitioners.Found
	h.must(json.Unmarshal([]byte(h.raw(http.MethodGet, "/v1/doctors", "", nil).body), &found))
	played := 0
	for _, d := range found.Doctors {
		if !d.Played {
			continue
		}
		played++
		var keys int64
		h.must(h.DB.Raw("SELECT count(*) FROM certificates WHERE person = ?", d.Person).Scan(&keys).Error)
		if !d.Able || keys != 0 {
			t.Errorf("%+v with %d keys", d, keys)
		}
	}
	if played != len(demoward.Doctors) {
		t.Errorf("%d played doctors can be asked in a fresh demo, want %d", played, len(demoward.Doctors))
	}
	for _, s := range demo.Staff {
		for _, d := range demoward.Doctors {
			if s.Login == d.Login || s.Papers.Name == d.Papers.Name || s.Papers.Licence == d.Papers.Licence {
				t.Errorf("%s is played", s.Login)
			}
		}
	}
	strict := &App{Installation: installation.Installation{Cfg: strictInstallation(t)}}
	strict.played = h.played // even if somebody left one there
	if err := strict.playDoctors(t.Context()); err != nil {
		t.Error(err)
	}
}
