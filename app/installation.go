package app

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// markDemo is the installation's mark of a demo ward.
const markDemo = "demo"

// ErrDemoData: the database holds a demo ward, and this start may not use it.
var ErrDemoData = errors.New("the database holds a demo ward")

type markRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

func (markRow) TableName() string { return "installation" }

func migrateInstallation(ctx context.Context, db *sqlstore.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	return db.Migrate(ctx, "app", files)
}

func (f *foundation) mark(ctx context.Context) (string, error) {
	var m markRow
	err := f.db.WithContext(ctx).Where("name = ?", markDemo).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return m.Value, err
}

func (f *foundation) setMark(ctx context.Context, value string) error {
	return f.db.Tx(ctx, func(tx *gorm.DB) error { return tx.Save(&markRow{Name: markDemo, Value: value}).Error })
}

// refuseDemo keeps strict mode off a database with demo accounts, whose passwords were printed on a screen.
func (f *foundation) refuseDemo(ctx context.Context) error {
	mark, err := f.mark(ctx)
	if err != nil || f.cfg.Demo || mark == "" {
		return err
	}
	return fmt.Errorf("%w: strict mode needs a database without demo accounts (mark %q)", ErrDemoData, strings.SplitN(mark, ":", 2)[0])
}
