package testnet

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// stopLimit is how long a node may take to stop in order.
const stopLimit = 30 * time.Second

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
		p.kill()
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
