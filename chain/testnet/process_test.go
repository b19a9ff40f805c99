package testnet

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// stopLimit is how long a node may take to stop in order.
const (
	stopLimit = 30 * time.Second
	dumpLimit = 5 * time.Second
)

// process is one program that runs or has ended.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
	log   *ring
	ended chan struct{}
}

// launch starts a program; its standard input stays open as long as this process lives.
func launch(log *ring, env []string, program string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), log: log, ended: make(chan struct{})}
	p.cmd.Env = append(cleanEnv(), env...)
	p.cmd.Stdout, p.cmd.Stderr = io.Discard, log
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	p.stdin = in
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait() // ProcessState tells
		close(p.ended)
	}()
	return p, nil
}

// cleanEnv is the environment without the product's settings and ours.
func cleanEnv() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "HOSPITAL_") && !strings.HasPrefix(e, "TESTNET_") {
			env = append(env, e)
		}
	}
	return env
}

func (p *process) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

func (p *process) signal(s syscall.Signal) { _ = p.cmd.Process.Signal(s) } // fails when it has ended

// kill is a power cut.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.ended
}

// stop is an operator's stop; false: it had to be killed.
func (p *process) stop() bool {
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return true
	case <-time.After(stopLimit):
		p.signal(syscall.SIGQUIT) // says into the log where it hangs
		select {
		case <-p.ended:
		case <-time.After(dumpLimit):
			p.kill()
		}
		return false
	}
}

// fill makes every write beyond a file's first byte fail; empty undoes it.
func (p *process) fill() error  { return p.limit(1) }
func (p *process) empty() error { return p.limit(unix.RLIM_INFINITY) }

func (p *process) limit(bytes uint64) error {
	var old unix.Rlimit
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, nil, &old); err != nil {
		return err
	}
	return unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: min(bytes, old.Max), Max: old.Max}, nil)
}

// ring keeps the end of what a process says.
type ring struct {
	mu   sync.Mutex
	text []byte
	said map[string]bool // of signs
}

// signs are what honest nodes say when they see through a lie: without it the lie was never told,
// or never seen.
var signs = map[string]string{
	equivocate:       "conflicting votes from validator",
	"forged-records": "proposal refused",
	"forged-seals":   "proposal refused",
	"oversized":      "proposal refused",
	"other-root":     "sealed another state than ours",
}

const ringSize = 256 << 10

func (r *ring) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for lie, sign := range signs {
		if bytes.Contains(p, []byte(sign)) {
			if r.said == nil {
				r.said = map[string]bool{}
			}
			r.said[lie] = true
		}
	}
	r.text = append(r.text, p...)
	if over := len(r.text) - ringSize; over > 0 {
		r.text = append([]byte(nil), r.text[over:]...)
	}
	return len(p), nil
}

func (r *ring) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.text)
}

func (r *ring) sawThrough(lie string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said[lie]
}
