package health

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// A stranger who hung up while /readyz was asked made the database "not answer" for everybody, a
// second each time.
func TestWhoHangsUpSaysNothingOfTheDatabase(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := new(Database).Ready(ctx, db); got != OK {
		t.Errorf("the database %s", got)
	}
}
