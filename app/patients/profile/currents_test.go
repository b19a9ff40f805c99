package profile

import (
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// The ids that persons go by now come in the order of the question and in one statement.
func TestCurrentsOfSeveral(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		const table = "CREATE TABLE former_persons (former TEXT PRIMARY KEY, person TEXT NOT NULL)"
		if err := db.Exec(table).Error; err != nil {
			t.Fatal(err)
		}
		rows := []formerRow{{Former: "old", Person: "new"}, {Former: "older", Person: "new"}}
		if err := db.Create(rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, persons := range [][]string{{"old", "old"}, {"new", "old"}, {"older", "other"}, {"other", "new"}} {
			before := sqlstore.Statements()
			got, err := Store{}.Currents(db.DB, persons...)
			if n := sqlstore.Statements() - before; err != nil || n != 1 {
				t.Fatalf("%d statements, %v", n, err)
			}
			var want []string
			for _, person := range persons {
				now, err := Store{}.Current(db.DB, person)
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, now)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v: %v, want %v", persons, got, want)
			}
		}
	})
}
