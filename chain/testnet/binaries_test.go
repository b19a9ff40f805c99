package testnet

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// scratch holds the programs under test; TestMain removes it.
var scratch = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "testnet-") })

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := scratch(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// The programs, each built once and only when a manifest needs it.
var (
	hospital = builds("hospital", "../../cmd/hospital")
	peer     = builds("peer", "./peer")
	traitor  = builds("traitor", "./peer", "-tags", "traitor")
	newer    = builds("newer-peer", "./peer", "-tags", "nextschema")
	newest   = builds("newer-hospital", "../../cmd/hospital", "-tags", "nextschema")
	former   = sync.OnceValues(func() (string, error) { // founds chains of schema 1, and is otherwise hospital
		overlay, err := changed("../consortium/consortium.go", firstSchemas, "return nil")
		if err != nil {
			return "", err
		}
		return builds("former-hospital", "../../cmd/hospital", "-overlay", overlay)()
	})
	skewed = sync.OnceValues(func() (string, error) {
		overlay, err := clockOverlay()
		if err != nil {
			return "", err
		}
		return builds("skewed", "./peer", "-overlay", overlay)()
	})
)

func builds(name, pkg string, flags ...string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		dir, err := scratch()
		if err != nil {
			return "", err
		}
		path := filepath.Join(dir, name)
		args := append([]string{"build", "-o", path}, append(flags, pkg)...)
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
		return path, nil
	})
}

const firstSchemas = "return []chain.Schema{{From: 1, V: chain.Newest}}"

// changed is an overlay in which one place of a source file says something else.
func changed(file, was, is string) (overlay string, err error) {
	dir, err := scratch()
	if err != nil {
		return "", err
	}
	original, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), was) != 1 {
		return "", fmt.Errorf("%s: %q is not there once", original, was)
	}
	copied := filepath.Join(dir, filepath.Base(original))
	if err := os.WriteFile(copied, []byte(strings.Replace(string(text), was, is, 1)), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {original: copied}})
	if err != nil {
		return "", err
	}
	overlay = copied + ".overlay.json"
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// clockOffset is the variable by whose seconds a skewed peer's clock is wrong.
const clockOffset = "TESTNET_CLOCK_OFFSET"

const (
	nowHead = "func Now() Time {\n\tsec, nsec, mono := runtimeNow()\n"
	skew    = `
var skew = func() (seconds int64) {
	text, _ := syscall.Getenv("` + clockOffset + `")
	for _, c := range []byte(text) {
		seconds = 10*seconds + int64(c-'0')
	}
	return seconds
}()
`
)

// clockOverlay changes the standard library's time.Now and nothing else. (A library that is put
// before the system's own does not reach a Go program, which asks the kernel itself.)
func clockOverlay() (string, error) {
	dir, err := scratch()
	if err != nil {
		return "", err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	original := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	text, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), nowHead) != 1 {
		return "", fmt.Errorf("%s: time.Now does not begin as it did", original)
	}
	changed := strings.Replace(string(text), nowHead, nowHead+"\tsec += skew\n", 1)
	changed = strings.Replace(changed, "import (\n", "import (\n\t\"syscall\"\n", 1) + skew
	file := filepath.Join(dir, "time.go")
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {original: file}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}
