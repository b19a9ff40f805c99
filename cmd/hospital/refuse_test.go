package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/smart-hospital/hospital/chain/chaintest"
)

// nobody is the user a read-only folder is shown to when the tests run as root, whom no mode keeps
// out.
const nobody = 65534

// Two processes on one data folder: the second refuses and the first does not notice.
func TestSecondProcessRefuses(t *testing.T) {
	s := newServer(t)
	s.start()
	if out, err := s.run("serve", "--data", s.data, "--listen", chaintest.Address(t)); err == nil ||
		!strings.Contains(out, "in use by another process") {
		t.Errorf("the second: %v\n%s", err, out)
	}
	if !s.ready(t.Context()) {
		t.Error("the first suffered")
	}
	s.stop()
}

// A data folder that cannot be written to: the start is refused, says where, and writes nothing.
func TestReadOnlyFolderRefuses(t *testing.T) {
	s := newServer(t)
	s.start()
	s.stop()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{s.data, filepath.Join(filepath.Dir(s.data), "new")} {
		protect(t, filepath.Dir(s.data), path)
		c := exec.CommandContext(t.Context(), path, "serve", "--data", folder, "--listen", s.addr)
		c.Env = cleanEnv()
		if os.Geteuid() == 0 {
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		if out, err := c.CombinedOutput(); err == nil || !strings.Contains(string(out), "permission denied") ||
			!strings.Contains(string(out), folder) {
			t.Errorf("%s: %v\n%s", folder, err, out)
		}
	}
}

// protect takes every right to write below a folder away, and lets everybody look and run the
// program.
func protect(t *testing.T, folder, program string) {
	t.Helper()
	if err := os.Chmod(filepath.Dir(program), 0o755); err != nil {
		t.Fatal(err)
	}
	var folders []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			folders = append(folders, path)
			return os.Chmod(path, 0o555)
		}
		return os.Chmod(path, 0o444)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // or the temporary folder cannot be removed
		for _, f := range folders {
			_ = os.Chmod(f, 0o700)
		}
	})
}
