package redisstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/redisstore"
)

const prefix = "session"

// open opens a store over the file; nothing closes it in order, as when the process is killed.
func open(t *testing.T, file string) *redis.Client {
	t.Helper()
	client, closeStore, err := redisstore.OpenKeeping(t.Context(), "", file, prefix)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closeStore() })
	return client
}

// logIn does what accounts does.
func logIn(t *testing.T, c *redis.Client, token string, idle time.Duration) {
	t.Helper()
	ctx := t.Context()
	if _, err := c.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SAdd(ctx, "sessions:a1", "session:"+token)
		p.Expire(ctx, "sessions:a1", time.Hour)
		p.Set(ctx, "session:"+token, "account of "+token, idle)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestSessionsOutliveAKill(t *testing.T) {
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "sessions.jsonl")
	c := open(t, file)
	for _, token := range []string{"stays", "ends", "short"} {
		logIn(t, c, token, time.Hour)
	}
	c.PExpireAt(ctx, "session:short", time.Now().Add(time.Second))
	c.Set(ctx, "limit:a1", "3", time.Hour)
	if err := c.Del(ctx, "session:ends").Err(); err != nil {
		t.Fatal(err)
	}
	c.SRem(ctx, "sessions:a1", "session:ends")

	again := open(t, file)
	if got := again.Get(ctx, "session:stays").Val(); got != "account of stays" {
		t.Errorf("got %q", got)
	}
	if left := again.PTTL(ctx, "session:stays").Val(); left < 59*time.Minute || left > time.Hour {
		t.Errorf("%s are left", left)
	}
	members := again.SMembers(ctx, "sessions:a1").Val()
	slices.Sort(members)
	if want := []string{"session:short", "session:stays"}; !slices.Equal(members, want) {
		t.Errorf("the account lists %q", members)
	}
	for _, gone := range []string{"session:ends", "limit:a1"} {
		if err := again.Get(ctx, gone).Err(); !errors.Is(err, redis.Nil) {
			t.Errorf("%s came back: %v", gone, err)
		}
	}
	for end := time.Now().Add(5 * time.Second); again.Exists(ctx, "session:short").Val() == 1; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a kept key does not end")
		}
	}
}

// A session in use goes on over a restart, and the file does not grow with every use.
func TestUseIsKeptNowAndThen(t *testing.T) {
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "sessions.jsonl")
	c := open(t, file)
	logIn(t, c, "used", time.Minute)
	for range 50 {
		if err := c.GetEx(ctx, "session:used", time.Hour).Err(); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n != 3 {
		t.Errorf("%d lines; want the account, the log-in and the first use", n)
	}
	if left := open(t, file).PTTL(ctx, "session:used").Val(); left < 59*time.Minute {
		t.Errorf("%s are left", left)
	}
}

func TestAHalfWrittenLineIsLeftOut(t *testing.T) {
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "sessions.jsonl")
	logIn(t, open(t, file), "whole", time.Hour)
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"key":"session:half","value":"a`); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	c := open(t, file)
	if c.Exists(ctx, "session:whole").Val() != 1 || c.Exists(ctx, "session:half").Val() != 0 {
		t.Error("the half line was taken, or the whole one was not")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// Many people at once; the file is written anew in between and still ends with the newest state of each.
func TestManyAtOnce(t *testing.T) {
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "sessions.jsonl")
	c := open(t, file)
	const people, rounds = 8, 150
	var wg sync.WaitGroup
	for p := range people {
		wg.Go(func() {
			for i := range rounds {
				c.Set(ctx, fmt.Sprintf("session:%d", p), i, time.Hour)
			}
			if p%2 == 1 {
				c.Del(ctx, fmt.Sprintf("session:%d", p))
			}
		})
	}
	wg.Wait()
	if b, err := os.ReadFile(file); err != nil || bytes.Count(b, []byte("\n")) >= people*rounds {
		t.Errorf("the file was never written anew: %v", err)
	}
	again := open(t, file)
	for p := range people {
		got, err := again.Get(ctx, fmt.Sprintf("session:%d", p)).Result()
		if want := fmt.Sprint(rounds - 1); p%2 == 0 && got != want || p%2 == 1 && !errors.Is(err, redis.Nil) {
			t.Errorf("person %d: %q, %v", p, got, err)
		}
	}
}

func TestAFileThatCannotBeKeptIsRefused(t *testing.T) {
	if _, _, err := redisstore.OpenKeeping(context.Background(), "", filepath.Join(t.TempDir(), "no", "such", "folder"), prefix); err == nil {
		t.Fatal("opened")
	}
}
