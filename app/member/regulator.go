package member

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/oversight/exports"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/watch"
)

// Files of a regulator's folder.
const (
	oversightFile = "oversight.db"
	tokenFile     = "oversight.token" // what machines send to read figures and findings
	exportsFolder = "exports"         // a day's exports, which can be made again: no backup has them
)

// exportsReserve is what exports leave free on the disk, for the chain.
const exportsReserve = 1 << 30

// openOversight makes a regulator's node a regulator: it follows the stream, runs the rules, and
// shows its staff what they found.
func (m *Node) openOversight(ctx context.Context) error {
	if m.staff == nil {
		return nil
	}
	limits := oversight.DefaultLimits
	if m.settings.Withheld > 0 {
		limits.WithheldWait = m.settings.Withheld
	}
	hospitals := map[string]string{}
	for _, p := range m.settings.Watch {
		hospitals[p.Member] = p.URL
	}
	var err error
	m.oversight, err = oversight.New(ctx, oversight.Config{
		DB: m.DB, Box: m.Box, Node: m.node,
		Hospitals: hospitals, Parts: m.parts, Limits: limits, Log: m.Log, Now: time.Now,
		Client: &disclosure.Client{Chain: m.Members.Chain, Regulator: m.settings.Member,
			Seals: m.folder.Organisations(m.node.InForce), HTTP: watch.NewClient(), Now: time.Now},
	})
	if err != nil {
		return err
	}
	token, err := operatorToken(m.Path(tokenFile))
	if err != nil {
		return err
	}
	kept, err := exports.Open(exports.Config{Dir: m.Path(exportsFolder), Log: m.Log, Now: time.Now,
		Room: disk.New(m.Cfg.Data, exportsReserve),
		Begin: func(ctx context.Context, from, to string) (exports.Period, error) {
			return m.oversight.Export(ctx, from, to)
		}})
	if err != nil {
		return err
	}
	m.OnClose(kept.Close)
	r := &reads{db: m.DB, box: m.Box, staff: m.staff, member: m.settings.Member}
	registerStaff(m.api, r, m.oversight, kept, token)
	return nil
}

// Token is what machines send to a regulator's node, read out of its folder: fs.ErrNotExist before
// its first start, and of any other member.
func Token(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, tokenFile))
	return strings.TrimSpace(string(text)), err
}

// operatorToken reads the token, or makes it at the first start.
func operatorToken(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err == nil && len(strings.TrimSpace(string(text))) >= 32 {
		return strings.TrimSpace(string(text)), nil
	}
	if err == nil {
		return "", fmt.Errorf("%w: %s: a token has at least 32 characters", config.ErrConfig, tokenFile)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	token := hex.EncodeToString(b[:])
	return token, durable.WriteFile(path, []byte(token+"\n"), 0o600)
}
