package accounts_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestARareKindOfOneAccount: all lines about the account, or all of the kind, were gone through.
func TestARareKindOfOneAccount(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	if err := accounts.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	log := securitylog.New(db, sqlstoretest.Box(), time.Now,
		func(context.Context, []string) (map[string]string, error) { return nil, nil })
	plans := sqlstoretest.Plans(t, db, "security_log", func() {
		if _, err := log.SecurityLog(t.Context(), "h1", securitylog.Query{Kind: securitylog.Closed,
			Who: []string{"a-1"}}); err != nil {
			t.Error(err)
		}
	})
	all := strings.Join(plans, "\n\n")
	for _, index := range []string{"security_log_actor_kind (org=? AND actor=? AND kind=?)",
		"security_log_done_to_kind (org=? AND subject=? AND kind=?)"} {
		if !strings.Contains(all, index) {
			t.Errorf("not by %s:\n%s", index, all)
		}
	}
}
