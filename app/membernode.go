package app

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

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/door"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
	"github.com/smart-hospital/hospital/chain/watch"
)

// explorerPage is where a node without an application leads who opens its address: the mini-app's
// own first page is a log-in.
const explorerPage = "/" + indexFile + "#/pkg-regulator/home/home"

// MemberNode is a consortium node without the hospital's application: it keeps the whole chain,
// votes and seals when its member has a vote, and shows the explorer. It has no accounts, no
// database and no Redis.
type MemberNode struct {
	foundation
	folder    *consortium.Folder
	settings  consortium.NodeSettings
	node      *comet.Node
	watch     *watch.Watch
	clock     *clockwatch.Watch
	role      chain.OrgRole
	oversight *oversight.Service // of a regulator; nil: of any other member
	api       *web.API
	explorer  *explorerapi.Explorer
	door      *door.Door
	listener  net.Listener
	version   string
}

// NewMemberNode starts the node of the organisation's folder cfg.Data. Of cfg only what has nothing
// to do with a hospital's application is looked at.
func NewMemberNode(ctx context.Context, cfg config.Config, log *slog.Logger, version string) (*MemberNode, error) {
	m := &MemberNode{foundation: foundation{cfg: cfg, log: log}, version: version}
	gm.OnSplit(func(s gm.Split) {
		log.Error("ALARM: the two SM libraries disagree on a signature", "key", fmt.Sprintf("%x", s.PublicKey),
			"splits", gm.Splits())
	})
	for _, step := range []func(context.Context) error{m.open, m.start, m.register, m.listen} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, m.close())
		}
	}
	return m, nil
}

// open reads the organisation's folder; it makes nothing there but the lock.
func (m *MemberNode) open(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	if m.share, err = descriptors.Raise(); err != nil {
		return err
	}
	if m.settings, err = consortium.ReadNodeSettings(m.cfg.Data); err != nil {
		return err
	}
	if err := m.lock(ctx); err != nil {
		return err
	}
	if m.folder, err = consortium.OpenFolder(m.cfg.Data, m.cfg.MasterKeyFile); err != nil {
		return err
	}
	m.members, err = comet.ReadMembers(m.path("chain"))
	return err
}

func (m *MemberNode) start(ctx context.Context) (err error) {
	if m.role, err = m.folder.Role(m.settings.Member, m.members); err != nil {
		return err
	}
	m.log.Info("starting", "version", m.version, "member", m.settings.Member, "chain", m.members.Chain, "peers",
		len(m.settings.Peers))
	m.node, err = comet.Start(ctx, comet.Config{
		Dir: m.path("chain"), Sealer: m.folder.Sealer(m.settings.Member), Member: m.settings.Member, Logger: m.log,
		Listen: m.settings.Listen, Peers: m.settings.Peers, Growth: m.settings.Growth,
		KeepResults: m.role == chain.OrgRegulator, // what was tried and refused is his business
	})
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
	m.onClose(m.node.Stop)
	if err := m.offerBackups(ctx, m.node); err != nil {
		return err
	}
	m.clock = m.watchClock(ctx, m.node)
	m.watch, err = m.openWatch(m.node, m.settings)
	return err
}

func (m *MemberNode) register(ctx context.Context) error {
	m.api = web.New(m.log, nil, m.version) // no operation here asks for a session
	m.api.TrustProxies(m.cfg.Proxies())
	m.api.Refuses(explorerapi.Refusals)
	m.explorer = explorerapi.RegisterExplorer(m.api, m.node, nil, m.watch)
	if err := m.openOversight(ctx); err != nil {
		return err
	}
	own := prometheus.NewRegistry()
	chainMetrics(own, m.node)
	clockMetrics(own, m.clock)
	watchMetrics(own, m.watch)
	metrics := prometheus.Gatherers{prometheus.DefaultGatherer, own}
	registerHealth(m.api.Echo, func(ctx context.Context) installationapi.Readiness {
		return installationapi.Readiness{"chain": chainReady(ctx, m.node, m.settings, m.watch),
			"clock": clockReady(m.clock)}
	}, metrics)
	if err := m.listenMetrics(ctx, metrics); err != nil {
		return err
	}
	return registerPages(m.api.Echo, func(c echo.Context) error { return c.Redirect(http.StatusFound, explorerPage) })
}

func (m *MemberNode) listen(ctx context.Context) (err error) {
	m.door = m.publicDoor()
	if m.listener, err = m.door.Listen(ctx, m.settings.Explorer); err != nil {
		return fmt.Errorf("node.yaml: explorer: %w", err)
	}
	m.onClose(func() error {
		if err := m.listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// Serve answers requests until ctx ends or the chain halts, then stops in order. ErrChainHalted
// when it was the chain, and comet.ErrSchema when a newer program must go on.
func (m *MemberNode) Serve(ctx context.Context) error {
	m.log.Info("serving", "member", m.settings.Member, "explorer", m.settings.Explorer, "listen", m.settings.Listen)
	server := httpServer(m.door, m.api.Echo, m.log)
	var fault error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work, ended := errgroup.WithContext(ctx)
	work.Go(func() error { return m.watch.Run(ended) })
	work.Go(func() error { m.keepTime(ended, m.clock, m.node); return nil })
	if m.oversight != nil {
		work.Go(func() error { return m.oversight.Run(ended) })
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
			fault = halted(m.node, m.log)
			cancel() // everything else here ends with it
		}
		m.explorer.Shutdown()
		limit, over := context.WithTimeout(context.Background(), m.cfg.ShutdownFor)
		defer over()
		if err := server.Shutdown(limit); err != nil {
			return errors.Join(err, server.Close())
		}
		return nil
	})
	return errors.Join(work.Wait(), fault, m.close())
}
