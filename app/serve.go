package app

import (
	"context"
	"errors"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/prescription"
)

// Pace and size of the background work.
const (
	expireEvery    = 5 * time.Second
	reconcileEvery = 2 * time.Second
	purgeEvery     = time.Hour
	diskEvery      = 30 * time.Second
	sweepBatch     = 100
)

// Serve answers requests and does the background work until ctx ends or the chain halts, then stops
// in order: no new requests, open ones finished, background work ended, chain stopped, files
// closed. health.ErrChainHalted when it was the chain, and comet.ErrSchema when a newer program
// must go on.
func (a *App) Serve(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := ports.Server(a.door, a.api.Echo, a.Log)
	var fault error
	work, background := errgroup.WithContext(ctx)
	a.startBackground(background, work)
	work.Go(func() error {
		if err := server.Serve(a.listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	work.Go(func() error {
		select {
		case <-background.Done():
		case <-a.node.Stopped():
			fault = health.Halted(a.node, a.Log) // not the exit code of an ordered stop
			cancel()
		}
		return a.shutdown(server)
	})
	err := work.Wait()
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return errors.Join(err, fault, a.Close())
}

func (a *App) shutdown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), a.Cfg.ShutdownFor)
	defer cancel()
	// Sockets and streams first: a server's Shutdown does not see the former and waits for the
	// latter.
	a.explorer.Shutdown()
	if err := errors.Join(a.sockets.Shutdown(ctx), a.events.Shutdown(ctx), server.Shutdown(ctx)); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

// diskTask is the one task that ends nothing by time.
const diskTask = "disk"

// startBackground starts what works beside requests: see room.Task.
func (a *App) startBackground(ctx context.Context, work *errgroup.Group) {
	work.Go(func() error { health.KeepTime(ctx, a.clock, a.node); return nil })
	work.Go(func() error { return a.relay.Run(ctx) })
	work.Go(func() error { return a.watch.Run(ctx) })
	watchDisk := a.watchDisk()
	every := func(name string, pause time.Duration, task func(context.Context, time.Time) error) {
		work.Go(func() error {
			tick := time.NewTicker(pause)
			defer tick.Stop()
			for { // at once, too: a process that never lives as long as the pause must still do its work
				if name != diskTask && a.clock.Doubt() != nil {
					a.Log.Debug("background task waits: the clock is in doubt", "task", name)
				} else if err := task(ctx, time.Now()); err != nil && ctx.Err() == nil {
					a.Log.Warn("background task failed, it will be tried again", "task", name, "error", err.Error())
				}
				select {
				case <-ctx.Done():
					return nil
				case <-tick.C:
				}
			}
		})
	}
	every(diskTask, diskEvery, func(ctx context.Context, _ time.Time) error { return watchDisk(ctx) })
	for _, r := range rooms {
		if r.Run != nil {
			work.Go(func() error { return r.Run(a, ctx) })
		}
		for _, t := range r.Tasks {
			every(t.Name, t.Every, func(ctx context.Context, now time.Time) error { return t.Do(a, ctx, now) })
		}
	}
}

// watchDisk raises an alarm when room has become scarce, once each time.
func (a *App) watchDisk() func(context.Context) error {
	scarce := false
	return func(context.Context) error {
		was := scarce
		if scarce = !a.Room.Allows(disk.Uploads); scarce && !was {
			left, _ := a.Room.Left()
			a.Log.Error(
				"ALARM: the data folder's disk is nearly full: no pictures are taken, then no commands, at last no signatures", "freeMiB", left>>20)
		}
		return nil
	}
}

// followPause is the wait before following the chain is taken up again after a failure.
const followPause = 500 * time.Millisecond

// follow takes over what other applications write to this database's prescriptions.
func (a *App) follow(ctx context.Context) error {
	for ctx.Err() == nil {
		err := a.prescriptions.Follow(ctx, a.node, func(id prescription.ID, err error) {
			a.Log.Error("ALARM: a prescription's history is another on the chain than here", "prescription", string(id),
				"error", err.Error())
		})
		if ctx.Err() == nil {
			a.Log.Warn("following the chain failed, it will be taken up anew", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-time.After(followPause):
		}
	}
	return nil
}
