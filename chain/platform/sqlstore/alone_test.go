package sqlstore_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// Instances over one database are alone one after the other, whatever the work of one of them ends
// with.
func TestAlone(t *testing.T) {
	errWork := errors.New("the work failed")
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		instances := 4
		first := sqlstoretest.Open(t, dsn)
		if first.Dialect == sqlstore.SQLite {
			instances = 1 // its file has one process
		}
		var inside, ran atomic.Int32
		var all sync.WaitGroup
		for i := range instances {
			db := first
			if i > 0 {
				db = sqlstoretest.Open(t, dsn)
			}
			all.Go(func() {
				err := db.Alone(t.Context(), "seed", func() error {
					if inside.Add(1) != 1 {
						t.Error("two at once")
					}
					time.Sleep(10 * time.Millisecond)
					inside.Add(-1)
					ran.Add(1)
					if i == 0 {
						return errWork
					}
					return nil
				})
				if (i == 0) != errors.Is(err, errWork) || (i > 0 && err != nil) {
					t.Errorf("instance %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if int(ran.Load()) != instances {
			t.Errorf("%d of %d ran", ran.Load(), instances)
		}
	})
}
