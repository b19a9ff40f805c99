package app

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Names of the installation's marks: of a demo ward; of the key that seals its columns; of the
// chain and the member whose records its outbox holds.
const (
	markDemo  = "demo"
	markKeys  = "keys"
	markChain = "chain"
)

// ErrOtherInstallation: the database belongs to other keys, another chain or another member than
// the data folder.
var ErrOtherInstallation = errors.New("the database is another installation's")

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

// refuseDemo keeps strict mode off a database with demo accounts, whose passwords were printed on a
// screen.
func (f *foundation) refuseDemo(ctx context.Context) error {
	mark, err := f.mark(ctx)
	if err != nil || f.cfg.Demo || mark == "" {
		return err
	}
	return fmt.Errorf("%w: strict mode needs a database without demo accounts (mark %q)", ErrDemoData,
		strings.SplitN(mark, ":", 2)[0])
}

// belong claims a new database for this folder's keys, chain and member, and keeps a folder with
// others off it: every instance of a hospital must open the columns that the others sealed, and
// write to the chain they write to.
func (f *foundation) belong(ctx context.Context) error {
	// a mistyped member claims nothing; the genesis list need not name one that joined later
	if err := f.orgs.Hosts(f.cfg.Hospital); err != nil {
		return fmt.Errorf("seal of %s: %w", f.cfg.Hospital, err)
	}
	for _, m := range []struct{ name, value, fault string }{
		{markKeys, f.box.Index("columns", "installation.keys"),
			"its columns are sealed with another key: a second instance needs a copy of the first one's keys and master key"},
		{markChain, f.members.Chain + "/" + f.cfg.Hospital,
			"it holds the records of another chain or member than " + f.members.Chain + "/" + f.cfg.Hospital},
	} {
		var have markRow
		err := f.db.Tx(ctx, func(tx *gorm.DB) error {
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).
				Create(&markRow{Name: m.name, Value: m.value}).Error; err != nil {
				return err
			}
			return tx.Where("name = ?", m.name).Take(&have).Error
		})
		if err != nil {
			return err
		}
		if have.Value != m.value {
			return fmt.Errorf("%w: %s", ErrOtherInstallation, m.fault)
		}
	}
	return nil
}
