package consult_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

func TestMessagesAreOneEach(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id := w.active()
		first, again, err := w.Post(ctx, patient, id, text("same-client-id", "你好"))
		if err != nil || again {
			t.Fatal(again, err)
		}
		second, again, err := w.Post(ctx, patient, id, text("same-client-id", "你好"))
		if err != nil || !again || second.Seq != first.Seq {
			t.Fatalf("%+v, %v, %v", second, again, err)
		}
		if _, _, err := w.Post(ctx, patient, id, text("same-client-id", "其他")); !errors.Is(err, chat.ErrClientID) {
			t.Fatalf("other content: %v", err)
		}
		// another sender's id is another id
		other, again, err := w.Post(ctx, doctor, id, text("same-client-id", "您好"))
		if err != nil || again || other.Seq != first.Seq+1 {
			t.Fatalf("%+v, %v, %v", other, again, err)
		}
		if _, err := w.Cancel(ctx, w.cmd(), doctor, id, "转线下"); err != nil {
			t.Fatal(err)
		}
		// A repeat whose first answer was lost is answered even after the end.
		if m, again, err := w.Post(ctx, patient, id, text("same-client-id", "你好")); err != nil || !again ||
			m.Seq != first.Seq {
			t.Fatalf("%+v, %v, %v", m, again, err)
		}
	})
}

func TestMessageRules(t *testing.T) {
	w := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil)
	id := w.active()
	for name, out := range map[string]chat.Outgoing{
		"empty":         text("client-id-1", ""),
		"blank":         text("client-id-1", " \n"),
		"too long":      text("client-id-1", strings.Repeat("字", chat.MaxText+1)),
		"control":       text("client-id-1", "a\x1b[31m"),
		"bad UTF-8":     text("client-id-1", "a\xff"),
		"short id":      text("c", "a"),
		"unknown kind":  {ClientID: "client-id-1", Kind: "video", Text: "a"},
		"system":        {ClientID: "client-id-1", Kind: chat.KindSystem, Text: "finished"},
		"image no file": {ClientID: "client-id-1", Kind: chat.KindImage},
		"foreign file":  {ClientID: "client-id-1", Kind: chat.KindImage, File: "FXXXX"},
	} {
		if _, _, err := w.Post(t.Context(), patient, id, out); !errors.Is(err, invalid.ErrInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := w.Post(t.Context(), patient, id,
		text("client-id-1", strings.Repeat("字", chat.MaxText))); err != nil {
		t.Errorf("longest: %v", err)
	}
}

// TestEightSendersGapFree: eight at once on two instances, each message sent twice as after a lost
// answer.
func TestEightSendersGapFree(t *testing.T) {
	const senders, each = 8, 12
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		a, b := newWard(t, sqlstoretest.Open(t, dsn), nil), newWard(t, sqlstoretest.Open(t, dsn), nil)
		id := a.active()
		var wg sync.WaitGroup
		for n := range senders {
			wg.Go(func() {
				person, instances := []string{patient, doctor}[n%2], []*ward{a, b}
				for i := range each {
					out := text(fmt.Sprintf("sender-%d-%d", n, i), fmt.Sprintf("%d/%d", n, i))
					for try := range 2 {
						if _, _, err := instances[(n/2+try)%2].Post(t.Context(), person, id, out); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		list := a.all(patient, id)
		last := map[string]int{}
		for i, m := range list {
			if m.Seq != int64(i+1) {
				t.Fatalf("message %d has number %d", i, m.Seq)
			}
			var n, k int
			if _, err := fmt.Sscanf(m.Text, "%d/%d", &n, &k); err != nil {
				continue
			}
			if key := fmt.Sprint(n); last[key] != k { // each sender's own order is kept
				t.Fatalf("sender %d: %d after %d", n, k, last[key])
			} else {
				last[key] = k + 1
			}
		}
		if want := senders*each + 3; len(list) != want {
			t.Fatalf("%d messages, want %d", len(list), want)
		}
	})
}

func clientOf(t *testing.T, addr string) *redis.Client {
	c := redis.NewClient(&redis.Options{Addr: addr, DialTimeout: time.Second, MaxRetries: -1})
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// eachRedis runs over the in-process Redis and, when HOSPITAL_TEST_REDIS_URL is set, over a real
// one.
func eachRedis(t *testing.T, fn func(t *testing.T, client func() *redis.Client)) {
	t.Run("miniredis", func(t *testing.T) {
		mr := miniredis.RunT(t)
		fn(t, func() *redis.Client { return clientOf(t, mr.Addr()) })
	})
	if url := os.Getenv("HOSPITAL_TEST_REDIS_URL"); url != "" {
		t.Run("redis", func(t *testing.T) {
			fn(t, func() *redis.Client {
				o, err := redis.ParseURL(url)
				if err != nil {
					t.Fatal(err)
				}
				c := redis.NewClient(o)
				t.Cleanup(func() { _ = c.Close() })
				return c
			})
		})
	}
}

func (w *ward) run(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = w.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
}

func TestTwoInstancesHearEachOther(t *testing.T) {
	eachRedis(t, func(t *testing.T, client func() *redis.Client) {
		sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
			a, b := newWard(t, sqlstoretest.Open(t, dsn), client()), newWard(t, sqlstoretest.Open(t, dsn), client())
			a.run(t)
			b.run(t)
			id := a.active()
			eventually(t, b.Sighted)
			for i := range 5 {
				since := int64(len(a.all(patient, id)))
				got := make(chan *chat.Page, 1)
				go func() {
					p, err := b.Wait(t.Context(), timeout(t, 10*time.Second), doctor, id, since)
					if err != nil {
						t.Error(err)
					}
					got <- p
				}()
				if _, _, err := a.Post(t.Context(), patient, id,
					text(fmt.Sprintf("client-%d", i), "在吗")); err != nil {
					t.Fatal(err)
				}
				if p := <-got; p == nil || len(p.Messages) != 1 || p.Messages[0].Seq != since+1 {
					t.Fatalf("round %d: %+v", i, p)
				}
			}
		})
	})
}

// TestRedisLost: without Redis the readers of another instance find the message by looking; with
// Redis back they hear again.
func TestRedisLost(t *testing.T) {
	mr := miniredis.RunT(t)
	dsn := "sqlite:" + t.TempDir() + "/test.db"
	a, b := newWard(t, sqlstoretest.Open(t, dsn), clientOf(t, mr.Addr())),
		newWard(t, sqlstoretest.Open(t, dsn), clientOf(t, mr.Addr()))
	a.run(t)
	b.run(t)
	id := a.active()
	eventually(t, b.Sighted)
	mr.Close()
	eventually(t, func() bool { return !b.Sighted() })
	if _, _, err := a.Post(t.Context(), patient, id, text("while-blind", "在吗")); err != nil {
		t.Fatalf("post needs no Redis: %v", err)
	}
	p, err := b.Wait(t.Context(), timeout(t, 10*time.Second), doctor, id, 3)
	if err != nil || len(p.Messages) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if err := mr.Restart(); err != nil {
		t.Fatal(err)
	}
	eventually(t, b.Sighted)
}

func TestWaitEndsEmpty(t *testing.T) {
	w := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil)
	id := w.active()
	p, err := w.Wait(t.Context(), timeout(t, 10*time.Millisecond), doctor, id, 3)
	if err != nil || len(p.Messages) != 0 || p.LastSeq != 3 {
		t.Fatalf("%+v, %v", p, err)
	}
}

func TestPicturesStayInTheirConsultation(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id, want := w.active(), picture(t)
		cmd := w.cmd()
		f, err := w.Upload(ctx, cmd, patient, id, want)
		if err != nil || f.MediaType != "image/png" {
			t.Fatalf("%+v, %v", f, err)
		}
		if again, err := w.Upload(ctx, cmd, patient, id, want); err != nil || again.ID != f.ID {
			t.Fatalf("repeated: %+v, %v", again, err)
		}
		card, got, err := w.Picture(ctx, doctor, id, f.ID)
		if err != nil || card != *f || !bytes.Equal(got, want) {
			t.Fatalf("%+v, %v", card, err)
		}
		image := chat.Outgoing{ClientID: "image-by-doctor", Kind: chat.KindImage, File: f.ID}
		if _, _, err := w.Post(ctx, doctor, id, image); !errors.Is(err, invalid.ErrInput) {
			t.Fatalf("somebody else's picture: %v", err)
		}
		if m, _, err := w.Post(ctx, patient, id, image); err != nil || m.File != f.ID {
			t.Fatalf("%+v, %v", m, err)
		}
		second, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor + "-2"},
			consult.Intake{Complaint: "咳嗽"})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Picture(ctx, patient, second.ID, f.ID); !errors.Is(err, consult.ErrNotFound) {
			t.Fatalf("through another consultation: %v", err)
		}
		// The doctor has not accepted this one: only the patient writes.
		if _, _, err := w.Post(ctx, doctor+"-2", second.ID, text("too-early", "您好")); !errors.Is(err,
			consult.ErrState) {
			t.Fatalf("before accepting: %v", err)
		}
	})
}

// TestRestartInTheMiddle: the service and its database are closed and opened again; a reader goes
// on where it was.
func TestRestartInTheMiddle(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		w := newWard(t, sqlstoretest.Open(t, dsn), nil)
		id := w.active()
		m, _, err := w.Post(t.Context(), patient, id, text("before-stop", "在吗"))
		if err != nil {
			t.Fatal(err)
		}
		before, _ := w.Messages(t.Context(), patient, id, 0)
		w = newWard(t, sqlstoretest.Open(t, dsn), nil)
		if _, again, err := w.Post(t.Context(), patient, id, text("before-stop", "在吗")); err != nil || !again {
			t.Fatal(again, err)
		}
		if _, _, err := w.Post(t.Context(), doctor, id, text("after-start", "在")); err != nil {
			t.Fatal(err)
		}
		after, err := w.Messages(t.Context(), patient, id, m.Seq)
		if err != nil || len(after.Messages) != 1 || after.Messages[0].Seq != m.Seq+1 || after.Epoch != before.Epoch {
			t.Fatalf("%+v, %v", after, err)
		}
	})
}
