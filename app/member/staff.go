package member

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/config"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	oversightapi "github.com/smart-hospital/hospital/app/httpapi/oversight"
	viewsapi "github.com/smart-hospital/hospital/app/httpapi/views"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/views"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ErrNoRegulator: only a regulator's node has accounts.
var ErrNoRegulator = errors.New("only a regulator's node has accounts of its own: this folder is another member's")

// readAgain is how often the same reading by the same person is worth a line of the log.
const readAgain = time.Hour

// maxLines is how many lines are remembered at once. Beyond it all are forgotten: a line is written
// once more, and never one too few.
const maxLines = 4096

// forgetEvery is how often the answers are dropped that repeated commands would get no more.
const forgetEvery = time.Hour

// openStaff opens the database of a regulator's node, with the log-ins of its staff.
func (m *Node) openStaff(ctx context.Context) (err error) {
	if err := m.openBook(ctx); err != nil {
		return err
	}
	if err := accounts.Migrate(ctx, m.DB); err != nil {
		return err
	}
	if err := views.Migrate(ctx, m.DB); err != nil {
		return err
	}
	if err := m.OpenRedis(ctx); err != nil {
		return err
	}
	m.staff, err = accounts.New(m.DB, m.Redis, m.Box, nil, accounts.Options{Hospital: m.settings.Member,
		Roles: accounts.RegulatorRoles, AdminFactor: m.Cfg.AdminSecondFactor})
	return err
}

func (m *Node) openBook(ctx context.Context) (err error) {
	if m.Box, err = m.folder.Box(installation.ColumnsSecret); err != nil {
		return err
	}
	if m.DB, err = sqlstore.Open(ctx, "sqlite:"+m.Path(oversightFile), sqlstore.WithBox(m.Box)); err != nil {
		return err
	}
	m.OnClose(m.DB.Close)
	return nil
}

// registerStaff adds what a regulator's staff and machines ask for.
func registerStaff(a *web.API, r *reads, o oversightapi.Oversight, x oversightapi.Exports, token string) {
	a.Refuses(accountsapi.Refusals)
	a.Refuses(oversightapi.Refusals)
	accountsapi.RegisterStaffSessions(a, r.staff)
	accountsapi.RegisterStaff(a, r.staff)
	a.Refuses(viewsapi.Refusals)
	viewsapi.Register(a, &views.Service{DB: r.db, Box: r.box, Now: r.staff.Now})
	r.lines = map[string]time.Time{}
	oversightapi.RegisterOversight(a, o, x, oversightapi.Door{Token: token, Staff: a.Authenticate, Note: r.note,
		Exported: r.exported})
}

// reads keeps who read what, in the security log of the node.
type reads struct {
	db     *sqlstore.DB
	box    *keystore.Box
	staff  *accounts.Service
	member string

	mu    sync.Mutex
	lines map[string]time.Time // written within readAgain
}

// note writes the first line, and one an hour while the reading goes on: pages look by themselves.
// The zero Account is a machine with the token.
func (r *reads) note(ctx context.Context, who accounts.Account, what string) error {
	now, key := r.staff.Now(), who.ID+" "+what
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, at := range r.lines {
		if now.Sub(at) >= readAgain {
			delete(r.lines, k)
		}
	}
	if _, written := r.lines[key]; written {
		return nil
	}
	if len(r.lines) >= maxLines {
		clear(r.lines)
	}
	if who.ID == "" {
		what += " (token)"
	}
	err := r.write(ctx, securitylog.Read, who, what)
	if err == nil {
		r.lines[key] = now
	}
	return err
}

// exported writes a line for every export.
func (r *reads) exported(ctx context.Context, who accounts.Account, what string) error {
	if who.ID == "" {
		what += " (token)"
	}
	return r.write(ctx, securitylog.Exported, who, what)
}

func (r *reads) write(ctx context.Context, kind securitylog.Kind, who accounts.Account, what string) error {
	return r.db.Tx(ctx, func(tx *gorm.DB) error {
		return r.staff.Note(tx, securitylog.Event{Kind: kind, Org: r.member, Actor: who.ID, Detail: what})
	})
}

// forgetAnswers drops the answers of old commands until ctx ends. A clock in doubt drops none.
func (m *Node) forgetAnswers(ctx context.Context) error {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		if m.clock.Doubt() == nil {
			if _, err := m.DB.PurgeAnswers(ctx, time.Now()); err != nil && ctx.Err() == nil {
				m.Log.Warn("answers of old commands stay, it will be tried again", "error", err.Error())
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// CreateAdmin makes an administrator's account at a regulator's stopped node, with a random
// password, and prints it, once: a node starts without any account, and everybody else's is made by
// an administrator. ErrNoRegulator, accounts.ErrLoginTaken, installation.ErrInUse while the node
// runs.
func CreateAdmin(ctx context.Context, cfg config.Config, log *slog.Logger, login string, out io.Writer) (err error) {
	m := &Node{Installation: installation.Installation{Cfg: cfg, Log: log}}
	defer func() { err = errors.Join(err, m.Close()) }()
	if err := m.openRegulator(ctx); err != nil {
		return err
	}
	if err := m.openStaff(ctx); err != nil {
		return err
	}
	word := strings.ToLower(rand.Text())
	if _, err := m.staff.CreateStaff(ctx, sqlstore.Command{}, accounts.NewStaff{Login: login, Password: word,
		Role: accounts.Admin, Org: m.settings.Member}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "administrator %s, password %s (it is stored nowhere; the first log-in changes it)\n", login, word)
	return err
}

// openRegulator is open for a regulator's node alone: ErrNoRegulator.
func (m *Node) openRegulator(ctx context.Context) (err error) {
	if err := m.open(ctx); err != nil {
		return err
	}
	if m.role, err = m.folder.Role(m.settings.Member, m.Members); err != nil {
		return err
	}
	if m.role != chain.OrgRegulator {
		return ErrNoRegulator
	}
	return nil
}

// AuditLog reads the whole security log of a regulator's stopped node and prints its length and its
// last hash: who wrote these down sees that it only grew. ErrNoRegulator, installation.ErrInUse
// while the node runs, securitylog.ErrBroken.
func AuditLog(ctx context.Context, cfg config.Config, log *slog.Logger, out io.Writer) (err error) {
	m := &Node{Installation: installation.Installation{Cfg: cfg, Log: log}}
	defer func() { err = errors.Join(err, m.Close()) }()
	if err := m.openRegulator(ctx); err != nil {
		return err
	}
	if _, err := os.Stat(m.Path(oversightFile)); err != nil {
		return err // an audit makes no database
	}
	if err := m.openBook(ctx); err != nil {
		return err
	}
	lines, last, err := securitylog.Audit(ctx, m.DB.DB, m.Box)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "security log: %d lines, none changed, put in or taken out before the last one, whose hash is %s: "+
		"written down, it shows next time that none is missing behind it\n", lines, last)
	return err
}
