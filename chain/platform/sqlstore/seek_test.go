package sqlstore_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

type seekRow struct {
	ID    string `gorm:"primaryKey"`
	State string
	At    int64
	Body  string
}

func (seekRow) TableName() string { return "seek_rows" }

// TestSeekEach: the pages of several walks, one after the other, are the rows that they name in the
// order asked for, none twice and none left out, also where many have one moment.
func TestSeekEach(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		tx := db.WithContext(t.Context())
		if err := tx.Exec("CREATE TABLE seek_rows (id TEXT PRIMARY KEY, state TEXT, at BIGINT, body TEXT)").Error; err != nil {
			t.Fatal(err)
		}
		var all []seekRow
		for i := range 60 {
			all = append(all, seekRow{fmt.Sprintf("r%02d", i*37%60), string("abc"[i%3]), int64(i / 7), "body"})
		}
		if err := tx.Create(&all).Error; err != nil {
			t.Fatal(err)
		}
		for _, states := range [][]string{{"a"}, {"a", "c"}, {"c", "nobody", "b"}, {"nobody", "else"}} {
			for _, down := range []bool{false, true} {
				var want []string
				slices.SortFunc(all, func(a, b seekRow) int {
					return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
				})
				for _, r := range all {
					if slices.Contains(states, r.State) {
						want = append(want, r.ID)
					}
				}
				if down {
					slices.Reverse(want)
				}
				var walks []*gorm.DB
				for _, state := range states {
					walks = append(walks, tx.Model(&seekRow{}).Where("state = ?", state))
				}
				var got []string
				var behind []any
				for {
					var page []seekRow
					err := sqlstore.SeekEach(tx.Model(&seekRow{}), walks, 4, down, []string{"at", "id"}, behind...).
						Find(&page).Error
					if err != nil || len(page) > 4 {
						t.Fatal(len(page), err)
					}
					for _, r := range page {
						got = append(got, r.ID)
						if behind = []any{r.At, r.ID}; r.Body != "body" {
							t.Fatalf("%+v", r)
						}
					}
					if len(page) < 4 {
						break
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%v, down %v: %v, want %v", states, down, got, want)
				}
			}
		}
	})
}
