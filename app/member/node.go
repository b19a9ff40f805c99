// Package member is a consortium's node without a hospital's application; a regulator's looks at
// the stream as well.
package member

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/backup"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/door"
	"github.com/smart-hospital/hospital/app/health"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/pages"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/smart-hospital/hospital/chain/watch"
)

// explorerPage is where a node without an application leads who opens its address: the mini-app's
// own first page is a log-in.
const explorerPage = "/" + pages.Index + "#/pkg-regulator/home/home"

// Node is a consortium node without the hospital's application: it keeps the whole chain,
// votes and seals when its member has a vote, and shows the explorer. Only a regulator's has a
// database, with accounts of its own staff.
type Node struct {
	installation.Installation
	folder    *consortium.Folder
	settings  consortium.NodeSettings
	node      *comet.Node
	watch     *watch.Watch
	clock     *clockwatch.Watch
	role      chain.OrgRole
	parts     []oversight.Part
	oversight *oversight.Service // of a regulator; nil: of any other member
	staff     *accounts.Service  // of a regulator, as above
	api       *web.API
	explorer  *explorerapi.Explorer
	door      *door.Door
	listener  net.Listener
	version   string
}

// New starts the node of the organisation's folder cfg.Data. Of cfg only what has nothing
// to do with a hospital's application is looked at. parts are what a regulator judges by.
func New(ctx context.Context, cfg config.Config, log *slog.Logger, version string,
	parts []oversight.Part) (*Node, error) {
	m := &Node{Installation: installation.Installation{Cfg: cfg, Log: log}, version: version, parts: parts}
	gm.OnSplit(func(s gm.Split) {
		log.Error("ALARM: the two SM libraries disagree on a signature", "key", fmt.Sprintf("%x", s.PublicKey),
			"splits", gm.Splits())
	})
	for _, step := range []func(context.Context) error{m.open, m.start, m.register, m.listen} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, m.Close())
		}
	}
	return m, nil
}

// open reads the organisation's folder; it makes nothing there but the lock.
func (m *Node) open(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	if m.Share, err = descriptors.Raise(); err != nil {
		return err
	}
	if m.settings, err = consortium.ReadNodeSettings(m.Cfg.Data); err != nil {
		return err
	}
	if err := m.Lock(ctx); err != nil {
		return err
	}
	if m.folder, err = consortium.OpenFolder(m.Cfg.Data, m.Cfg.MasterKeyFile); err != nil {
		return err
	}
	m.Members, err = home.ReadMembers(m.Path("chain"))
	return err
}

func (m *Node) start(ctx context.Context) (err error) {
	if m.role, err = m.folder.Role(m.settings.Member, m.Members); err != nil {
		return err
	}
	m.Log.Info("starting", "version", m.version, "member", m.settings.Member, "chain", m.Members.Chain, "peers",
		len(m.settings.Peers))
	m.node, err = comet.Start(ctx, comet.Config{
		Dir: m.Path("chain"), Sealer: m.folder.Sealer(m.settings.Member), Member: m.settings.Member, Logger: m.Log,
		Listen: m.settings.Listen, Peers: m.settings.Peers, Growth: m.settings.Growth,
		KeepResults: m.role == chain.OrgRegulator, // what was tried and refused is his business
	})
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
	m.OnClose(m.node.Stop)
	if err := backup.Offer(ctx, &m.Installation, m.node); err != nil {
		return err
	}
	m.clock = health.WatchClock(ctx, &m.Installation, m.node)
	m.watch, err = health.OpenWatch(&m.Installation, m.node, m.settings)
	return err
}

func (m *Node) register(ctx context.Context) error {
	var sessions web.Sessions // of a regulator's staff; no other node has an operation that asks for one
	if m.role == chain.OrgRegulator {
		if err := m.openStaff(ctx); err != nil {
			return err
		}
		sessions = m.staff
	}
	m.api = web.New(m.Log, sessions, m.version)
	m.api.TrustProxies(m.Cfg.Proxies())
	m.api.Refuses(explorerapi.Refusals)
	m.explorer = explorerapi.RegisterExplorer(m.api, m.node, nil, m.watch)
	if err := m.openOversight(ctx); err != nil {
		return err
	}
	own := prometheus.NewRegistry()
	health.Metrics(own, m.node, m.clock, m.watch)
	metrics := prometheus.Gatherers{prometheus.DefaultGatherer, own}
	health.Register(m.api.Echo, func(ctx context.Context) installationapi.Readiness {
		return installationapi.Readiness{"chain": health.Chain(ctx, m.node, m.settings, m.watch),
			"clock": health.Clock(m.clock)}
	}, metrics)
	if err := ports.Metrics(ctx, &m.Installation, metrics); err != nil {
		return err
	}
	return pages.Register(m.api.Echo, func(c echo.Context) error { return c.Redirect(http.StatusFound, explorerPage) })
}

func (m *Node) listen(ctx context.Context) (err error) {
	m.door = ports.Public(&m.Installation)
	if m.listener, err = m.door.Listen(ctx, m.settings.Explorer); err != nil {
		return fmt.Errorf("node.yaml: explorer: %w", err)
	}
	m.OnClose(func() error {
		if err := m.listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// Serve answers requests until ctx ends or the chain halts, then stops in order.
// health.ErrChainHalted when it was the chain, and comet.ErrSchema when a newer program must go on.
func (m *Node) Serve(ctx context.Context) error {
	m.Log.Info("serving", "member", m.settings.Member, "explorer", m.settings.Explorer, "listen", m.settings.Listen)
	server := ports.Server(m.door, m.api.Echo, m.Log)
	var fault error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work, ended := errgroup.WithContext(ctx)
	work.Go(func() error { return m.watch.Run(ended) })
	work.Go(func() error { health.KeepTime(ended, m.clock, m.node); return nil })
	if m.oversight != nil {
		work.Go(func() error { return m.oversight.Run(ended) })
		work.Go(func() error { return m.forgetAnswers(ended) })
	}
	work.Go(func() error {
		if err := server.Serve(m.listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	work.Go(func() error {
		select {
		case <-ended.Done():
		case <-m.node.Stopped():
			fault = health.Halted(m.node, m.Log)
			cancel() // everything else here ends with it
		}
		m.explorer.Shutdown()
		limit, over := context.WithTimeout(context.Background(), m.Cfg.ShutdownFor)
		defer over()
		if err := server.Shutdown(limit); err != nil {
			return errors.Join(err, server.Close())
		}
		return nil
	})
	return errors.Join(work.Wait(), fault, m.Close())
}
