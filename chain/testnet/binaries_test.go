package testnet

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// scratch holds the programs under test; TestMain removes it.
var scratch = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "testnet-") })

func TestMain(m *testing.M) {
	size.Waiting()
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
	newer    = overlaid("newer-peer", "./peer", schemaOverlay)
	newest   = overlaid("newer-hospital", "../../cmd/hospital", schemaOverlay)
	former   = overlaid("former-hospital", "../../cmd/hospital", foundedOverlay)
	skewed   = overlaid("skewed", "./peer", clockOverlay)
	// newerTests are these tests themselves, as a newer program has them.
	newerTests = overlaid("newer-tests", theseTests, schemaOverlay)
)

const theseTests = "."

func builds(name, pkg string, flags ...string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		dir, err := scratch()
		if err != nil {
			return "", err
		}
		path := filepath.Join(dir, name)
		args := []string{"build"}
		if pkg == theseTests {
			args = []string{"test", "-c"}
		}
		args = append(append(args, "-o", path), append(flags, pkg)...)
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
		return path, nil
	})
}

// overlaid builds a program with files in the place of others: what the product must live with and
// cannot be made to do itself.
func overlaid(name, pkg string, files func() (map[string]string, error)) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		dir, err := scratch()
		if err != nil {
			return "", err
		}
		replace, err := files()
		if err != nil {
			return "", err
		}
		list, err := json.Marshal(map[string]map[string]string{"Replace": replace})
		if err != nil {
			return "", err
		}
		overlay := filepath.Join(dir, name+".json")
		if err := os.WriteFile(overlay, list, 0o600); err != nil {
			return "", err
		}
		return builds(name, pkg, "-overlay", overlay)()
	})
}

const (
	inAnother  = "TESTNET_ANOTHER" // is set where again runs a test
	lastMoment = 20 * time.Second  // before the tests' time is up: the other build then says where it hangs
)

// again runs the test that asks for it in another build of these tests. It passes when it passed
// there.
func again(t *testing.T, program func() (string, error)) {
	t.Helper()
	if os.Getenv(inAnother) != "" {
		t.Fatal("the other build is as this one")
	}
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-test.v", "-test.run", "^" + t.Name() + "$"}
	if end, limited := t.Deadline(); limited {
		args = append(args, "-test.timeout", max(time.Second, time.Until(end)-lastMoment).String())
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), inAnother+"=1")
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("in %s: %v", filepath.Base(path), err)
	}
}

// schemaOverlay adds a file to chain/internal/schemas, as a newer program has it: it knows the next
// version as well. So an upgrade is shown before there is one.
func schemaOverlay() (map[string]string, error) {
	dir, err := scratch()
	if err != nil {
		return nil, err
	}
	added, err := filepath.Abs("../internal/schemas/next.go")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "next.go")
	return map[string]string{added: file},
		os.WriteFile(file, []byte("package schemas\n\nfunc init() { known[3] = true }\n"), 0o600)
}

// foundedOverlay has chains founded with schema 1; what is built so is otherwise the program.
func foundedOverlay() (map[string]string, error) {
	const was, is = "return []membership.Schema{{From: 1, V: chain.Newest}}", "return nil"
	dir, err := scratch()
	if err != nil {
		return nil, err
	}
	original, err := filepath.Abs("../consortium/consortium.go")
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(original)
	if err != nil {
		return nil, err
	}
	if strings.Count(string(text), was) != 1 {
		return nil, fmt.Errorf("%s: %q is not there once", original, was)
	}
	file := filepath.Join(dir, "consortium.go")
	return map[string]string{original: file},
		os.WriteFile(file, []byte(strings.Replace(string(text), was, is, 1)), 0o600)
}

// clockOffset is the variable by whose seconds a skewed peer's clock is wrong.
const clockOffset = "TESTNET_CLOCK_OFFSET"

// rebuiltClock is the variable that has a skewed peer built with another standard library rather
// than changed in its memory. Every package is compiled again for that: .ci/nightly asks for it.
const rebuiltClock = "HOSPITAL_REBUILT_CLOCK"

// clockOverlay changes time.Now and nothing else. (A library that is put before the system's own
// does not reach a Go program, which asks the kernel itself.)
func clockOverlay() (map[string]string, error) {
	if runtime.GOARCH != "amd64" || os.Getenv(rebuiltClock) != "" {
		return libraryOverlay()
	}
	added, err := filepath.Abs("peer/skew.go")
	if err != nil {
		return nil, err
	}
	file, err := filepath.Abs("testdata/skew/skew.go")
	return map[string]string{added: file}, err
}

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

// libraryOverlay is a standard library with another time.Now.
func libraryOverlay() (map[string]string, error) {
	dir, err := scratch()
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	original := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	text, err := os.ReadFile(original)
	if err != nil {
		return nil, err
	}
	if strings.Count(string(text), nowHead) != 1 {
		return nil, fmt.Errorf("%s: time.Now does not begin as it did", original)
	}
	changed := strings.Replace(string(text), nowHead, nowHead+"\tsec += skew\n", 1)
	changed = strings.Replace(changed, "import (\n", "import (\n\t\"syscall\"\n", 1) + skew
	file := filepath.Join(dir, "time.go")
	return map[string]string{original: file}, os.WriteFile(file, []byte(changed), 0o600)
}
