package app

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
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/app/room"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Names in the data folder and the key store that more than one subcommand reads.
const (
	membersFile  = "members.json"
	databaseFile = "hospital.db"
	bureauFile   = "sandbox-bureau.db"
)

// ErrInUse: another process works on the data folder.
var ErrInUse = errors.New("the data folder is in use by another process")

// foundation is what every subcommand that opens an installation needs: keys, members, database.
type foundation struct {
	cfg     config.Config
	log     *slog.Logger
	closers []func() error // run in reverse
	share   descriptors.Share

	keys    *keystore.Dir
	box     *keystore.Box // seals personal columns
	members *chain.Members
	orgs    *consortium.Organisations
	db      *sqlstore.DB
	redis   *redis.Client
	room    *disk.Guard
}

func (f *foundation) onClose(fn func() error) { f.closers = append(f.closers, fn) }

func (f *foundation) close() error {
	var errs []error
	for i := len(f.closers) - 1; i >= 0; i-- {
		errs = append(errs, f.closers[i]())
	}
	f.closers = nil
	return errors.Join(errs...)
}

// lay opens everything below the services. The order matters: no key before the self-test of the
// cryptography, no file before the folder's lock, no database before the key that seals its
// columns.
func (f *foundation) lay(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	f.room = disk.New(f.cfg.Data, f.cfg.DiskReserve<<20)
	if f.share, err = descriptors.Raise(); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{f.lock, f.openKeys, f.openMembers, f.openDatabase} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (f *foundation) path(elem ...string) string {
	return filepath.Join(append([]string{f.cfg.Data}, elem...)...)
}

// lock keeps a second process away; the operating system drops it when this one dies in whatever
// way.
func (f *foundation) lock(context.Context) error {
	if err := os.MkdirAll(f.cfg.Data, 0o700); err != nil {
		return err
	}
	// A folder that was made beforehand: nobody else reads what is in it.
	if info, err := os.Stat(f.cfg.Data); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(f.cfg.Data, 0o700); err != nil { //nolint:gosec // G302: a folder needs its x bit
			f.log.Warn("other users of this machine can look into the data folder", "error", err.Error())
		}
	}
	l := flock.New(f.path("lock"))
	switch got, err := l.TryLock(); {
	case err != nil:
		return err
	case !got:
		return fmt.Errorf("%w: %s", ErrInUse, f.cfg.Data)
	}
	f.onClose(l.Unlock)
	return nil
}

func (f *foundation) openKeys(context.Context) error {
	master, err := masterKey(f.cfg)
	if err != nil {
		return err
	}
	if f.keys, err = keystore.Open(f.path("keys"), master); err != nil {
		return err
	}
	secret, err := f.keys.Secret(columnsSecret, keystore.MasterSize)
	if err != nil {
		return err
	}
	f.box = keystore.NewBox(secret)
	return nil
}

// openMembers reads the consortium's list from the chain's genesis; the demo founds a consortium at
// its first start.
func (f *foundation) openMembers(ctx context.Context) error {
	dir := f.path("chain")
	if !comet.HasGenesis(dir) {
		if !f.cfg.Demo {
			return fmt.Errorf(
				"chain: %s holds no genesis; strict mode founds no consortium: run `hospital keygen` first", dir)
		}
		if err := Found(ctx, dir, f.keys, f.cfg.Hospital, consortium.NewChainID("demo"), demo.Members,
			time.Now()); err != nil {
			return fmt.Errorf("found the demo consortium: %w", err)
		}
	}
	if err := f.readMembers(); err != nil {
		return err
	}
	return durable.WriteFile(f.path(membersFile), append(f.members.Bytes(), '\n'), 0o644)
}

func (f *foundation) readMembers() (err error) {
	if f.members, err = comet.ReadMembers(f.path("chain")); err == nil {
		f.orgs = consortium.Hosted(f.keys, f.members)
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
	_, err = comet.InitGenesis(dir, members, voter, at)
	return err
}

func (f *foundation) openDatabase(ctx context.Context) error {
	if err := f.openStore(ctx); err != nil {
		return err
	}
	return room.Migrate(ctx, f.db, rooms)
}

func (f *foundation) openStore(ctx context.Context) (err error) {
	dsn := f.cfg.DatabaseURL
	if dsn == "" {
		dsn = "sqlite:" + f.path(databaseFile)
	}
	if f.db, err = sqlstore.Open(ctx, dsn, sqlstore.WithBox(f.box)); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	f.onClose(f.db.Close)
	return nil
}

func (f *foundation) openRedis(ctx context.Context) error {
	client, closeRedis, err := redisstore.Open(ctx, f.cfg.RedisURL)
	if err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	f.redis = client
	f.onClose(closeRedis)
	return nil
}
