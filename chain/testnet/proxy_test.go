package testnet

import (
	"io"
	"net"
	"testing"
	"time"
)

// The faults are real: without this a network whose links never break would pass everything.
func TestLink(t *testing.T) {
	l, ours, theirs := joined(t)
	pass := func(from, to net.Conn, text string, within time.Duration) bool {
		t.Helper()
		if _, err := from.Write([]byte(text)); err != nil {
			return false
		}
		got := make([]byte, len(text))
		_ = to.SetReadDeadline(time.Now().Add(within))
		_, err := io.ReadFull(to, got)
		return err == nil && string(got) == text
	}
	const moment = 150 * time.Millisecond
	if !pass(ours, theirs, "there", patience) || !pass(theirs, ours, "back", patience) {
		t.Fatal("nothing passes a good link")
	}
	l.change("a", "out", func(w *weather) { w.frozen = true })
	if pass(ours, theirs, "frozen", moment) {
		t.Error("a frozen direction lets bytes through")
	}
	if !pass(theirs, ours, "other way", patience) {
		t.Error("the other direction froze as well")
	}
	l.heal()
	late := make([]byte, len("frozen"))
	_ = theirs.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.ReadFull(theirs, late); err != nil || string(late) != "frozen" {
		t.Errorf("what froze is lost: %q %v", late, err)
	}
	l.change("b", "out", func(w *weather) { w.delay = moment })
	if began := time.Now(); !pass(theirs, ours, "slow", patience) || time.Since(began) < moment {
		t.Error("a slow link is not slow")
	}
	l.heal()
	l.change("", "", func(w *weather) { w.rate = 100 })
	if began := time.Now(); !pass(ours, theirs, "twenty bytes in all..", patience) || time.Since(began) < moment {
		t.Error("a throttled link is not throttled")
	}
	l.sever()
	if pass(ours, theirs, "cut", moment) || pass(theirs, ours, "cut", moment) {
		t.Error("a cut link lets bytes through")
	}
	again, err := net.Dial("tcp", l.address)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	_ = again.SetReadDeadline(time.Now().Add(patience))
	if _, err := again.Read(make([]byte, 1)); err == nil {
		t.Error("a cut link takes a new connection")
	}
}

// joined is a link from a to b with a connection on it.
func joined(t *testing.T) (l *link, ours, theirs net.Conn) {
	t.Helper()
	target, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = target.Close() })
	if l, err = newLink("a", "b", target.Addr().String(), 1); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	if ours, err = net.Dial("tcp", l.address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ours.Close() })
	if theirs, err = target.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = theirs.Close() })
	return l, ours, theirs
}
