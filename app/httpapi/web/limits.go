package web

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// What strangers may take at once. SECURITY.md has the table of all limits.
const (
	requestsAtOnce     = 1024 // handlers at work, of requests whose bodies are read
	requestsOfNetwork  = 512
	bodiesAtOnce       = 64 << 20 // bytes of bodies in memory; decoded they take some twenty times as much
	bodiesOfNetwork    = 16 << 20
	verifiesAtOnce     = 64   // KiB of receipts and bundles checked at once by one core
	verifiesWaiting    = 4096 // KiB that may wait for it
	verifyRate         = 40   // KiB a second and network; a bundle has some 15, and a signature in each
	verifyBurst        = 600
	verifyUnit         = 1 << 10
	verifyLeast        = 8    // KiB that even an empty one counts for
	LongReadersOfAll   = 4096 // long polls and sockets of one instance
	LongReadersToEnter = 64   // of one network, sockets that have not said yet whose they are
)

// Limits of streams, sockets and long polls.
const (
	// MaxLongPoll is how long a long poll may wait.
	MaxLongPoll = 25 * time.Second
	// MaxReaders is how many sockets and long polls one account may hold on one instance: a phone,
	// a tablet, a computer, each with a connection that is still dying.
	MaxReaders = 8
)

// strangers counts what requests take, for all routes of one API.
type strangers struct {
	requests *limit.Seats
	bodies   *limit.Seats
	verifies *limit.Work
	costs    *limit.Rates
}

func newStrangers() strangers {
	return strangers{
		requests: limit.NewSeats(requestsAtOnce, requestsOfNetwork),
		bodies:   limit.NewSeats(bodiesAtOnce, bodiesOfNetwork),
		verifies: limit.NewWork(int64(verifiesAtOnce*runtime.GOMAXPROCS(0)), verifiesWaiting),
		costs:    limit.NewRates(verifyRate, verifyBurst),
	}
}

// NetworkOf is the unit that a request's limits are for.
func NetworkOf(c echo.Context) string { return limit.Network(c.RealIP()) }

// seat bounds the handlers at work at once. It comes after the body is here, so that who sends
// slowly holds none.
func (a *API) seat(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if a.longLived[c.Path()] {
			return next(c)
		}
		network := NetworkOf(c)
		if !a.requests.Take(network, 1) {
			return problem.New("unavailable", "too many requests are under way").After(1)
		}
		defer a.requests.Give(network, 1)
		return next(c)
	}
}

// countedBody takes a seat for each byte that it has read.
type countedBody struct {
	io.Reader
	seats   *limit.Seats
	network string
	taken   int
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if n > 0 && !b.seats.Take(b.network, n) {
		return 0, limit.ErrBusy
	}
	b.taken += n
	return n, err
}

func (b *countedBody) giveBack() { b.seats.Give(b.network, b.taken) }

// bodyFault is what a body that could not be read means: a fault of the client or of the way to it,
// never of the server. The error's own text names the client's address.
func bodyFault(err error) error {
	if _, ok := errors.AsType[*echo.HTTPError](err); ok {
		return err
	}
	if errors.Is(err, limit.ErrBusy) {
		return problem.New("unavailable", "too much is being sent at once").After(1)
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() || errors.Is(err, os.ErrDeadlineExceeded) {
		return problem.New("request-timeout", "the body did not come in time")
	}
	return problem.New("bad-encoding", "the body did not come whole")
}

// gone tells whether a request failed because its client has left.
func gone(ctx context.Context, err error) bool {
	return errors.Is(ctx.Err(), context.Canceled) || errors.Is(err, context.Canceled)
}

// LimitAddress holds one network to so many requests a second, after a burst, over all routes that
// limited names.
func (a *API) LimitAddress(perSecond float64, burst int, limited func(route string) bool) {
	rates := limit.NewRates(perSecond, burst)
	a.Echo.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if limited(c.Path()) && !rates.Allow(NetworkOf(c), time.Now()) {
				return problem.New("rate-limited", "too many requests from this address").After(1)
			}
			return next(c)
		}
	})
}

// Verification bounds what strangers have checked here by its work: one network by the second, all
// of them at once.
func (a *API) Verification(ctx context.Context, from ClientAddress, size int, check func() error) error {
	cost := max(verifyLeast, size/verifyUnit)
	if !a.costs.AllowN(from.Network(), time.Now(), cost) {
		return problem.New("rate-limited", "too much to check from this address").After(1)
	}
	err := a.verifies.Do(ctx, int64(cost), check)
	if errors.Is(err, limit.ErrBusy) {
		return problem.New("unavailable", "too much is being checked").After(1)
	}
	return err
}
