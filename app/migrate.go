package app

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/sqlstore"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
)

// migrate brings every room's tables up to date. Rooms know only their own tables, so the order is
// free.
func migrate(ctx context.Context, db *sqlstore.DB) error {
	for _, room := range []struct {
		name string
		fn   func(context.Context, *sqlstore.DB) error
	}{
		{"app", migrateInstallation},
		{"outbox", outbox.Migrate},
		{"intent", intent.Migrate},
		{"prescription", prescriptionstore.Migrate},
		{"payment", paymentstore.Migrate},
		{"accounts", accounts.Migrate},
		{"keys", keys.Migrate},
		{"patients", patients.Migrate},
		{"practitioners", practitioners.Migrate},
		{"consult", consult.Migrate},
		{"notice", notice.Migrate},
	} {
		if err := room.fn(ctx, db); err != nil {
			return fmt.Errorf("migrate %s: %w", room.name, err)
		}
	}
	return nil
}
