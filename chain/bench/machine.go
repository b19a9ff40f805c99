package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Machine is where it was measured. What the system does not tell is "unknown".
type Machine struct {
	Cores      int     `json:"cores"` // that Go uses
	CPU        string  `json:"cpu"`
	Platform   string  `json:"platform"`
	Go         string  `json:"go"`
	FileSystem string  `json:"fileSystem"`
	Memory     bool    `json:"memoryFileSystem"` // syncing costs nothing there: not what a hospital runs on
	SyncP50    float64 `json:"fsyncP50Ms"`       // of 4 KiB appended to a file
	SyncP99    float64 `json:"fsyncP99Ms"`
	Load       float64 `json:"load"` // processes that wanted to run in the minute before, on average; -1: unknown
}

// busy: somebody else wanted a good part of the cores, so the digits are too low; the ratios suffer
// less.
func (m Machine) busy() bool { return m.Load > busyShare*float64(m.Cores) }

const (
	unknown   = "unknown"
	syncs     = 200 // fsyncs timed
	syncBytes = 4 << 10
	syncLimit = 3 * time.Second // on a slow disk fewer
	busyShare = 0.5             // of the cores
)

var errNoSync = errors.New("bench: no fsync was timed")

func inspect(ctx context.Context, dir string) (Machine, error) {
	fs := fileSystem(dir)
	m := Machine{
		Cores: runtime.GOMAXPROCS(0), CPU: cpuModel(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Go:         runtime.Version(),
		FileSystem: fs, Memory: inMemory(fs), Load: load1("/proc/loadavg"),
	}
	times, err := timeSyncs(ctx, filepath.Join(dir, "fsync"))
	if err != nil {
		return m, err
	}
	m.SyncP50, m.SyncP99 = milliseconds(quantile(times, 0.5)), milliseconds(quantile(times, 0.99))
	return m, nil
}

// timeSyncs appends and syncs, as the engine's log does; ascending.
func timeSyncs(ctx context.Context, path string) (times []time.Duration, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(path)) }()
	block, begin := make([]byte, syncBytes), time.Now()
	for len(times) < syncs && time.Since(begin) < syncLimit && ctx.Err() == nil {
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		if err := f.Sync(); err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		times = append(times, time.Since(start))
	}
	if len(times) == 0 {
		return nil, errors.Join(errNoSync, ctx.Err())
	}
	slices.Sort(times)
	return times, nil
}

// load1 reads the load average over one minute where the system tells it (Linux).
func load1(path string) float64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return -1
	}
	var load float64
	if _, err := fmt.Sscan(string(text), &load); err != nil {
		return -1
	}
	return load
}

// tick is the unit in which Linux tells a process's times.
const tick = 10 * time.Millisecond

const ownTimes = "/proc/self/stat"

// cpuTime is what the process has used of all cores so far, where the system tells it (Linux); 0:
// unknown.
func cpuTime() time.Duration { return cpuTimeOf(ownTimes) }

func cpuTimeOf(path string) time.Duration {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	f := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // the name before may hold blanks
	if len(f) < 13 {
		return 0
	}
	user, err1 := strconv.ParseInt(f[11], 10, 64)
	system, err2 := strconv.ParseInt(f[12], 10, 64)
	if err1 != nil || err2 != nil {
		return 0
	}
	return time.Duration(user+system) * tick
}

func cpuModel() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return unknown
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if key, value, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return unknown
}

// fileSystem is the type of the mount that a folder is on, where the system lists its mounts
// (Linux).
func fileSystem(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return unknown
	}
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return unknown
	}
	return mountOf(string(mounts), dir)
}

func mountOf(mounts, dir string) string {
	kind, length := unknown, 0
	for line := range strings.Lines(mounts) {
		f := strings.Fields(line) // device, mount point, type, …
		if len(f) < 3 || len(f[1]) < length {
			continue
		}
		if f[1] == "/" || dir == f[1] || strings.HasPrefix(dir, f[1]+"/") {
			kind, length = f[2], len(f[1]) // the later of two mounts on one place hides the earlier
		}
	}
	return kind
}

func inMemory(fs string) bool { return fs == "tmpfs" || fs == "ramfs" || fs == "devtmpfs" }

// makeFolder makes the run's own folder in parent, or on the first real disk among the usual
// places.
func makeFolder(parent string) (string, error) {
	if parent == "" {
		parent = os.TempDir()
		if cache, err := os.UserCacheDir(); err == nil && inMemory(fileSystem(parent)) && !inMemory(fileSystem(cache)) {
			parent = cache
		}
	}
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", fmt.Errorf("bench: dir: %w", err)
	}
	dir, err := os.MkdirTemp(parent, "hospital-bench-")
	if err != nil {
		return "", fmt.Errorf("bench: dir: %w", err)
	}
	return dir, nil
}
