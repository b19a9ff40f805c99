package installation

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

// MigrateMarks brings the table of the marks up to date.
func MigrateMarks(ctx context.Context, db *sqlstore.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	return db.Migrate(ctx, "app", files)
}

// Mark is the demo's; empty: there is none.
func (f *Installation) Mark(ctx context.Context) (string, error) {
	var m markRow
	err := f.DB.WithContext(ctx).Where("name = ?", markDemo).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return m.Value, err
}

// SetMark sets the demo's.
func (f *Installation) SetMark(ctx context.Context, value string) error {
	return f.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Save(&markRow{Name: markDemo, Value: value}).Error })
}

// RefuseDemo keeps strict mode off a database with demo accounts, whose passwords were printed on a
// screen.
func (f *Installation) RefuseDemo(ctx context.Context) error {
	mark, err := f.Mark(ctx)
	if err != nil || f.Cfg.Demo || mark == "" {
		return err
	}
	return fmt.Errorf("%w: strict mode needs a database without demo accounts (mark %q)", ErrDemoData,
		strings.SplitN(mark, ":", 2)[0])
}

// Belong claims a new database for this folder's keys, chain and member, and keeps a folder with
// others off it: every instance of a hospital must open the columns that the others sealed, and
// write to the chain they write to.
func (f *Installation) Belong(ctx context.Context) error {
	// a mistyped member claims nothing; the genesis list need not name one that joined later
	if err := f.Orgs.Hosts(f.Cfg.Hospital); err != nil {
		return fmt.Errorf("seal of %s: %w", f.Cfg.Hospital, err)
	}
	for _, m := range []struct{ name, value, fault string }{
		{markKeys, f.Box.Index("columns", "installation.keys"),
			"its columns are sealed with another key: a second instance needs a copy of the first one's keys and master key"},
		{markChain, f.Members.Chain + "/" + f.Cfg.Hospital,
			"it holds the records of another chain or member than " + f.Members.Chain + "/" + f.Cfg.Hospital},
	} {
		var have markRow
		err := f.DB.Tx(ctx, func(tx *gorm.DB) error {
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
