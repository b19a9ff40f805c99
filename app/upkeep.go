package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// maxDeadListed bounds the list of dead letters: beyond it something is broken that no list helps
// with.
const maxDeadListed = 1000

// ErrNotFounded: the data folder holds no installation yet.
var ErrNotFounded = errors.New("the data folder holds no installation")

// upkeep runs fn over a stopped installation: its keys, members and database are open, nothing
// serves. It founds none.
func upkeep(ctx context.Context, cfg config.Config, log *slog.Logger,
	fn func(*installation.Installation) error) (err error) {
	f := newInstallation(cfg, log)
	if !home.HasGenesis(f.Path("chain")) {
		return fmt.Errorf("%w: %s", ErrNotFounded, cfg.Data)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Lay(ctx); err != nil {
		return err
	}
	if err := f.Belong(ctx); err != nil {
		return err
	}
	return fn(&f)
}

// CreateAdmin makes an administrator's account with a random password and prints it, once: an
// installation that is no demo starts without any account, and everybody else's is made by an
// administrator of the own organisation. Empty org: the hospital. The key of a practitioner needs
// two administrators of whom neither made the other: make the second one here as well.
// installation.ErrInUse while the hospital runs.
func CreateAdmin(ctx context.Context, cfg config.Config, log *slog.Logger, login, org string, out io.Writer) error {
	if org == "" {
		org = cfg.Hospital
	}
	return upkeep(ctx, cfg, log, func(f *installation.Installation) error {
		service, err := accounts.New(f.DB, nil, f.Box, nil, accounts.Options{Hospital: cfg.Hospital})
		if err != nil {
			return err
		}
		password := strings.ToLower(rand.Text())
		_, err = service.CreateStaff(ctx, sqlstore.Command{},
			accounts.NewStaff{Login: login, Password: password, Role: accounts.Admin, Org: org})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "administrator %s, password %s (it is stored nowhere; the first log-in changes it)\n"+
			"enter the number of your document at Staff accounts: before that you approve no key and put nobody into office\n",
			login, password)
		return err
	})
}

// ApproveKey lists the practitioners' keys that wait for administrators, with their fingerprints.
// With request, the id of one, that one is approved by the operator in the place of two
// administrators, which the security log tells: keys.ErrRequest. installation.ErrInUse while the
// hospital runs.
func ApproveKey(ctx context.Context, cfg config.Config, log *slog.Logger, request string, out io.Writer) error {
	return upkeep(ctx, cfg, log, func(f *installation.Installation) error {
		people, err := accounts.New(f.DB, nil, f.Box, nil, accounts.Options{Hospital: cfg.Hospital})
		if err != nil {
			return err
		}
		ring := keys.New(keys.Config{DB: f.DB, Accounts: people})
		if request != "" {
			if _, err := ring.ApproveAtMachine(ctx, request); err != nil {
				return err
			}
		}
		list, err := ring.Open(ctx)
		p := &printer{w: out}
		for _, r := range list {
			login, err := people.LoginName(ctx, r.Person)
			if err != nil {
				return err
			}
			p.line("%s  %s  %-9s %-16s %-11s %s  until %s  %s", r.ID, r.Fingerprint, r.Role, login, r.Why, r.Org,
				r.ExpiresAt.Format(time.RFC3339), r.State)
		}
		p.line("%d requests", len(list))
		return errors.Join(err, p.err)
	})
}

// DeadLetters lists the records the chain refused for good. With requeue, the id of one, that one
// is sent again when the hospital next runs: outbox.ErrNotFound, outbox.ErrNotDead.
// installation.ErrInUse while the hospital runs.
func DeadLetters(ctx context.Context, cfg config.Config, log *slog.Logger, requeue string, out io.Writer) error {
	return upkeep(ctx, cfg, log, func(f *installation.Installation) error {
		if requeue != "" {
			if err := f.DB.Tx(ctx, func(tx *gorm.DB) error { return outbox.Requeue(tx, requeue) }); err != nil {
				return err
			}
		}
		list, err := outbox.DeadLetters(f.DB.WithContext(ctx), maxDeadListed)
		p := &printer{w: out}
		for _, e := range list {
			p.line("%s  %-12s %s #%d  %s  %s  since %s", e.ID, e.Kind, e.Subject, e.Seq, e.Code, e.Detail,
				e.CreatedAt.UTC().Format(time.RFC3339))
		}
		p.line("%d dead letters", len(list))
		return errors.Join(err, p.err)
	})
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
