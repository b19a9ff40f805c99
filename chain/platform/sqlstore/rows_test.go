package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"
)

type oddRow struct {
	ID   string `gorm:"primaryKey"`
	Sum  int64
	Told bool
}

func (oddRow) TableName() string { return "odd" }

// A value of another type, which SQLite takes, ended every list that its row was in.
func TestRowsThatDoNotFit(t *testing.T) {
	db, err := Open(context.Background(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, q := range []string{
		"CREATE TABLE odd (id TEXT PRIMARY KEY, sum INTEGER, told BOOLEAN)", "INSERT INTO odd VALUES ('a', 1, 1)",
		"INSERT INTO odd VALUES ('b', 'secret', 0)",
		"INSERT INTO odd VALUES ('c', 3, 'secret')", "INSERT INTO odd VALUES ('d', 4, 0)",
		"INSERT INTO odd VALUES ('e', 'secret', 0)",
		"INSERT INTO odd VALUES ('f', 6, 0)",
	} {
		if err := db.Exec(q).Error; err != nil {
			t.Fatal(err)
		}
	}
	found, err := Rows[oddRow](db.Where("id > ?", "").Order("id").Limit(4))
	if err != nil || len(found.Rows) != 4 || found.Rows[3] != (oddRow{"d", 4, false}) ||
		found.Rows[0] != (oddRow{"a", 1, true}) {
		t.Fatalf("%+v %v", found, err)
	}
	for i, id := range []string{"a", "b", "c", "d"} {
		bad := id == "b" || id == "c"
		if e := found.Err(i); found.Rows[i].ID != id || errors.Is(e, ErrMisfit) != bad || (e != nil) != bad ||
			(bad && strings.Contains(e.Error(), "secret")) {
			t.Errorf("%s: %+v %v", id, found.Rows[i], e)
		}
	}
	if r := found.Rows[2]; r.Sum != 3 {
		t.Errorf("what fits is not there: %+v", r)
	}
	list := Fit(db.DB, "odd", found, func(r oddRow) string { return r.ID })
	if len(list) != 2 || list[1].ID != "d" || len(db.Unreadable()) != 2 || db.Unreadable()[0].Key != "b" {
		t.Errorf("%+v %+v", list, db.Unreadable())
	}
	for size, want := range map[int]string{1: "[{a 1 true}]", 2: "[{a 1 true} {d 4 false}]",
		3: "[{a 1 true} {d 4 false} {f 6 false}]", 9: "[{a 1 true} {d 4 false} {f 6 false}]"} {
		page, err := Page(db.DB, "odd", size, func(r oddRow) string { return r.ID },
			func(behind *oddRow, n int) *gorm.DB {
				after := ""
				if behind != nil {
					after = behind.ID
				}
				return db.Where("id > ?", after).Order("id").Limit(n)
			})
		if got := fmt.Sprint(page); err != nil || got != want {
			t.Errorf("a page of %d: %s %v", size, got, err)
		}
	}
	if _, err := Rows[oddRow](db.Where("nothing = 1")); err == nil {
		t.Error("a wrong query finds something")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Rows[oddRow](db.WithContext(ctx).Where("id > ''")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
