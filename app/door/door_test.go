package door

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/descriptors"
)

// serve runs a handler behind a door and returns its address.
func serve(t *testing.T, d *Door, h http.Handler) string {
	t.Helper()
	l, err := d.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: h, ConnState: d.Watch, ReadHeaderTimeout: time.Minute, IdleTimeout: time.Minute}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// ask sends one request on a connection; 0: it was closed without an answer.
func ask(c net.Conn, path string) (status int, retry string) {
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path); err != nil {
		return 0, ""
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header.Get("Retry-After")
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }

// 21,000 idle connections in five seconds ended the process: they took all descriptors. Now each
// takes the place of an older idle one, and whoever has a request is served.
func TestIdleConnectionsMakeRoom(t *testing.T) {
	for name, limits := range map[string]Limits{
		"in all":         {Total: 20, PerNetwork: 1000},
		"of one network": {Total: 1000, PerNetwork: 20},
		"of a proxy": {Total: 20, PerNetwork: 1,
			Proxies: []*net.IPNet{{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)}}},
		"keep-alive as new": {Total: 20, PerNetwork: 20},
	} {
		t.Run(name, func(t *testing.T) {
			d := New(limits)
			address := serve(t, d, http.HandlerFunc(hello))
			for range 200 {
				c := dial(t, address)
				if name != "keep-alive as new" {
					continue
				}
				if status, _ := ask(c, "/"); status != http.StatusOK {
					t.Fatalf("a request among idle connections: %d", status)
				}
			}
			if status, _ := ask(dial(t, address), "/"); status != http.StatusOK {
				t.Errorf("behind 200 idle connections: %d", status)
			}
			if open := d.Open(); open > 20 {
				t.Errorf("%d connections are open, at most 20 may be", open)
			}
		})
	}
}

// A request under way is never ended for a newcomer, who hears when to come again.
func TestFullOfWork(t *testing.T) {
	d := New(Limits{Total: 8, PerNetwork: 8})
	begun, end := make(chan struct{}, 8), make(chan struct{})
	address := serve(t, d, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			begun <- struct{}{}
			<-end
		}
		hello(w, r)
	}))
	var work sync.WaitGroup
	for range 8 {
		c := dial(t, address)
		work.Go(func() {
			if status, _ := ask(c, "/slow"); status != http.StatusOK {
				t.Errorf("a request under way was ended: %d", status)
			}
		})
	}
	for range 8 {
		<-begun
	}
	if status, retry := ask(dial(t, address), "/"); status != http.StatusServiceUnavailable || retry == "" {
		t.Errorf("full: %d, Retry-After %q", status, retry)
	}
	close(end)
	work.Wait()
	if status, _ := ask(dial(t, address), "/"); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

// A socket that was taken over from the server counts until it is closed, and is never closed for
// another.
func TestSocketsCount(t *testing.T) {
	d := New(Limits{Total: 4, PerNetwork: 4})
	taken := make(chan net.Conn, 8)
	address := serve(t, d, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/socket" {
			hello(w, r)
			return
		}
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		taken <- c
	}))
	for range 4 {
		if _, err := io.WriteString(dial(t, address), "GET /socket HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	sockets := []net.Conn{<-taken, <-taken, <-taken, <-taken}
	if status, _ := ask(dial(t, address), "/"); status != http.StatusServiceUnavailable {
		t.Errorf("with four sockets of four: %d", status)
	}
	for _, s := range sockets {
		_ = s.Close()
		_ = s.Close() // twice, as libraries do: counted once
	}
	if status, _ := ask(dial(t, address), "/"); status != http.StatusOK || d.Open() > 1 {
		t.Errorf("after they were closed: %d, %d open", status, d.Open())
	}
}

const childOf = "DOOR_TEST_CHILD"

// TestFewDescriptors runs a server in a process that may open few files, takes all the connections
// that it gives, and has it open as many files as are kept back: none may fail, and the next
// request is answered.
func TestFewDescriptors(t *testing.T) {
	if os.Getenv(childOf) != "" {
		fewDescriptors()
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", "ulimit -n 256 && exec \"$0\" -test.run=TestFewDescriptors", exe)
	cmd.Env = append(os.Environ(), childOf+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	for range 600 { // by far more than the process may have
		if c, err := net.Dial("tcp", address); err == nil {
			t.Cleanup(func() { _ = c.Close() })
		}
	}
	for try := 0; ; try++ { // the first may hear 503: its own number was too high
		c := dial(t, address)
		status, _ := ask(c, "/files")
		if status == http.StatusOK {
			break
		}
		if status == http.StatusInternalServerError || try > 100 {
			t.Fatalf("the process has no descriptors left for itself: %d", status)
		}
	}
}

// fewDescriptors is the child: /files opens nearly all that is kept back.
func fewDescriptors() {
	share, err := descriptors.Raise()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	d := New(Limits{Total: 10000, PerNetwork: 10000, Ceiling: share.Ceiling()})
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var files []*os.File
		defer func() {
			for _, f := range files {
				_ = f.Close()
			}
		}()
		for range share.Kept - maxSheds - 8 {
			f, err := os.Open(os.DevNull)
			if err != nil {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			files = append(files, f)
		}
	}))
	s.Listener = d.Guard(s.Listener)
	s.Config.ConnState = d.Watch
	s.Start()
	fmt.Println(s.Listener.Addr())
	select {}
}
