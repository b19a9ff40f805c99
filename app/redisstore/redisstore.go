// Package redisstore opens the store for what may be lost: rate limits, presence, nonces, fan-out.
// It promises one client for two engines, a real Redis and one inside the process, with TTLs that
// run on both. It promises no durability, and nothing kept here may decide who somebody is:
// SECURITY.md has a table of what each key would be worth to a forger.
package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Time-outs of the client. A login or a page must not hang on a lost Redis, so they are short.
const (
	dialTimeout  = 2 * time.Second
	readTimeout  = time.Second
	writeTimeout = time.Second
	poolTimeout  = 2 * time.Second
	pingTimeout  = 5 * time.Second
	maxRetries   = 1 // a second try covers a connection the server closed while it lay idle
	poolSize     = 32
)

// ErrURL: the URL has no form that the client knows. Its text is left out, as it may hold a
// password.
var ErrURL = errors.New("redisstore: the Redis URL must be redis://, rediss:// or unix://")

// Open returns a client that answered a ping, and what closes it. With an empty url it starts a
// store inside the process, whose keys end with it. Errors: ErrURL, or that the server does not
// answer.
func Open(ctx context.Context, url string) (*redis.Client, func() error, error) {
	if url == "" {
		return openEmbedded(ctx)
	}
	opts, err := redis.ParseURL(url)
	if err != nil {
		return nil, nil, ErrURL
	}
	client, err := connect(ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	return client, client.Close, nil
}

// openEmbedded has no listening port: whoever else is on this machine finds nothing to connect to.
func openEmbedded(ctx context.Context) (*redis.Client, func() error, error) {
	server := miniredis.NewMiniRedis()
	server.ClockTTL(true) // without it a key lives until a test moves the clock
	client, err := connect(ctx, &redis.Options{
		Addr:   "in-process",
		Dialer: func(context.Context, string, string) (net.Conn, error) { return server.Dial() }, // a pipe
	})
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	return client, func() error {
		err := client.Close()
		server.Close()
		return err
	}, nil
}

func connect(ctx context.Context, o *redis.Options) (*redis.Client, error) {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = dialTimeout, readTimeout, writeTimeout, poolTimeout
	o.MaxRetries, o.PoolSize, o.ContextTimeoutEnabled = maxRetries, poolSize, true
	o.DisableIdentity = true // CLIENT SETINFO is not known to every Redis-compatible server
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	client := redis.NewClient(o)
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	if err := client.Ping(ctx).Err(); err != nil {
		return nil, errors.Join(fmt.Errorf("redisstore: Redis does not answer: %w", err), client.Close())
	}
	return client, nil
}
