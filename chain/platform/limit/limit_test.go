package limit

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestNetwork(t *testing.T) {
	for host, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2::1": "2001:db8:1:2::/64",
		"fe80::1%eth0":    "fe80::/64", "::1": "::/64", "unix": "unix",
	} {
		if got := Network(host); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}

// A stranger with a network of addresses is one stranger, and many strangers take no more memory
// than there is.
func TestRates(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	r := NewRates(1, 3)
	r.most = 10
	for i := range 3 {
		if !r.Allow(Network(fmt.Sprintf("2001:db8::%d", i+1)), at) {
			t.Fatal("the burst")
		}
	}
	if r.Allow(Network("2001:db8::ffff"), at) {
		t.Error("another address of the same /64 has a burst of its own")
	}
	if !r.Allow(Network("2001:db8::ffff"), at.Add(time.Second)) {
		t.Error("a second later there is one more")
	}
	for i := range 1000 {
		r.Allow(Network(fmt.Sprintf("2001:db8:%x::1", i)), at)
	}
	if r.Len() > 10 {
		t.Errorf("%d strangers are remembered, at most 10 may be", r.Len())
	}
	if costs := NewRates(1, 10); !costs.AllowN("a", at, 50) || costs.AllowN("a", at, 1) {
		t.Error("what costs more than a bucket costs a whole one")
	}
}

func TestWork(t *testing.T) {
	w := NewWork(2, 2)
	begun, end := make(chan struct{}), make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		// as much as there is
		if err := w.Do(t.Context(), 100, func() error { close(begun); <-end; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-begun
	waiting := make(chan error, 1)
	go func() { waiting <- w.Do(t.Context(), 2, func() error { return nil }) }()
	for w.queue.Taken() < 4 {
		time.Sleep(time.Millisecond)
	}
	if err := w.Do(t.Context(), 1, func() error { return nil }); err != ErrBusy { //nolint:errorlint // the very error
		t.Errorf("a full queue: %v", err)
	}
	close(end)
	running.Wait()
	if err := <-waiting; err != nil {
		t.Error(err)
	}
	if w.queue.Taken() != 0 {
		t.Error("seats are not given back")
	}
}
