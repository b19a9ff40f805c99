// Package installation is what every subcommand stands on that opens an installation: its data
// folder with the lock, keys, members' list, database and marks. It knows no room.
package installation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Names in the data folder and the key store that more than one subcommand reads.
const (
	MembersFile  = "members.json"
	DatabaseFile = "hospital.db"
)

// ErrInUse: another process works on the data folder.
var ErrInUse = errors.New("the data folder is in use by another process")

// Installation is what every subcommand that opens an installation needs: keys, members, database.
type Installation struct {
	Cfg config.Config
	Log *slog.Logger
	// Founders are the members of the consortium that a demo founds at its first start.
	Founders []consortium.Spec
	Migrate  func(context.Context, *sqlstore.DB) error // brings all tables up to date

	closers []func() error // run in reverse
	Share   descriptors.Share

	Keys    *keystore.Dir
	Box     *keystore.Box // seals personal columns
	Members *membership.Members
	Orgs    *consortium.Organisations
	DB      *sqlstore.DB
	Redis   *redis.Client
	Room    *disk.Guard
}

// OnClose has fn run when the installation is closed, before what was opened earlier.
func (f *Installation) OnClose(fn func() error) { f.closers = append(f.closers, fn) }

// Close undoes in reverse what was opened.
func (f *Installation) Close() error {
	var errs []error
	for i := len(f.closers) - 1; i >= 0; i-- {
		errs = append(errs, f.closers[i]())
	}
	f.closers = nil
	return errors.Join(errs...)
}

// Lay opens everything below the services. The order matters: no key before the self-test of the
// cryptography, no file before the folder's lock, no database before the key that seals its
// columns.
func (f *Installation) Lay(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	f.Room = disk.New(f.Cfg.Data, f.Cfg.DiskReserve<<20)
	if f.Share, err = descriptors.Raise(); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{f.Lock, f.OpenKeys, f.openMembers, f.openDatabase} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Path is a file of the data folder.
func (f *Installation) Path(elem ...string) string {
	return filepath.Join(append([]string{f.Cfg.Data}, elem...)...)
}

// Lock keeps a second process away; the operating system drops it when this one dies in whatever
// way.
func (f *Installation) Lock(context.Context) error {
	if err := os.MkdirAll(f.Cfg.Data, 0o700); err != nil {
		return err
	}
	// A folder that was made beforehand: nobody else reads what is in it.
	if info, err := os.Stat(f.Cfg.Data); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(f.Cfg.Data, 0o700); err != nil { //nolint:gosec // G302: a folder needs its x bit
			f.Log.Warn("other users of this machine can look into the data folder", "error", err.Error())
		}
	}
	l := flock.New(f.Path("lock"))
	switch got, err := l.TryLock(); {
	case err != nil:
		return err
	case !got:
		return fmt.Errorf("%w: %s", ErrInUse, f.Cfg.Data)
	}
	f.OnClose(l.Unlock)
	return nil
}

// OpenKeys opens the key store and what seals the columns.
func (f *Installation) OpenKeys(context.Context) error {
	master, err := masterKey(f.Cfg)
	if err != nil {
		return err
	}
	if f.Keys, err = keystore.Open(f.Path("keys"), master); err != nil {
		return err
	}
	secret, err := f.Keys.Secret(ColumnsSecret, keystore.MasterSize)
	if err != nil {
		return err
	}
	f.Box = keystore.NewBox(secret)
	return nil
}

// openMembers reads the consortium's list from the chain's genesis; the demo founds a consortium at
// its first start.
func (f *Installation) openMembers(ctx context.Context) error {
	dir := f.Path("chain")
	if !home.HasGenesis(dir) {
		if !f.Cfg.Demo {
			return fmt.Errorf(
				"chain: %s holds no genesis; strict mode founds no consortium: run `hospital keygen` first", dir)
		}
		if err := Found(ctx, dir, f.Keys, f.Cfg.Hospital, consortium.NewChainID("demo"), f.Founders,
			time.Now()); err != nil {
			return fmt.Errorf("found the demo consortium: %w", err)
		}
	}
	if err := f.ReadMembers(); err != nil {
		return err
	}
	return durable.WriteFile(f.Path(MembersFile), append(f.Members.Bytes(), '\n'), 0o644)
}

// ReadMembers reads the members' list of the genesis.
func (f *Installation) ReadMembers() (err error) {
	if f.Members, err = home.ReadMembers(f.Path("chain")); err == nil {
		f.Orgs = consortium.Hosted(f.Keys, f.Members)
	}
	return err
}

// Found makes a consortium whose keys are all in keys and a chain in dir with this node as its only
// validator.
func Found(ctx context.Context, dir string, keys *keystore.Dir, voter, chainID string, specs []consortium.Spec,
	at time.Time) error {
	members, err := consortium.Found(ctx, keys, chainID, specs, at)
	if err != nil {
		return err
	}
	_, err = home.InitGenesis(dir, members, voter, at)
	return err
}

func (f *Installation) openDatabase(ctx context.Context) error {
	if err := f.OpenStore(ctx); err != nil {
		return err
	}
	return f.Migrate(ctx, f.DB)
}

// OpenStore opens the database as it is.
func (f *Installation) OpenStore(ctx context.Context) (err error) {
	dsn := f.Cfg.DatabaseURL
	if dsn == "" {
		dsn = "sqlite:" + f.Path(DatabaseFile)
	}
	if f.DB, err = sqlstore.Open(ctx, dsn, sqlstore.WithBox(f.Box)); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	f.OnClose(f.DB.Close)
	return nil
}

// OpenRedis opens the store of sessions.
func (f *Installation) OpenRedis(ctx context.Context) error {
	client, closeRedis, err := redisstore.Open(ctx, f.Cfg.RedisURL)
	if err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	f.Redis = client
	f.OnClose(closeRedis)
	return nil
}

// Served are the members of a role whose keys are here, by the list at the start: this is their
// application.
func (f *Installation) Served(role chain.OrgRole) []string {
	var list []string
	for _, m := range f.Members.Members {
		if m.Role == role && f.Holds(m.ID) {
			list = append(list, m.ID)
		}
	}
	return list
}

// Holds tells whether a member's seal is here.
func (f *Installation) Holds(member string) bool {
	_, err := f.Orgs.Seal(member)
	return err == nil
}
