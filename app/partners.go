package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/app/wechatsandbox"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/policy"
)

// sandboxAppID names this hospital to the sandboxes.
const sandboxAppID = "SANDBOX-HOSPITAL-0001"

// partners are the outside parties: the insurer and WeChat, or in the demo their sandboxes, reached
// over HTTP all the same.
type partners struct {
	insurer payment.Insurer
	wechat  accounts.WeChat

	bureau        *insurersandbox.Bureau // nil outside the demo
	wechatSandbox *wechatsandbox.Server  // nil outside the demo
}

// openPartners connects to the partners configured; the demo runs sandboxes for those that are not.
func (f *foundation) openPartners(ctx context.Context) (p partners, err error) {
	if f.cfg.PharmacyOnly && !f.cfg.Demo {
		return f.withoutPartners()
	}
	if p.insurer, p.bureau, err = f.openInsurer(ctx); err != nil {
		return p, fmt.Errorf("insurer: %w", err)
	}
	if p.wechat, p.wechatSandbox, err = f.openWeChat(ctx); err != nil {
		return p, fmt.Errorf("wechat: %w", err)
	}
	return p, nil
}

func (f *foundation) openInsurer(ctx context.Context) (*insurer.Client, *insurersandbox.Bureau, error) {
	ours, err := f.keys.Ensure(insurerClientKey)
	if err != nil {
		return nil, nil, err
	}
	if f.cfg.Insurer.URL == "" {
		return f.openBureau(ctx, ours)
	}
	secret, err := readSecret(f.cfg.Insurer.SecretFile, "insurer-secret-file")
	if err != nil {
		return nil, nil, err
	}
	pem, err := os.ReadFile(f.cfg.Insurer.PublicKeyFile)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-public-key-file: %w", err)
	}
	peer, err := gm.ParsePublicPEM(pem)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-public-key-file: %w", err)
	}
	id := cmp.Or(f.cfg.Insurer.SignerID, gm.ID)
	signer, err := keystore.As(ours, id)
	if err != nil {
		return nil, nil, fmt.Errorf("insurer-signer-id: %w", err)
	}
	partner := insurer.Partner{AppID: f.cfg.Insurer.AppID, Secret: secret, Signer: signer, Peer: peer.As(id)}
	client, err := insurer.NewClient(f.cfg.Insurer.URL, partner, time.Now, f.cfg.Insurer.Timeout)
	return client, nil, err
}

// openBureau runs the sandbox bureau: its own database, its own key, a listener of its own on the
// loopback.
func (f *foundation) openBureau(ctx context.Context, ours keystore.Signer) (*insurer.Client,
	*insurersandbox.Bureau, error) {
	theirs, err := f.keys.Ensure(sandboxBureauKey)
	if err != nil {
		return nil, nil, err
	}
	shared, err := f.keys.Secret(sandboxInsurerSecret, keystore.MasterSize)
	if err != nil {
		return nil, nil, err
	}
	dsn, err := f.bureauDSN()
	if err != nil {
		return nil, nil, err
	}
	db, err := sqlstore.Open(ctx, dsn, sqlstore.WithBox(f.box))
	if err != nil {
		return nil, nil, err
	}
	f.onClose(db.Close)
	secret := hex.EncodeToString(shared)
	bureau, err := insurersandbox.New(ctx,
		insurersandbox.Config{DB: db, Box: f.box, Policies: policy.Demo(), Now: time.Now,
			Partner: insurer.Partner{AppID: sandboxAppID, Secret: secret, Signer: theirs, Peer: ours.Public()}})
	if err != nil {
		return nil, nil, err
	}
	f.onClose(func() error { bureau.Close(); return nil })
	base, err := f.serveLoopback(ctx, bureau.Handler())
	if err != nil {
		return nil, nil, err
	}
	client, err := insurer.NewClient(base,
		insurer.Partner{AppID: sandboxAppID, Secret: secret, Signer: ours, Peer: theirs.Public()}, time.Now,
		f.cfg.Insurer.Timeout)
	return client, bureau, err
}

// bureauDSN is where the sandbox bureau keeps its books: on the server named, in tables of its own,
// so that every instance's bureau is the same one; else, and where an earlier start left one, in a
// file of its own.
func (f *foundation) bureauDSN() (string, error) {
	file := f.path(bureauFile)
	switch _, err := os.Stat(file); {
	case f.cfg.DatabaseURL == "", err == nil:
		return "sqlite:" + file, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	return f.cfg.DatabaseURL, nil
}

func (f *foundation) openWeChat(ctx context.Context) (*wechat.Client, *wechatsandbox.Server, error) {
	if f.cfg.WeChat.URL != "" {
		secret, err := readSecret(f.cfg.WeChat.SecretFile, "wechat-secret-file")
		return wechat.New(f.cfg.WeChat.URL, f.cfg.WeChat.AppID, secret, nil), nil, err
	}
	secret, err := f.keys.Secret(sandboxWeChatSecret, keystore.MasterSize)
	if err != nil {
		return nil, nil, err
	}
	sandbox := wechatsandbox.New(sandboxAppID, hex.EncodeToString(secret))
	base, err := f.serveLoopback(ctx, sandbox)
	return wechat.New(base, sandboxAppID, hex.EncodeToString(secret), nil), sandbox, err
}

// serveLoopback runs a sandbox on a free loopback port and returns its base URL.
func (f *foundation) serveLoopback(ctx context.Context, h http.Handler) (string, error) {
	d := f.asideDoor(sandboxConnections)
	l, err := d.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	s := httpServer(d, h, f.log)
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			f.log.Error("sandbox", "error", err.Error())
		}
	}()
	f.onClose(s.Close)
	return "http://" + l.Addr().String(), nil
}
