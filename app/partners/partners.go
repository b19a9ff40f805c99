// Package partners connects an installation to the outside parties: the insurer and WeChat, or in
// the demo their sandboxes, reached over HTTP all the same.
package partners

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/app/wechatsandbox"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/policy"
)

// bureauFile holds the sandbox bureau's books.
const bureauFile = "sandbox-bureau.db"

// sandboxAppID names this hospital to the sandboxes.
const sandboxAppID = "SANDBOX-HOSPITAL-0001"

// Partners are the outside parties.
type Partners struct {
	Insurer bureau.Insurer
	WeChat  accounts.WeChat

	Bureau        *insurersandbox.Bureau // nil outside the demo
	WeChatSandbox *wechatsandbox.Server  // nil outside the demo
}

// Open connects to the partners configured; the demo runs sandboxes for those that are not.
func Open(ctx context.Context, f *installation.Installation) (p Partners, err error) {
	if f.Cfg.PharmacyOnly && !f.Cfg.Demo {
		return none(f)
	}
	if p.Insurer, p.Bureau, err = openInsurer(ctx, f); err != nil {
		return p, fmt.Errorf("insurer: %w", err)
	}
	if p.WeChat, p.WeChatSandbox, err = openWeChat(ctx, f); err != nil {
		return p, fmt.Errorf("wechat: %w", err)
	}
	return p, nil
}

func openInsurer(ctx context.Context, f *installation.Installation) (*insurer.Client, *insurersandbox.Bureau, error) {
	ours, err := f.Keys.Ensure(installation.InsurerClientKey)
	if err != nil {
		return nil, nil, err
	}
	if f.Cfg.Insurer.URL == "" {
		return openBureau(ctx, f, ours)
	}
	secret, err := installation.ReadSecret(f.Cfg.Insurer.SecretFile, "insurer-secret-file")
	if err != nil {
		return nil, nil, err
	}
	pem, err := os.ReadFile(f.Cfg.Insurer.PublicKeyFile)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-public-key-file: %w", err)
	}
	peer, err := gm.ParsePublicPEM(pem)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-public-key-file: %w", err)
	}
	id := cmp.Or(f.Cfg.Insurer.SignerID, gm.ID)
	signer, err := keystore.As(ours, id)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-signer-id: %w", err)
	}
	partner := insurer.Partner{AppID: f.Cfg.Insurer.AppID, Secret: secret, Signer: signer, Peer: peer.As(id)}
	client, err := insurer.NewClient(f.Cfg.Insurer.URL, partner, time.Now, f.Cfg.Insurer.Timeout)
	return client, nil, err
}

// openBureau runs the sandbox bureau: its own database, its own key, a listener of its own on the
// loopback.
func openBureau(ctx context.Context, f *installation.Installation, ours keystore.Signer) (*insurer.Client,
	*insurersandbox.Bureau, error) {
	theirs, err := f.Keys.Ensure(installation.SandboxBureauKey)
	if err != nil {
		return nil, nil, err
	}
	shared, err := f.Keys.Secret(installation.SandboxInsurerSecret, keystore.MasterSize)
	if err != nil {
		return nil, nil, err
	}
	dsn, err := BureauDSN(f)
	if err != nil {
		return nil, nil, err
	}
	db, err := sqlstore.Open(ctx, dsn, sqlstore.WithBox(f.Box))
	if err != nil {
		return nil, nil, err
	}
	f.OnClose(db.Close)
	secret := hex.EncodeToString(shared)
	bureau, err := insurersandbox.New(ctx,
		insurersandbox.Config{DB: db, Box: f.Box, Policies: policy.Demo(), Now: time.Now,
			Partner: insurer.Partner{AppID: sandboxAppID, Secret: secret, Signer: theirs, Peer: ours.Public()}})
	if err != nil {
		return nil, nil, err
	}
	f.OnClose(func() error { bureau.Close(); return nil })
	base, err := ports.Loopback(ctx, f, bureau.Handler())
	if err != nil {
		return nil, nil, err
	}
	client, err := insurer.NewClient(base,
		insurer.Partner{AppID: sandboxAppID, Secret: secret, Signer: ours, Peer: theirs.Public()}, time.Now,
		f.Cfg.Insurer.Timeout)
	return client, bureau, err
}

// BureauDSN is where the sandbox bureau keeps its books: on the server named, in tables of its own,
// so that every instance's bureau is the same one; else, and where an earlier start left one, in a
// file of its own.
func BureauDSN(f *installation.Installation) (string, error) {
	file := f.Path(bureauFile)
	switch _, err := os.Stat(file); {
	case f.Cfg.DatabaseURL == "", err == nil:
		return "sqlite:" + file, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	return f.Cfg.DatabaseURL, nil
}

func openWeChat(ctx context.Context, f *installation.Installation) (*wechat.Client, *wechatsandbox.Server, error) {
	if f.Cfg.WeChat.URL != "" {
		secret, err := installation.ReadSecret(f.Cfg.WeChat.SecretFile, "wechat-secret-file")
		return wechat.New(f.Cfg.WeChat.URL, f.Cfg.WeChat.AppID, secret, nil), nil, err
	}
	secret, err := f.Keys.Secret(installation.SandboxWeChatSecret, keystore.MasterSize)
	if err != nil {
		return nil, nil, err
	}
	sandbox := wechatsandbox.New(sandboxAppID, hex.EncodeToString(secret))
	base, err := ports.Loopback(ctx, f, sandbox)
	return wechat.New(base, sandboxAppID, hex.EncodeToString(secret), nil), sandbox, err
}
