package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/smart-hospital/hospital/chain/consortium"
)

// upCmd runs a consortium that is all on this machine.
type upCmd struct {
	Dir      string   `help:"Folder with the organisations' folders, as init left it." required:"" type:"path"`
	Without  []string `help:"Member ids whose nodes are not started: somebody else runs them."`
	LogLevel string   `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"warn" env:"HOSPITAL_LOG_LEVEL"`
}

// stopLimit is how long nodes may take to stop before they are killed; each has a limit of its own
// below it.
const stopLimit = 30 * time.Second

var errNodeDied = errors.New("a node has ended")

// child is one node's process.
type child struct {
	member string
	cmd    *exec.Cmd
	stdin  io.Closer // its end stops the node, also when this process is killed
	ended  chan struct{}
}

// Run starts the nodes, tells where they are, and stops all of them at a signal or when one ends by
// itself.
func (c upCmd) Run(ctx context.Context) (err error) {
	settings, err := c.nodes()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out := &prefixed{w: os.Stderr}
	var children []*child
	defer func() { err = errors.Join(err, stopAll(children)) }()
	died := make(chan *child, len(settings))
	for dir, s := range settings {
		n, err := startChild(self, s.Member, out, "node", "--dir", dir, "--while-stdin", "--log-level", c.LogLevel)
		if err != nil {
			return err
		}
		children = append(children, n)
		go func() { <-n.ended; died <- n }()
	}
	for _, dir := range slices.Sorted(maps.Keys(settings)) {
		s := settings[dir]
		fmt.Printf("%-10s explorer http://%s  peers %s  folder %s\n", s.Member, s.Explorer, s.Listen, dir)
	}
	select {
	case <-ctx.Done():
		return nil
	case n := <-died:
		if ctx.Err() != nil {
			return nil // Ctrl-C reaches them as well
		}
		return fmt.Errorf("%w: %s: %s; the others are stopped", errNodeDied, n.member, n.cmd.ProcessState)
	}
}

// nodes are the settings of the folders' nodes that are to run, by folder.
func (c upCmd) nodes() (map[string]consortium.NodeSettings, error) {
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		return nil, err
	}
	all := map[string]consortium.NodeSettings{}
	for _, e := range entries {
		dir := filepath.Join(c.Dir, e.Name())
		s, err := consortium.ReadNodeSettings(dir)
		if errors.Is(err, consortium.ErrNoNode) || !e.IsDir() {
			continue // the notary's, or nothing of ours
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		if !slices.Contains(c.Without, s.Member) {
			all[dir] = s
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: %s: nor does any folder in it", consortium.ErrNoNode, c.Dir)
	}
	return all, nil
}

func startChild(self, member string, out *prefixed, args ...string) (*child, error) {
	n := &child{member: member, ended: make(chan struct{})}
	n.cmd = exec.Command(self, args...) //nolint:noctx // ourselves; ended by stopAll, in order
	in, err := n.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	logs, err := n.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	n.stdin = in
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		out.copy(member, logs) // to its end: Wait closes the pipe
		_ = n.cmd.Wait()       // ProcessState tells
		close(n.ended)
	}()
	return n, nil
}

// stopAll asks all of them first, then waits for each.
func stopAll(children []*child) error {
	for _, n := range children {
		_ = n.stdin.Close()
		_ = n.cmd.Process.Signal(syscall.SIGTERM) // fails when it has ended
	}
	limit := time.After(stopLimit)
	var faults []error
	for _, n := range children {
		select {
		case <-n.ended:
		case <-limit:
			_ = n.cmd.Process.Kill()
			<-n.ended
			faults = append(faults, fmt.Errorf("%s did not stop and was killed", n.member))
		}
	}
	return errors.Join(faults...)
}

// prefixed writes several logs into one, a line at a time, each with its member's id before it.
type prefixed struct {
	mu sync.Mutex
	w  io.Writer
}

func (p *prefixed) copy(member string, from io.Reader) {
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			p.mu.Lock()
			fmt.Fprintf(p.w, "%-10s | %s\n", member, strings.TrimRight(line, "\r\n"))
			p.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}
