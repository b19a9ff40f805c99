package redisstore_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/redisstore"
)

func TestKeysExpireOnEveryEngine(t *testing.T) {
	urls := map[string]string{"embedded": ""}
	if url := os.Getenv("HOSPITAL_TEST_REDIS_URL"); url != "" {
		urls["real"] = url
	}
	for name, url := range urls {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			client, closeStore, err := redisstore.Open(ctx, url)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = closeStore() })
			key := "redisstore_test:" + t.Name()
			if err := client.Set(ctx, key, "v", 60*time.Millisecond).Err(); err != nil {
				t.Fatal(err)
			}
			if got := client.Get(ctx, key).Val(); got != "v" {
				t.Fatalf("got %q before the key expires", got)
			}
			// The test waits on the engine's own clock, with room for a slow machine.
			for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
				if errors.Is(client.Get(ctx, key).Err(), redis.Nil) {
					return
				}
			}
			t.Fatal("the key did not expire")
		})
	}
}

func TestOpenRefusesWithoutTheURL(t *testing.T) {
	_, _, err := redisstore.Open(t.Context(), "http://user:hunter2@nowhere")
	if !errors.Is(err, redisstore.ErrURL) || strings.Contains(err.Error(), "hunter2") {
		t.Fatalf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if _, _, err := redisstore.Open(ctx, "redis://127.0.0.1:1/0"); err == nil {
		t.Fatal("a server that is not there was accepted")
	}
}

// The store inside the process used to listen on a loopback port without a password: every user of
// the machine could write sessions into it.
func TestTheStoreInsideHasNoPort(t *testing.T) {
	before := listening(t)
	client, closeStore, err := redisstore.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closeStore() })
	if err := client.Set(t.Context(), "k", "v", time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if after := listening(t); after > before {
		t.Errorf("%d sockets of this process listen, %d did before", after, before)
	}
}

// listening counts this process's listening TCP sockets.
func listening(t *testing.T) (n int) {
	t.Helper()
	own := map[string]bool{}
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Log("this system does not show its sockets:", err)
		return 0
	}
	for _, fd := range fds {
		link, _ := os.Readlink("/proc/self/fd/" + fd.Name())
		if inode, ok := strings.CutPrefix(link, "socket:["); ok {
			own[strings.TrimSuffix(inode, "]")] = true
		}
	}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(table)
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			if len(f) > 9 && f[3] == "0A" && own[f[9]] {
				n++
			}
		}
	}
	return n
}
