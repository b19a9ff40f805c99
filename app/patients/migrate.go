package patients

import (
	"context"
	"embed"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "patients", sqlstore.Sub(migrationFiles))
}
