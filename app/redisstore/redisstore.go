// Package redisstore opens the store for what may be lost: sessions, rate limits, presence, fan-out. It promises
// one client for two engines, a real Redis and one inside the process, with TTLs that run on both. It promises no
// durability: whoever keeps a thing here must be able to live without it. All the same the store inside the process can
// keep the keys of a prefix over a restart, as a real Redis does.
package redisstore

import (
	"context"
	"errors"
	"fmt"
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

// ErrURL: the URL has no form that the client knows. Its text is left out, as it may hold a password.
var ErrURL = errors.New("redisstore: the Redis URL must be redis://, rediss:// or unix://")

// Open returns a client that answered a ping, and what closes it. With an empty url it starts a store inside
// the process, whose keys end with it. Errors: ErrURL, or that the server does not answer.
func Open(ctx context.Context, url string) (*redis.Client, func() error, error) {
	return OpenKeeping(ctx, url, "", "")
}

// OpenKeeping is Open; the store inside the process keeps the keys that begin with prefix, and have an end, in a file of
// this name. A real Redis keeps its keys itself, as it is configured to.
func OpenKeeping(ctx context.Context, url, file, prefix string) (*redis.Client, func() error, error) {
	if url == "" {
		return openEmbedded(ctx, file, prefix)
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

func openEmbedded(ctx context.Context, file, prefix string) (*redis.Client, func() error, error) {
	server := miniredis.NewMiniRedis()
	server.ClockTTL(true) // without it a key lives until a test moves the clock
	if err := server.Start(); err != nil {
		return nil, nil, fmt.Errorf("redisstore: start the store inside the process: %w", err)
	}
	client, err := connect(ctx, &redis.Options{Addr: server.Addr()})
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	closeStore := func() error {
		err := client.Close()
		server.Close()
		return err
	}
	if file == "" {
		return client, closeStore, nil
	}
	kept, err := openJournal(ctx, client, file, prefix)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("redisstore: keys kept in a file: %w", err), closeStore())
	}
	return client, func() error { return errors.Join(closeStore(), kept.close()) }, nil
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
