package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// binary is the program under test, built once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hospital-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "hospital")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &exec.ExitError{Stderr: out}
	}
	return path, nil
})

func TestMain(m *testing.M) {
	size.Waiting()
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// server is one process of the program on a data folder and a port of its own.
type server struct {
	t        *testing.T
	data     string
	addr     string
	env      []string
	cmd      *exec.Cmd
	log      bytes.Buffer
	finished chan struct{} // closed when the process has ended; result is set by then
	result   error
}

// eachEngine runs fn with a fresh server over the embedded defaults and, when the environment names
// them (.ci/run does), over a real PostgreSQL and Redis.
func eachEngine(t *testing.T, fn func(t *testing.T, s *server)) {
	t.Helper()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		if !strings.HasPrefix(dsn, "postgres") {
			fn(t, newServer(t))
			return
		}
		env := []string{"HOSPITAL_DATABASE_URL=" + dsn}
		if redis := os.Getenv("HOSPITAL_TEST_REDIS_URL"); redis != "" {
			env = append(env, "HOSPITAL_REDIS_URL="+redis)
		}
		fn(t, newServer(t, env...))
	})
}

func newServer(t *testing.T, env ...string) *server {
	t.Helper()
	s := &server{t: t, data: filepath.Join(t.TempDir(), "data"), addr: chaintest.Address(t), env: env}
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("end of the server's log:\n%s", tail(s.log.String(), 60))
		}
	})
	return s
}

func (s *server) url() string { return "http://" + s.addr }

// start starts the process and waits until it says that it is ready.
func (s *server) start() {
	s.t.Helper()
	s.launch("", "serve", "--data", s.data, "--listen", s.addr, "--log-level", "warn")
}

// launch starts the program with args in a folder and waits until it is ready at s.addr.
func (s *server) launch(dir string, args ...string) {
	s.t.Helper()
	s.begin(dir, args...)
	s.await()
}

// begin starts the program with args in a folder.
func (s *server) begin(dir string, args ...string) {
	s.t.Helper()
	path, err := binary()
	if err != nil {
		s.t.Fatal(err)
	}
	s.cmd = exec.Command(path, args...)
	s.cmd.Dir = dir
	s.cmd.Env = append(demoEnv(), s.env...)
	s.cmd.Stdout, s.cmd.Stderr = io.Discard, &s.log
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.finished = make(chan struct{})
	go func() {
		defer close(s.finished)
		s.result = s.cmd.Wait()
	}()
}

// await waits until the process is ready at s.addr.
func (s *server) await() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	for !s.ready(ctx) {
		select {
		case <-s.finished:
			s.t.Fatalf("the server ended at its start: %v\n%s", s.result, tail(s.log.String(), 40))
		case <-ctx.Done():
			s.t.Fatalf("the server did not get ready\n%s", tail(s.log.String(), 40))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *server) ready(ctx context.Context) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url()+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// kill is a power cut for the process.
func (s *server) kill() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill() // fails when it has ended already
		<-s.finished
	}
}

// stop is an operator's stop; it must end in order and without an error.
func (s *server) stop() {
	s.t.Helper()
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.finished:
		if s.result != nil {
			s.t.Errorf("the server stopped with %v", s.result)
		}
	case <-time.After(30 * time.Second):
		s.t.Error("the server did not stop")
		s.kill()
	}
}

// run runs a subcommand over the server's installation and returns its output.
func (s *server) run(args ...string) (string, error) {
	s.t.Helper()
	path, err := binary()
	if err != nil {
		s.t.Fatal(err)
	}
	c := exec.CommandContext(s.t.Context(), path, args...)
	c.Env = append(demoEnv(), s.env...)
	out, err := c.CombinedOutput()
	return string(out), err
}

// cleanEnv is the environment without this program's settings: a developer's must not leak into a
// test.
func cleanEnv() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "HOSPITAL_") {
			env = append(env, e)
		}
	}
	return env
}

// demoEnv is cleanEnv for demos: their seeded staff's passwords are hashed cheaply.
func demoEnv() []string { return append(cleanEnv(), "HOSPITAL_PASSWORD_COST="+config.CheapPasswords) }

func tail(s string, lines int) string {
	l := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(l[max(0, len(l)-lines):], "\n")
}
